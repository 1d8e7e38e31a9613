"""What a marked sitting looks like question by question: one's own answer beside the known one. Read-only."""

from dataclasses import dataclass
from typing import Any

from annotation.models.annotation import Annotation
from annotation.models.assignment import Assignment
from annotation.models.control import ControlItem, ControlResult
from annotation.models.exam import ExamAttempt
from annotation.models.item import Item


@dataclass(frozen=True)
class Reviewed:
    """`said` is None where it was not answered. `wrong` names the questions that were answered otherwise."""

    number: int
    item: Item
    control: ControlItem
    said: dict[str, Any] | None
    result: list[dict[str, Any]]
    right: bool
    wrong: list[str]


def review_of(attempt: ExamAttempt) -> list[Reviewed]:
    """Every question of the sitting in its order. Five statements, whatever it has."""
    questions = list(
        Assignment.objects.filter(attempt=attempt).select_related("item__control_item").order_by("pk")
    )
    given = Annotation.objects.filter(assignment__in=questions).select_related("current")
    answers = {one.assignment_id: one for one in given.prefetch_related("judgements")}
    results = {
        one.annotation_id: one for one in ControlResult.objects.filter(annotation__in=answers.values())
    }
    return [
        _reviewed(number, question, answer, results.get(answer.pk) if answer else None)
        for number, question in enumerate(questions, start=1)
        for answer in [answers.get(question.pk)]
    ]


def _reviewed(
    number: int, question: Assignment, answer: Annotation | None, result: ControlResult | None
) -> Reviewed:
    said = {one.question: one.value for one in answer.judgements.all()} if answer else None
    return Reviewed(
        number=number,
        item=question.item,
        control=question.item.control_item,
        said=said,
        result=answer.current.result if answer and answer.current else [],
        right=result is not None and result.right,
        wrong=result.wrong if result else [],
    )
