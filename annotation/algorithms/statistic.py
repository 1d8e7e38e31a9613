"""What a measure answers: a value with an interval, or the name of the reason why there is none."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any

from annotation.algorithms.canonical import CODE_VERSION

FEW_ITEMS = 100
"""Below this many pairable items a figure is not ground for a decision, and says so."""

FEW_DOCUMENTS = 6
"""Below this many documents (or items) a resampled interval is too short: it is Student's t there, and no decision."""

FEW_WITH_LABEL = 10
"""Below this many items that carry a label, the label's own figure says so."""


class Reason(StrEnum):
    """Why there is no value. The sentence for a person is made where the language is known."""

    NO_LABELS = "no_labels"
    ONE_ANNOTATOR = "one_annotator"
    NO_SHARED_ITEMS = "no_shared_items"
    ONE_ITEM = "one_item"
    NO_VARIATION = "no_variation"
    ITEMS_ALIKE = "items_alike"
    LABEL_UNUSED = "label_unused"
    NO_SPANS = "no_spans"
    NO_RELATIONS = "no_relations"
    NO_TEXT = "no_text"
    NOT_NUMBERS = "not_numbers"
    NEGATIVE_NUMBERS = "negative_numbers"
    NUMBERS_OUT_OF_RANGE = "numbers_out_of_range"
    REPEATED_LABELS = "repeated_labels"
    NOT_RANKINGS = "not_rankings"
    INCOMPLETE = "incomplete"
    NO_EXTENT = "no_extent"
    NO_OVERLAP = "no_overlap"
    TOO_LARGE = "too_large"
    NOT_COMPUTED = "not_computed"


@dataclass(frozen=True)
class Caution:
    """A reason to read a value with care: a code, and the figures its sentence needs."""

    code: str
    params: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Statistic:
    """One figure and everything needed to judge or repeat it.

    `value` and `reason` exclude each other. `items` counts the items the value rests on (two labels or
    more), `labels` the labels on them, `carrying` (of one label's own figure) the items that carry it.
    `observed` and `expected` are disagreements (in [0, 1], but for squared distances). `standard_error` is the
    measure's own, from its publication, where it has one. `details` holds what else the measure defines, by
    name (`z`, `chi_square`, a form's degrees of freedom). `low` and `high` bound the value with
    probability `confidence`; `method` says how (`tilted`, `exact`, `f`, `t`), and is None without an interval.
    `undefined` counts the bootstrap draws, of `draws`, in which the measure had no value.
    """

    kind: str
    value: float | None = None
    reason: Reason | None = None
    low: float | None = None
    high: float | None = None
    confidence: float = 0.95
    method: str | None = None
    items: int = 0
    labels: int = 0
    carrying: int | None = None
    observed: float | None = None
    expected: float | None = None
    standard_error: float | None = None
    details: dict[str, float] = field(default_factory=dict)
    chance_corrected: bool = True
    warnings: tuple[Caution, ...] = ()
    draws: int = 0
    undefined: int = 0
    seed: int | None = None
    inputs_hash: str = ""
    version: int = CODE_VERSION

    def to_json(self) -> dict[str, Any]:
        """The same as a JSON object."""
        return {**asdict(self), "warnings": [asdict(warning) for warning in self.warnings]}
