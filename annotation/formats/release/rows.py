"""One row of a release as plain data: an item, its gold labels, and who said what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from annotation.formats.schema import Field, Schema

Result = Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class Dissent:
    """An annotator (pseudonym) whose value differs from the gold one."""

    annotator: str
    value: Any


@dataclass(frozen=True)
class Soft:
    """What the annotators' answers to a question come to beside the hard label.

    `distribution` holds (value, probability) pairs, the likeliest first, that add up to 1: shares of votes, or the
    posterior where votes were weighed by `reliabilities` (pseudonym -> probability of being right, 0 to 1; empty for
    plain votes).
    """

    distribution: Sequence[tuple[Any, float]]
    reliabilities: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class GoldAnswer:
    """The settled answer to one question.

    `value` is the judgement value, `result` its regions (offsets in code points), `how` the way it was settled
    (`unanimous`, `stopped`, `adjudicated`, `imported`, …), `chance` the posterior at which it was,
    `settled_at` an ISO 8601 time in UTC, `decision` the id of an adjudicator's decision and `cites` those that it
    follows, `adjudicator` a pseudonym, `adjudicator_class` the class of credential they decided on. `soft` is None
    where answers cannot be counted (spans, free text, collected answers).
    """

    question: str
    value: Any
    result: Result
    how: str
    settled_at: str
    chance: float | None = None
    rationale: str = ""
    clause: str = ""
    decision: str | None = None
    cites: Sequence[str] = ()
    adjudicator: str | None = None
    adjudicator_class: str | None = None
    dissent: Sequence[Dissent] = ()
    soft: Soft | None = None


@dataclass(frozen=True)
class ReleasedAnnotation:
    """One expert's submitted answer: `values` by question key, `seconds` on task, `submitted_at` ISO 8601 UTC."""

    annotator: str
    credential_class: str
    submitted_at: str
    seconds: float | None
    values: Mapping[str, Any]
    result: Result
    schema_version: int
    guideline_version: int | None


@dataclass(frozen=True)
class ReleaseRow:
    """An item with everything a release says about it. `fields` maps the field names of `schema` to data keys.

    `number` counts from 0 over the whole release, in the order of the splits. `files` are paths in the release by hash,
    where it holds the files that items show.
    """

    item: str
    data: Mapping[str, Any]
    fields: Mapping[str, str]
    gold: Sequence[GoldAnswer]
    annotations: Sequence[ReleasedAnnotation] = ()
    language: str = ""
    source: str = ""
    licence: str = ""
    group: str = ""
    split: str = "train"
    number: int = 0
    schema: Schema | None = None
    files: Mapping[str, str] = field(default_factory=dict)

    @property
    def asked(self) -> Schema:
        """The schema of the release; without one every field is a plain text."""
        if self.schema is not None:
            return self.schema
        return Schema(tuple(Field(name, key) for name, key in self.fields.items()), (), ())

    @property
    def labels(self) -> dict[str, Any]:
        """The gold values by question."""
        return {gold.question: gold.value for gold in self.gold}
