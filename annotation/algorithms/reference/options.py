"""What a case's parameters ask of a measure: weights, level, distance, form, category."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from annotation.algorithms.reference.cases import Case, Unusable
from annotation.algorithms.reference.wording import words
from annotation.algorithms.scalars import as_labels
from annotation.algorithms.study import Study
from annotation.algorithms.weights import matrix_of_disagreement

_WEIGHTS = (
    ("identity", r"identity|unweighted|nominal|none|unit"),
    ("ordinal", r"ordinal"),
    ("quadratic", r"quadratic|squared|fleiss cohen|\bwq\b|^ q $"),
    ("linear", r"linear|\bequal\b|cicchetti|\bwl\b|^ l $|absolute"),
    ("radical", r"radical"),
    ("ratio", r"ratio"),
    ("circular", r"circular"),
    ("bipolar", r"bipolar"),
)
_LEVELS = (
    ("jaccard", r"jaccard"),
    ("masi", r"masi"),
    ("nominal", r"nominal|binary|identity|categorical"),
    ("ordinal", r"ordinal|rank"),
    ("interval", r"interval|quadratic|squared|euclid"),
    ("ratio", r"ratio"),
    ("polar", r"polar"),
    ("circular", r"circular"),
)


def confidence_of(case: Case) -> float:
    """The confidence of the interval that is asked for, 0.95 unless named."""
    for name in ("confidence", "confidence_level", "conf_level", "conf.level", "level"):
        value = case.params.get(name)
        if isinstance(value, int | float) and not isinstance(value, bool):
            return float(value) / 100 if value > 1 else float(value)
    named = re.search(r"(\d\d(?:\.\d+)?) ?%", case.metric)
    return float(named.group(1)) / 100 if named else 0.95


def options_of(measure: str, case: Case, study: Study) -> tuple[str, dict[str, Any]]:
    """The measure to ask (alpha with Gwet's weights is one of its own), and its options."""
    if measure == "alpha":
        return _of_alpha(case, study)
    if measure == "scott_pi" and _has_weights(case, study):
        measure = "fleiss_kappa"  # the same of two raters, and it takes weights
    reader = _READERS.get(measure)
    return measure, reader(case, study) if reader else {}


def _has_weights(case: Case, study: Study) -> bool:
    found = weights_of(case, study)
    return not isinstance(found, str) or found != "identity"


def _weighted(case: Case, study: Study) -> dict[str, Any]:
    found = weights_of(case, study)
    if (
        not _has_weights(case, study)
        and case.params.get("weights") is None
        and re.search(r"\bweighted\b|\bac ?2\b", words(case.metric))
    ):
        raise Unusable(f"{case.metric!r} needs `weights` in `params`")
    return {"weights": found}


def weights_of(case: Case, study: Study) -> Any:
    """A name of `weights.weight_matrix`, or a matrix of weights of agreement in the order of the categories."""
    for name in ("disagreement_weights", "disagreement", "weights", "weight", "weighting"):
        given = case.params.get(name)
        if isinstance(given, dict | list):
            matrix = _matrix(given, study)
            apart = "disagreement" in name or not np.diagonal(matrix).any()
            return matrix_of_disagreement(matrix) if apart else matrix
        if isinstance(given, str):
            return _named(_WEIGHTS, given, "weights")
    level = case.params.get("level")
    asked = f"{case.metric} {level if isinstance(level, str) else ''}"
    found = _named(_WEIGHTS, re.sub("unweighted", " ", asked.lower()), None)
    return found or "identity"


def _of_alpha(case: Case, study: Study) -> tuple[str, dict[str, Any]]:
    params = case.params
    distance = next(
        (params[name] for name in ("distance", "disagreement_weights", "metric") if name in params), None
    )
    if isinstance(distance, dict | list):
        return "alpha", {"distance": _matrix(distance, study)}
    named = next(
        (
            params[name]
            for name in ("level", "level_of_measurement", "scale")
            if isinstance(params.get(name), str)
        ),
        distance,
    )
    gwet = " gwet " in words(case.metric)
    if named is None and (gwet or "weights" in params):
        weights = weights_of(case, study)
        if isinstance(weights, str) and weights == "identity" and not gwet:
            return "alpha", {"level": "nominal"}
        return "alpha_gwet", {"weights": "ordinal" if gwet and "weights" not in params else weights}
    if named is None and re.search(r"\bcustom\b|\bown distances?\b", words(case.metric)):
        raise Unusable(f"{case.metric!r} needs `distance` in `params`")
    text = str(named) if named is not None else case.metric
    return "alpha", {"level": _named(_LEVELS, text, "level" if named is not None else None) or "nominal"}


def _named(table: Sequence[tuple[str, str]], text: str, what: str | None) -> str | None:
    """The first name whose pattern occurs. Raises Unusable when none does and `what` says it has to."""
    asked = words(text)
    for name, pattern in table:
        if re.search(pattern, asked):
            return name
    if what:
        raise Unusable(
            f"no {what} are called {text!r}" if what == "weights" else f"no {what} is called {text!r}"
        )
    return None


def _matrix(given: Any, study: Study) -> Any:
    """A square matrix, put into the order of the study's categories where it names its own."""
    named = isinstance(given, dict)
    matrix = np.asarray(given.get("matrix") if named else given, dtype=np.float64)
    labels = as_labels(given.get("categories", ())) if named else []
    if not labels:
        return matrix
    missing = [label for label in study.categories if label not in labels]
    if missing:
        raise Unusable(f"the matrix has no row for {missing[0]!r}")
    order = [labels.index(label) for label in study.categories]
    return matrix[np.ix_(order, order)]


def _category(case: Case, study: Study) -> dict[str, Any]:
    for name in ("category", "label", "value", "name"):
        if name in case.params:
            given = case.params[name]
            as_text = {str(label): label for label in study.categories}
            return {"category": as_text.get(str(given), given)}
    raise Unusable(f"{case.metric!r} needs `category` in `params`")


def _form(case: Case, study: Study) -> dict[str, Any]:
    params = case.params
    text = words(f"{params.get('form', params.get('type', ''))}")
    found = re.search(r"([123ac]) ?([1k]|\d+)?\b", text.replace("icc", " ")) or re.search(
        r"icc ?([123ac]) ?([1k])?\b", words(case.metric)
    )
    whole = words(
        f"{params.get('model', '')} {params.get('type', '')} {params.get('unit', '')} {case.metric}"
    )
    if found:
        model = {"a": "2", "c": "3"}.get(found.group(1), found.group(1))
        mean = found.group(2) not in (None, "1") or " average" in whole
    else:
        model = "1" if re.search(r"one ?way", whole) else "3" if re.search(r"consisten|mixed", whole) else "2"
        mean = bool(re.search(r"average|mean|\bk\b", whole))
    return {"form": f"{model},{'k' if mean else '1'}"}


def _ties(case: Case, study: Study) -> dict[str, Any]:
    return {"correct_ties": bool(case.params.get("correct", case.params.get("correct_ties", True)))}


_READERS: Mapping[str, Callable[[Case, Study], dict[str, Any]]] = {
    "cohen_kappa": _weighted,
    "light_kappa": _weighted,
    "conger_kappa": _weighted,
    "fleiss_kappa": _weighted,
    "brennan_prediger": _weighted,
    "gwet_ac": _weighted,
    "fleiss_kappa_category": _category,
    "icc": _form,
    "kendall_w": _ties,
}
