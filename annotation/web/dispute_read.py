"""A dispute to be read: the answers, the decision with what it refers to, and the turns before and after it."""

from dataclasses import dataclass
from typing import Any

from annotation.dispute_payload import dispute_of
from annotation.models import Dispute
from annotation.models.adjudication import Outcome
from annotation.web.values import Values


@dataclass(frozen=True)
class Told:
    """A decision in words. `heading` says which of several it is, empty for the only one."""

    heading: str
    value: str
    is_bad: bool
    decision: dict[str, Any]


def told(dispute: Dispute) -> dict[str, Any]:
    """What the page shows."""
    payload = dispute_of(dispute)
    values = Values(payload["schema"], dispute.item.data)
    decided = payload["decided"]
    return {
        "dispute": dispute,
        "title": values.title(dispute.question),
        "texts": values.texts,
        "answers": [
            (answer["name"], values.show(dispute.question, answer["value"])) for answer in payload["answers"]
        ],
        "payload": payload,
        "decided": decided and _told(decided, dispute, values),
        "earlier": [_told(one, dispute, values) for one in payload["earlier"]],
        "later": [_told(one, dispute, values) for one in payload["later"]],
        "precedents": [
            (one, _said(one, values, dispute.question, one["quotes"])) for one in payload["precedents"]
        ],
        "doubts": dispute.doubts.select_related("guideline").order_by("pk"),
    }


def _told(decision: dict[str, Any], dispute: Dispute, values: Values) -> Told:
    bad = decision["outcome"] == Outcome.BAD_ITEM
    return Told("", "" if bad else values.show(dispute.question, decision["value"]), bad, decision)


def _said(found: dict[str, Any], values: Values, question: str, quotes: list[str]) -> str:
    """A precedent's value: of spans their labels and the texts that they marked there, not here."""
    if not quotes:
        return values.show(question, found["value"])
    spans = zip(found["value"], quotes, strict=True)
    return "\n".join(f"{values.label(question, label)} “{quote}”" for (_start, _end, label), quote in spans)
