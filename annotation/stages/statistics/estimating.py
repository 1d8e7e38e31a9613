"""What the truth model says of the answers that a run saw. Computes, and writes nothing."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from annotation.algorithms.canonical import canonical_json
from annotation.algorithms.inferred import drift, gain, quartiles, sorted_like
from annotation.algorithms.statistic import Reason
from annotation.algorithms.truth import Fit, Labels, Method, entropy, fit, reliability
from annotation.formats.schema import Kind, Question
from annotation.models import LabelSchema
from annotation.models.inferring import Read, Record, Said

METHOD: Method = "default"
MOST_CLASSES = 60
"""Beyond this many different answers (sets of choices, mostly) a question has no model."""
MOST_CONFUSED = 20
"""Beyond this many a person's confusion is not stored: nobody could read it."""


class Row(NamedTuple):
    """What `ItemTruth` keeps of an item."""

    item: int
    value: Any
    probability: float
    entropy: float
    gain: float
    answers: int


@dataclass(frozen=True)
class Estimate:
    """One question's model. `fit` is None where there are too many different answers."""

    question: str
    said: Said
    classes: list[Any]
    fit: Fit | None

    @property
    def size(self) -> int:
        """How many items have a row."""
        return 0 if self.fit is None else len(self.said.items.codes)

    def rows(self) -> Iterator[Row]:
        """Item by item."""
        if self.fit is None:
            return
        open_, gains, best = entropy(self.fit), gain(self.fit), self.fit.answer
        answers = self.fit.labels.votes.sum(axis=1)
        for at, item in enumerate(self.said.items.codes):
            code = int(best[at])
            probability = float(self.fit.posterior[at, code])
            yield Row(
                item,
                self.classes[code],
                probability,
                float(open_[at]),
                float(gains[at]),
                int(answers[at]),
            )

    @property
    def reason(self) -> str:
        """Why nothing can be said of people; empty where something can."""
        if self.fit is None:
            return Reason.TOO_LARGE
        if len(self.said.people.codes) < 2:
            return Reason.ONE_ANNOTATOR
        return "" if self.fit.labels.people.max(initial=0) > 1 else Reason.NO_SHARED_ITEMS


def estimates(found: Read, schema: LabelSchema | None) -> Iterator[Estimate]:
    """One question after the other, in the order of their keys; `schema` says which labels there are."""
    asked = {(one.key, str(one.kind)): one for one in schema.schema.questions} if schema else {}
    for key in sorted(found.questions):
        yield _estimate(found.questions[key], asked.get(key))


def _estimate(said: Said, asked: Question | None) -> Estimate:
    classes = _classes(said, asked)
    if len(classes) > MOST_CLASSES:
        return Estimate(said.question[0], said, classes, None)
    place = {canonical_json(value): at for at, value in enumerate(classes)}
    codes = np.array([place[key] for key in said.labels.codes], dtype=np.int64)
    labels = Labels.from_codes(
        said.items.things,
        said.people.things,
        range(len(classes)),
        np.array(said.item, dtype=np.int64),
        np.array(said.person, dtype=np.int64),
        codes[np.array(said.label, dtype=np.int64)],
    )
    return Estimate(said.question[0], said, classes, fit(labels, METHOD))


def _classes(said: Said, asked: Question | None) -> list[Any]:
    """The answers there are: the schema's, used or not, then others that were given. Of sets those that were given."""
    scale: list[Any] = []
    if asked is not None and asked.kind == Kind.CHOICE:
        scale = [label.key for label in asked.labels]
    elif asked is not None and asked.kind == Kind.RATING and asked.max_rating:
        scale = list(range(1, asked.max_rating + 1))
    there = {canonical_json(value) for value in scale}
    return scale + [
        value
        for key, value in sorted(zip(said.labels.codes, said.values, strict=True), key=lambda pair: pair[0])
        if key not in there
    ]


def people_of(found: Read, made: list[Estimate]) -> Iterator[tuple[int, str, dict[str, Any]]]:
    """(expert, question, columns of `ExpertMeasure`): first the answers as a whole, then question by question."""
    tested = {expert for expert, _ in found.controls}
    for expert in sorted({*found.answers, *tested}):
        yield (
            expert,
            "",
            {"answers": found.answers[expert], **_records(found, expert, ""), **_speed(found, expert)},
        )
    for estimate in made:
        yield from _of_question(found, estimate)


def _of_question(found: Read, estimate: Estimate) -> Iterator[tuple[int, str, dict[str, Any]]]:
    model, key = estimate.fit, estimate.question
    given = np.bincount(np.array(estimate.said.person, dtype=np.int64)).tolist()
    columns: list[dict[str, Any]] = [{"answers": count, "reason": str(estimate.reason)} for count in given]
    if model is not None and not estimate.reason:
        for into, more in zip(columns, _modelled(estimate, model), strict=True):
            into.update(more)
    for expert, into in zip(estimate.said.people.codes, columns, strict=True):
        yield expert, key, {**into, **_records(found, expert, key)}


def _modelled(estimate: Estimate, model: Fit) -> Iterator[dict[str, Any]]:
    said, trust = estimate.said, reliability(model)
    order = sorted_like(
        model.labels,
        np.array(said.item, dtype=np.int64),
        np.array(said.person, dtype=np.int64),
        np.array(said.label, dtype=np.int64),
        np.array(said.order, dtype=np.int64),
    )
    for at, moved in enumerate(drift(model, order)):
        yield {
            "method": model.method,
            "value": float(trust.value[at]),
            "low": float(trust.low[at]),
            "high": float(trust.high[at]),
            **(
                {"confusion": {"labels": estimate.classes, "rows": model.confusion[at].tolist()}}
                if len(estimate.classes) <= MOST_CONFUSED
                else {}
            ),
            **({"drift": moved.value, "drift_low": moved.low, "drift_high": moved.high} if moved else {}),
        }


def _records(found: Read, expert: int, question: str) -> dict[str, int]:
    settled = found.settled.get((expert, question), Record())
    controls = found.controls.get((expert, question), Record())
    return {
        "settled": settled.asked,
        "settled_right": settled.right,
        "controls": controls.asked,
        "controls_right": controls.right,
    }


def _speed(found: Read, expert: int) -> dict[str, float]:
    known = quartiles(np.array(found.seconds.get(expert, ()), dtype=np.float64))
    if known is None:
        return {}
    return dict(zip(("seconds_low", "seconds", "seconds_high"), known, strict=True))
