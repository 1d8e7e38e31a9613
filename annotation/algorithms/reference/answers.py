"""What the measures here answer to a case."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from annotation.algorithms.asymptotic import asymptotic
from annotation.algorithms.measures import MEASURES
from annotation.algorithms.reference.cases import Case, Unusable
from annotation.algorithms.reference.marked import OF_SPANS, statistic_of
from annotation.algorithms.reference.options import confidence_of, options_of
from annotation.algorithms.reference.tables import study_of
from annotation.algorithms.reference.wording import measure_of, part_of, words
from annotation.algorithms.statistic import Statistic

SEED = 0

_BY_SAMPLE = frozenset(
    {"alpha", "alpha_gwet", "brennan_prediger", "fleiss_kappa", "gwet_ac", "randolph_kappa", "scott_pi"}
)
"""Measures whose standard error for a table of two raters is by another divisor than for raw ratings."""

Answer = float | tuple[float, float] | None


def answer(case: Case, folders: Sequence[Path]) -> Answer:
    """The number (or pair of bounds) a case asks for, None where there is no value.

    Raises Unusable for a metric, layout or parameter that is not known.
    """
    measure = measure_of(case)
    part = part_of(case, measure)
    try:
        found = (
            statistic_of(measure, case, SEED) if measure in OF_SPANS else _of_table(measure, case, folders)
        )
    except (ValueError, KeyError) as problem:
        raise Unusable(f"{case.metric!r}: {problem}") from problem
    except (TypeError, IndexError) as problem:
        raise Unusable(f"{case.metric!r}: data or parameters of another form ({problem})") from problem
    return part_value(found, part)


def _of_table(measure: str, case: Case, folders: Sequence[Path]) -> Statistic:
    study = study_of(case, folders)
    name, options = options_of(measure, case, study)
    if name not in MEASURES:
        raise Unusable(f"{case.metric!r} is not measured on data of layout {case.layout!r}")
    missing = [option for option in MEASURES[name].needs if option not in options]
    if missing:
        raise Unusable(f"{case.metric!r} needs {_listed(missing)} in `params`")
    confidence = confidence_of(case)
    found = MEASURES[name].compute(study, seed=SEED, confidence=confidence, **options)
    two_way = "contingency" in words(case.layout)
    return _of_two_raters(found, confidence) if two_way and name in _BY_SAMPLE else found


def _listed(names: Sequence[str]) -> str:
    return " and ".join(f"`{name}`" for name in names)


def _of_two_raters(found: Statistic, confidence: float) -> Statistic:
    """With the standard error of a table of two raters: Gwet (2014) divides it by n there, by n - 1 for raw ratings."""
    if found.value is None or found.standard_error is None:
        return found
    error = found.standard_error * ((found.items - 1) / found.items) ** 0.5
    known = asymptotic(found.value, error, confidence, freedom=found.items - 1)
    return replace(found, standard_error=error, details=found.details | known)


def part_value(found: Statistic, part: str) -> Answer:
    """A part of a statistic by name; None where there is no value. Raises Unusable when there is no such part."""
    if found.value is None:
        return None
    value = _PARTS[part](found) if part in _PARTS else found.details.get(part)
    if value is None or (isinstance(value, tuple) and None in value):
        raise Unusable(f"{found.kind} has no {part} here")
    return value


def _low(found: Statistic) -> Any:
    return found.details.get("asymptotic_low", found.low)


def _high(found: Statistic) -> Any:
    return found.details.get("asymptotic_high", found.high)


def _squared(error: float | None) -> float | None:
    return None if error is None else error**2


def _z(found: Statistic) -> Any:
    error = found.standard_error
    return found.details.get("z", (found.value or 0.0) / error if error else None)


_PARTS: dict[str, Callable[[Statistic], Any]] = {
    "value": lambda found: found.value,
    "error": lambda found: found.standard_error,
    "null_error": lambda found: found.details.get("null_standard_error"),
    "variance": lambda found: _squared(found.standard_error),
    "null_variance": lambda found: _squared(found.details.get("null_standard_error")),
    "z": _z,
    "p": lambda found: found.details.get("p_null", found.details.get("p")),
    "null_p": lambda found: found.details.get("p_null"),
    "low": _low,
    "high": _high,
    "interval": lambda found: (_low(found), _high(found)),
    "observed": lambda found: found.observed,
    "expected": lambda found: found.expected,
    "agreed": lambda found: None if found.observed is None else 1 - found.observed,
    "by_chance": lambda found: None if found.expected is None else 1 - found.expected,
    "df": lambda found: found.details.get("df", found.details.get("df1")),
}
