"""What a decision answers: the disputed question, and nothing else."""

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

from annotation.formats.answers import AnswerInvalid, read_answer, rests_on
from annotation.models import Dispute, LabelSchema
from annotation.refuse import refusal
from core.refusals import InvalidLabel


@dataclass(frozen=True)
class Decided:
    """The value of the disputed question (None: rightly unanswered), and the regions as they are stored."""

    value: Any = None
    result: list[dict[str, Any]] = field(default_factory=list)


def check_answer(dispute: Dispute, schema: LabelSchema, result: Any, *, complete: bool = True) -> Decided:
    """What the result says of the disputed question.

    Raises InvalidLabel for another question, for a wrong shape and, if it must be `complete`, for none where the
    question wants one.
    """
    try:
        answer = read_answer(schema.schema, dispute.item.data, result, complete=False)
    except AnswerInvalid as error:
        raise refusal(error, InvalidLabel) from error
    question = schema.schema.by_key.get(dispute.question)
    other = (
        set(answer.values) - {dispute.question} - (rests_on(schema.schema, question) if question else set())
    )
    if other:
        raise InvalidLabel(
            _("The dispute is about “%(question)s” only."),
            action=_("Leave the other questions out."),
            code="other_question",
            params={"question": dispute.question},
        )
    if complete and question is not None and question.required and dispute.question not in answer.values:
        raise InvalidLabel(
            _("This question needs an answer."), action=_("Choose one."), code="required_missing"
        )
    return Decided(answer.values.get(dispute.question), answer.result)
