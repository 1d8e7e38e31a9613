"""One item's story: its texts, the answers given, what was disputed and decided, and its gold."""

import math
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext, gettext_lazy

from annotation.algorithms.stopping import ROUNDING
from annotation.models import Annotation, Dispute, GoldLabel, Item, LabelSchema
from annotation.models.adjudication import Turn
from annotation.web.values import Values

LEAST_SHOWN, MOST_SHOWN = 0.01, 5
_OPENED: dict[str, Any] = {
    Turn.FIRST: gettext_lazy("Disputed: %(question)s"),
    Turn.APPEAL: gettext_lazy("Appealed: %(question)s"),
    Turn.SECOND_LOOK: gettext_lazy("Drawn for a second look: %(question)s"),
}


@dataclass(frozen=True)
class Given:
    """One expert's answer, question by question."""

    annotation: Annotation
    values: list[tuple[str, str]]


@dataclass(frozen=True)
class Settled:
    """The gold of one question; `soft` are the values that the answers come to, with their probabilities."""

    title: str
    value: str
    gold: GoldLabel
    chance: str
    soft: list[tuple[str, str]]
    dissent: list[str]


@dataclass(frozen=True)
class Moment:
    """Something that happened; `gold` marks what settled the item."""

    at: datetime
    text: str
    gold: bool = False


@dataclass(frozen=True)
class Story:
    """Everything the page tells of an item."""

    texts: list[tuple[str, str]]
    others: list[tuple[str, str]]
    answers: list[Given] | None
    settled: list[Settled]
    moments: list[Moment]


def story(item: Item, schema: LabelSchema | None, *, answers: bool) -> Story:
    """Read it all: a handful of statements for one item. Without `answers` nothing of them is told."""
    values = Values(schema.parsed if schema else {"questions": [], "fields": []}, item.data)
    annotations = list(
        Annotation.objects.filter(item=item, retracted_at=None)
        .select_related("expert__user", "current")
        .order_by("pk")
    )
    gold = list(GoldLabel.objects.current().filter(item=item).select_related("adjudication").order_by("pk"))
    disputes = list(Dispute.objects.filter(item=item).select_related("adjudication__adjudicator__user"))
    shown = {field["key"] for field in values.fields}
    return Story(
        texts=list(zip([field["name"] for field in values.fields], values.texts, strict=True)),
        others=[(key, str(value)) for key, value in item.data.items() if key not in shown],
        answers=[Given(annotation, _answer(annotation, values)) for annotation in annotations]
        if answers
        else None,
        settled=[
            Settled(
                values.title(one.question),
                values.show(one.question, one.value),
                one,
                "" if one.chance is None else _chance(one.chance),
                _soft(one, values),
                _dissent(one, values),
            )
            for one in gold
            if answers
        ],
        moments=sorted(
            _moments(item, annotations if answers else [], disputes if answers else [], gold, values),
            key=lambda moment: moment.at,
        ),
    )


def _answer(annotation: Annotation, values: Values) -> list[tuple[str, str]]:
    said = {judgement.question: judgement.value for judgement in annotation.judgements.all()}
    return [(values.title(key), values.show(key, said.get(key))) for key in values.keys]


def _dissent(gold: GoldLabel, values: Values) -> list[str]:
    return [values.show(gold.question, one.get("value")) for one in gold.dissent]


def _soft(gold: GoldLabel, values: Values) -> list[tuple[str, str]]:
    """The likeliest values, where there is more than one that is worth a line."""
    likely = [(value, share) for value, share in gold.soft or [] if share >= LEAST_SHOWN][:MOST_SHOWN]
    shown = [(values.show(gold.question, value), _chance(share)) for value, share in likely]
    return shown if len(shown) > 1 else []


def _chance(value: float) -> str:
    """Rounded down: nothing but certainty is told as 1."""
    return f"{math.floor(100 * value + ROUNDING) / 100:.2f}"


def _moments(
    item: Item, annotations: list[Annotation], disputes: list[Dispute], gold: list[GoldLabel], values: Values
) -> list[Moment]:
    told = [Moment(item.created_at, gettext("Stored from line %(line)s of its batch") % {"line": item.line})]
    if item.routed_at:
        told.append(Moment(item.routed_at, gettext("Opened for work")))
    told += [
        Moment(one.created_at, gettext("Answered by %(person)s") % {"person": one.expert})
        for one in annotations
    ]
    for dispute in disputes:
        about = {"question": values.title(dispute.question)}
        told.append(Moment(dispute.opened_at, _OPENED[dispute.turn] % about))
        decision: Any = getattr(dispute, "adjudication", None)
        if decision:
            told.append(
                Moment(
                    decision.decided_at,
                    gettext("Decided by %(person)s: %(question)s")
                    % {**about, "person": decision.adjudicator},
                )
            )
    if item.bad_at:
        told.append(Moment(item.bad_at, gettext("Found to be bad")))
    if item.settled_at and gold:
        told.append(Moment(item.settled_at, gettext("Settled"), gold=True))
    return told
