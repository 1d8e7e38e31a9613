"""Cases of marked spans: F1, alpha for unitizing, gamma."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterator, Sequence
from typing import Any

from annotation.algorithms import spans, unitizing
from annotation.algorithms.gamma.alignment import best_alignment
from annotation.algorithms.gamma.marks import Marks, Weights
from annotation.algorithms.gamma.measure import GammaStudy
from annotation.algorithms.reference.cases import Case, Unusable
from annotation.algorithms.reference.tables import RATERS, columns_of, place_of, rows_of
from annotation.algorithms.reference.wording import words
from annotation.algorithms.statistic import Statistic
from annotation.algorithms.study import Study

Units = dict[tuple[Hashable, Hashable], list[tuple[Any, Any, str]]]
"""By text and annotator: (start, end, label)."""

PRECISION = 0.01
"""To which the mean of gamma's random texts is known, unless a case says how."""

_COLUMNS = ("annotator", "category", "start", "end")


def statistic_of(measure: str, case: Case, seed: int) -> Statistic:
    """What a measure of spans answers to a case. Raises Unusable when the case does not say what it needs."""
    units = units_of(case)
    if measure == "gamma_disorder":
        return _disorder(case, units)
    study = _study(case, units)
    if measure.startswith("gamma"):
        return _gamma(measure, case, study, seed)
    if measure in _COEFFICIENTS:
        return _COEFFICIENTS[measure](study, seed=seed)
    if measure in {"alpha_u", "ku_alpha"}:
        label = case.params.get("category", case.params.get("label"))
        if label is None:
            raise Unusable(f"{case.metric!r} needs `category` in `params`")
        of_label = unitizing.alpha_unitizing if measure == "alpha_u" else unitizing.ku_alpha
        return of_label(study, str(label), seed=seed)
    if measure == "span_f1":
        return _f1(case, study, seed)
    raise Unusable(f"{case.metric!r} is not measured here")


def units_of(case: Case) -> Units:
    """The units of a case, those of an annotator without any too where the parameters name or count them.

    Rows are lists in the order of the layout's columns, or objects; or units stand in a table items x annotators, or
    in an object by annotator.
    """
    begin = case.params.get("begin", 0)
    found: Units = {}
    for (item, rater), low, high, label in _rows(case):
        found.setdefault((item, rater), [])
        if low is not None:
            found[item, rater].append((_whole(low - begin), _whole(high - begin), label))
    for item in {item for item, _ in found} or {0}:
        for name in _annotators(case, found):
            found.setdefault((item, name), [])
    return found


def _rows(case: Case) -> Iterator[tuple[tuple[Hashable, Hashable], Any, Any, str]]:
    """((text, annotator), start, end, label); a start of None stands for an annotator who marked nothing."""
    if isinstance(case.data, dict):
        for rater, marks in case.data.items():
            yield from _marks((0, rater), marks)
    elif " x " in case.layout:
        for item, row in enumerate(rows_of(case)):
            for at, marks in enumerate(row):
                if marks is not None:
                    yield from _marks((item, at), marks)
    else:
        yield from _listed(case)


def _marks(
    key: tuple[Hashable, Hashable], marks: Sequence[Any]
) -> Iterator[tuple[tuple[Hashable, Hashable], Any, Any, str]]:
    yield key, None, None, ""
    if not isinstance(marks, list):
        raise Unusable(f"what is marked is a list of [start, end, label], not {marks!r}")
    for mark in marks:
        if isinstance(mark, dict):
            yield key, mark["start"], mark["end"], str(mark.get("label", mark.get("category", "")))
        else:
            yield key, mark[0], mark[1], str(mark[2]) if len(mark) > 2 else ""


def _listed(case: Case) -> Iterator[tuple[tuple[Hashable, Hashable], Any, Any, str]]:
    objects = isinstance(case.data, list) and bool(case.data) and isinstance(case.data[0], dict)
    names = list(case.data[0]) if objects else columns_of(case.layout, _COLUMNS)
    rows = [[row.get(name) for name in names] for row in case.data] if objects else rows_of(case)
    start, rater = place_of(names, r"start|begin"), place_of(names, RATERS.pattern)
    label = next((at for at, name in enumerate(names) if re.search(r"categ|label|type|class", name)), None)
    end = next((at for at, name in enumerate(names) if re.search(r"end|stop", name)), None)
    size = None if end is not None else place_of(names, r"length|size")
    text = next((at for at, name in enumerate(names) if re.search(r"item|doc|text", name)), None)
    for row in rows:
        high = row[end] if end is not None else row[start] + row[size or 0]
        key = (0 if text is None else row[text], row[rater])
        yield key, row[start], high, "" if label is None else str(row[label])


