"""Everything that the documents beside a release say, as plain values: read once from the database, typed nowhere else.

Nothing here grows with the rows of a release, and nobody who annotated is named: people are numbers in classes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

Counts = Mapping[str, int]
"""Name -> how many, in the order in which a document says them."""
Names = Mapping[str, str]
"""Language code -> a name in that language; `en` is always there."""
ALPHA_OF_SPANS = "alpha_u"
ALPHAS = ("alpha", "alpha_ordinal", "alpha_interval", "alpha_masi", ALPHA_OF_SPANS)
"""The measure of a question's kind: `algorithms.figures` has one of the first four, spans have the last for each label.
"""


@dataclass(frozen=True)
class GoldLabelCount:
    """A label on offer: its key and text, and how many gold answers carry it."""

    key: str
    text: str
    gold: int = 0


@dataclass(frozen=True)
class Asked:
    """A question: what was asked, how its gold labels were settled, and how many of them somebody dissented from.

    `labels` are the commonest, `more_labels` says how many others there are, `carried` how often all of them are
    carried: a gold answer may carry several.
    """

    key: str
    kind: str
    title: str = ""
    tag: str = ""
    required: bool = False
    labels: tuple[GoldLabelCount, ...] = ()
    more_labels: int = 0
    carried: int = 0
    settled: Counts = field(default_factory=dict)
    dissent: int = 0

    @property
    def gold(self) -> int:
        """How many gold labels it has."""
        return sum(self.settled.values())


@dataclass(frozen=True)
class Shown:
    """A field of the items: its name, its key in their data, and its kind (`text`, `image`, …)."""

    name: str
    key: str
    kind: str


@dataclass(frozen=True)
class Figure:
    """An agreement of one question (of one label, where it names one): with an interval, or the reason why not."""

    question: str
    measure: str
    label: str = ""
    value: float | None = None
    low: float | None = None
    high: float | None = None
    reason: str = ""
    items: int = 0


@dataclass(frozen=True)
class Source:
    """Where items come from, under which licence, and how many."""

    name: str
    licence: str
    items: int


@dataclass(frozen=True)
class Right:
    """What batches state of `items` items: licence, rights, who wrote them, that they are without personal data.

    `written_by` is `people`, `both`, `machines` or empty (not stated).
    """

    licence: str
    rights: str
    written_by: str
    deidentified: str
    items: int


@dataclass(frozen=True)
class People:
    """Who annotated and who decided, counted. `classes`, `jurisdictions` and `experience` count annotators.

    A cell with fewer than three people stands in `others`. Empty keys are people who showed nothing.
    """

    annotators: int = 0
    adjudicators: int = 0
    classes: Counts = field(default_factory=dict)
    jurisdictions: Counts = field(default_factory=dict)
    experience: Counts = field(default_factory=dict)
    class_names: Mapping[str, Names] = field(default_factory=dict)
    jurisdiction_names: Mapping[str, Names] = field(default_factory=dict)


@dataclass(frozen=True)
class GuidelineFacts:
    """The newest guideline: its SHA-256, the answers given under each version, and what the last change touched.

    `changes` pairs a clause's number with `added`, `changed` or `removed`.
    """

    version: int
    sha256: str
    answers: Counts = field(default_factory=dict)
    changes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Process:
    """How answers were asked for and checked.

    `policy` is `fixed`, `adaptive`, `tiered` or `panel`; `per_item` counts items by their counted answers; `blind` of
    `answers` were given before anybody's was shown. Of `control_answers` to control items `control_right` were right.
    `looks` decisions were looked at again blind, `looks_same` of them with the same result.
    """

    policy: str
    overlap: int
    overlap_max: int
    dispute_rule: str
    answers: int = 0
    blind: int = 0
    per_item: Counts = field(default_factory=dict)
    stop_at: float | None = None
    specialists: int | None = None
    suggestions: bool = False
    qualified_only: bool = True
    exam: bool = False
    undertaking: bool = False
    bar_authors: bool = True
    bar_colleagues: bool = False
    walls: int = 0
    control_rate: float = 0.0
    control_answers: int = 0
    control_right: int = 0
    suspensions: int = 0
    looks: int = 0
    looks_same: int = 0


@dataclass(frozen=True)
class Check:
    """A check of the gate: `asked` says whether the policy asks for it, `figure` is the number it comes to.

    `says` is its sentence, `names` its name.
    """

    check: str
    passed: bool
    asked: bool
    figure: float | None = None
    names: Names = field(default_factory=dict)
    says: Names = field(default_factory=dict)


@dataclass(frozen=True)
class Waiver:
    """Whose word stands for a check that failed, and why."""

    check: str
    by: str
    reason: str


@dataclass(frozen=True)
class Personal:
    """What the check for personal data at the door found in the items; `open`: nobody has looked at it.

    `unchecked` items were never looked through. `written`: found by the gate in what people wrote, which are answers in
    free text and the reasons of decisions.
    """

    found: int
    open: int
    unchecked: int = 0
    written: int = 0


@dataclass(frozen=True)
class Facts:
    """A release in facts. Days are ISO 8601 and belong to its content: the day of making stays out of the bytes.

    `version` follows semver: schema version, guideline version, items, and the content's hash. `first_day` and
    `last_day` bound the days on which gold was settled. `formats` counts the records of each format, `splits` is what
    the manifest says of them, `notes` are codes of what the schema could not take from its config.
    `dataset_info` is what the Parquet format says of its columns for Hugging Face, if it was written.
    """

    project: str
    name: str
    key: str
    version: str
    organisation_uid: str
    organisation: str
    sector: str
    licence: str
    software: str
    items: int
    first_day: str
    last_day: str
    process: Process
    guideline: GuidelineFacts
    description: str = ""
    sector_names: Names = field(default_factory=dict)
    languages: Counts = field(default_factory=dict)
    language_names: Mapping[str, Names] = field(default_factory=dict)
    fields: tuple[Shown, ...] = ()
    questions: tuple[Asked, ...] = ()
    schema_version: int = 1
    sources: tuple[Source, ...] = ()
    more_sources: int = 0
    licences: Counts = field(default_factory=dict)
    rights: tuple[Right, ...] = ()
    more_rights: int = 0
    people: People = field(default_factory=People)
    agreement: tuple[Figure, ...] = ()
    splits: Mapping[str, Any] = field(default_factory=dict)
    checks: tuple[Check, ...] = ()
    waivers: tuple[Waiver, ...] = ()
    limits: str = ""
    use: str = ""
    contact: str = ""
    personal: Personal | None = None
    bad_items: int = 0
    notes: tuple[str, ...] = ()
    formats: Counts = field(default_factory=dict)
    dataset_info: Mapping[str, Any] | None = None

    @property
    def rows(self) -> Counts:
        """Rows by split."""
        rows: Counts = self.splits.get("rows", {})
        return rows

    @property
    def headline(self) -> tuple[Figure, ...]:
        """What says most of each question: its alpha (of spans that of each label), without one any figure."""
        of: dict[str, list[Figure]] = {}
        for one in self.agreement:
            of.setdefault(one.question, []).append(one)
        return tuple(one for figures in of.values() for one in _telling(figures))

    def to_json(self) -> dict[str, Any]:
        """As JSON values."""
        return asdict(self)


def _telling(figures: list[Figure]) -> list[Figure]:
    alphas = [one for one in figures if one.measure in ALPHAS]
    return alphas or [one for one in figures if one.value is not None][:1]
