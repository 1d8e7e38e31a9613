"""What a question's `required_for` still wants of an answer: a mark on a turn, or a relation at a region."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from annotation.formats.answer_place import AnswerInvalid
from annotation.formats.schema import Question
from annotation.formats.shown import Shown
from annotation.formats.tags.family import Given, Mark, Marks


def check_required_for(shown: Shown, question: Question, marks: Marks, given: Sequence[Given]) -> None:
    """Refuse an answer that leaves out a turn, or a region that needs a relation."""
    title = question.title or question.key
    if question.tag != "relations":
        for turn in _unmarked(shown, question, marks):
            raise AnswerInvalid("required_missing_turn", {"title": title, "turn": turn}, question.key)
        return
    for mark in _unrelated(question, marks, given):
        label = shown.labels(shown.schema.by_key[mark.question])[mark.labels[0]].text
        same = [one for _, one in marks.all if one.question == mark.question and one.labels == mark.labels]
        params = {"title": title, "label": label, "number": same.index(mark) + 1}
        raise AnswerInvalid("required_missing_relation", params, question.key)


def _unmarked(shown: Shown, question: Question, marks: Marks) -> Iterator[int]:
    """The numbers of the turns that no mark covers; one without words cannot be marked."""
    places = sorted((mark.place for _, mark in marks.all if mark.question == question.key), reverse=True)
    reach = 0  # how far the marks go that begin no later than the turn
    for number, turn in enumerate(shown.turns(question.field), start=1):
        while places and places[-1][0] <= turn.start:
            reach = max(reach, places.pop()[1])
        if turn.start < turn.end and reach < turn.end:
            yield number


def _unrelated(question: Question, marks: Marks, given: Sequence[Given]) -> Iterator[Mark]:
    """The regions that need a relation and have none to something else."""
    wanted = set(question.required_for)
    fields = {question.field, *question.also}
    needy = [
        (id_, mark) for id_, mark in marks.all if mark.field in fields and wanted.intersection(mark.labels)
    ]
    ids = {id_ for id_, _ in needy}
    related = set()
    for one in given:
        ends = {one.value["from_id"], one.value["to_id"]}
        if ends - ids:
            related |= ends
    yield from (mark for id_, mark in needy if id_ not in related)