def _annotators(case: Case, found: Units) -> list[Hashable]:
    given = case.params.get("raters", case.params.get("annotators"))
    if isinstance(given, list):
        return given
    used = list(dict.fromkeys(rater for _, rater in found))
    if not isinstance(given, int):
        return used
    if all(isinstance(name, int) for name in used):
        return list(range(given))
    return used + [f"annotator {at}" for at in range(given - len(used))]


def _study(case: Case, units: Units) -> Study:
    last = max((end for marks in units.values() for _, end, _ in marks), default=0)
    length = case.params.get("length", last)
    rows = [(item, rater, tuple(sorted(marks))) for (item, rater), marks in units.items()]
    return Study.from_triples(rows, extents=dict.fromkeys((item for item, _ in units), int(length)))


def _whole(value: Any) -> Any:
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _f1(case: Case, study: Study, seed: int) -> Statistic:
    params = case.params
    asked = words(
        f"{case.metric} {params.get('mode', '')} {params.get('match', '')} {params.get('level', '')}"
    )
    share = next((params[name] for name in ("share", "threshold", "iou", "overlap") if name in params), None)
    options: dict[str, Any] = {
        "typed": bool(params.get("typed", " untyped " not in asked)),
        "label": params.get("label", params.get("category")),
        "reference": params.get("reference", params.get("gold")),
    }
    if options["reference"] is None and re.search(r"precision|recall", asked):
        options["reference"] = study.raters[0]
    if " token" in asked:
        tokens = params.get("tokens")
        if not isinstance(tokens, list):
            raise Unusable(f"{case.metric!r} needs `tokens` in `params`, a list of [start, end]")
        pieces = [(start, end) for start, end in tokens]
        return spans.token_f1(study, dict.fromkeys(study.items, pieces), seed=seed, **options)
    if " char" in asked:
        return spans.character_f1(study, seed=seed, **options)
    if share is not None or re.search(r"relaxed|overlap|partial|lenient", asked):
        return spans.relaxed_f1(study, share=float(share or 0.0), seed=seed, **options)
    return spans.strict_f1(study, seed=seed, **options)


def _disorder(case: Case, units: Units) -> Statistic:
    labels = {
        label: at for at, label in enumerate(sorted({unit[2] for marks in units.values() for unit in marks}))
    }
    if len({item for item, _ in units}) != 1:
        raise Unusable("the disorder of a best alignment is of one text")
    text = tuple(Marks.of(marks, labels) for _, marks in sorted(units.items(), key=str))
    return Statistic(kind="gamma_disorder", value=best_alignment(text, weights_of(case)).disorder)


def _gamma(measure: str, case: Case, study: Study, seed: int) -> Statistic:
    asked = words(f"{case.metric} {case.params.get('sampler', case.params.get('sampling', ''))}")
    # The published examples of gamma-cat are with shuffled annotations, those of gamma with drawn ones.
    silent = measure != "gamma" and " statistical " not in asked and " sampled " not in asked
    precision = case.params.get("precision")
    found = GammaStudy.of(
        study,
        seed=seed,
        weights=weights_of(case),
        sampling="shuffle" if " shuffle" in asked or silent else "statistical",
        precision=float(precision) if isinstance(precision, int | float) else PRECISION,
    )
    if measure != "gamma_k":
        return found.gamma() if measure == "gamma" else found.gamma_cat()
    label = case.params.get("category", case.params.get("label"))
    if label is None:
        raise Unusable(f"{case.metric!r} needs `category` in `params`")
    return found.gamma_k(str(label))


def weights_of(case: Case) -> Weights:
    """Gamma's weights: 1 each unless named."""
    given = {words(name).replace(" ", ""): value for name, value in case.params.items()}
    empty = given.get("deltaempty", given.get("empty", 1.0))
    return Weights(float(given.get("alpha", 1.0)), float(given.get("beta", 1.0)), float(empty))


_COEFFICIENTS: dict[str, Callable[..., Statistic]] = {
    "u_alpha": unitizing.u_alpha,
    "u_alpha_binary": unitizing.u_alpha_binary,
    "cu_alpha": unitizing.cu_alpha,
}

OF_SPANS: Sequence[str] = (
    *_COEFFICIENTS,
    "alpha_u",
    "ku_alpha",
    "span_f1",
    "gamma_disorder",
    "gamma",
    "gamma_cat",
    "gamma_k",
)
