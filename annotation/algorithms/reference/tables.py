"""A case's data as a study: matrices in both directions, tables of counts, triples, and folders of labels."""

from __future__ import annotations

import csv
import gzip
import io
import math
import re
from collections.abc import Hashable, Iterable, Sequence
from pathlib import Path
from typing import Any

from annotation.algorithms.reference.cases import Case, Unusable
from annotation.algorithms.reference.wording import words
from annotation.algorithms.scalars import as_label, as_labels
from annotation.algorithms.study import Repeats, Study

Triple = tuple[Hashable, Hashable, Any]

MOST_LABELS = 5_000_000

RATERS = re.compile(r"rater|judge|coder|annotator|observer|worker")


def study_of(case: Case, folders: Sequence[Path]) -> Study:
    """The study of a case. Raises Unusable when its layout is unknown or its data do not fit it."""
    layout = words(case.layout)
    repeats: Repeats = "last"
    if "contingency" in layout or "confusion" in layout:
        triples, labels = _contingency(case)
    elif "count" in layout:
        triples, labels = _counted(case)
    elif isinstance(case.data, str):
        triples, labels = _folder(case.data, folders), []
        repeats = _repeats(case)
    elif ("[" in case.layout or "triple" in layout) and " x " not in case.layout:
        triples, labels = _listed(case), []
        repeats = _repeats(case)
    elif " x " in case.layout or not layout.strip():
        triples, labels = _matrix(case), []
    else:
        raise Unusable(f"no layout is called {case.layout!r}")
    missing = as_labels((None, case.params.get("missing")))
    triples = [(item, rater, label) for item, rater, label in triples if as_label(label) not in missing]
    study = Study.from_triples(triples, repeats=repeats, categories=labels)
    scale = _scale(case.params, study.categories)
    return Study.from_triples(triples, repeats=repeats, categories=scale) if scale else study


def columns_of(layout: str, default: Sequence[str]) -> list[str]:
    """The names in the square brackets of a layout."""
    found = re.search(r"\[([^\]]*)\]", layout)
    return [name.strip().lower() for name in found.group(1).split(",")] if found else list(default)


def label_of(value: Any, *, ranking: bool = False) -> Any:
    """A label as a study holds it; None for a missing one. A list is a set, or a `ranking` with ties as lists."""
    if isinstance(value, list) and ranking:
        return tuple(label_of(part, ranking=True) for part in value)
    if isinstance(value, list):
        return tuple(sorted({label_of(part) for part in value}, key=str))
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return None
    return value


def _matrix(case: Case) -> list[Triple]:
    rows = rows_of(case)
    turned = bool(RATERS.search(words(case.layout.split(" x ")[0]))) and " x " in case.layout
    asked = words(f"{case.metric} {case.params.get('level', '')} {case.params.get('distance', '')}")
    ranking = bool(re.search(r"\brankings?\b|\btau\b", asked))
    found = [
        (at, by, label_of(value, ranking=ranking))
        for at, row in enumerate(rows)
        for by, value in enumerate(row)
    ]
    found = [(by, at, label) for at, by, label in found] if turned else found
    chosen = case.params.get("raters", case.params.get("pair"))
    if isinstance(chosen, list):
        return [(item, rater, label) for item, rater, label in found if rater in chosen]
    return list(found)


def _contingency(case: Case) -> tuple[list[Triple], list[Any]]:
    rows = _counts(case)
    labels = _names(case, len(rows))
    if any(len(row) != len(rows) for row in rows):
        raise Unusable("a contingency table has as many rows as columns")
    pairs = [
        (labels[one], labels[two])
        for one, row in enumerate(rows)
        for two, count in enumerate(row)
        for _ in range(count)
    ]
    found = [(item, rater, label) for item, pair in enumerate(pairs) for rater, label in enumerate(pair)]
    return list(found), labels


def _counted(case: Case) -> tuple[list[Triple], list[Any]]:
    rows = _counts(case)
    labels = _names(case, max(map(len, rows), default=0))
    found = []
    for item, row in enumerate(rows):
        said = [label for label, count in zip(labels, row, strict=False) for _ in range(count)]
        found += [(item, rater, label) for rater, label in enumerate(said)]
    return list(found), labels


def _counts(case: Case) -> list[list[int]]:
    """A table of counts, a missing count being 0. Raises Unusable for what is no count, and for too many."""
    rows = rows_of(case)
    cells = [0 if cell is None else cell for row in rows for cell in row]
    if not all(isinstance(cell, int | float) and cell >= 0 and float(cell).is_integer() for cell in cells):
        raise Unusable("a table of counts holds whole numbers from 0 up")
    if sum(cells) > MOST_LABELS:
        raise Unusable(f"a table of more than {MOST_LABELS:,} labels")
    return [[int(cell or 0) for cell in row] for row in rows]


def _listed(case: Case) -> list[Triple]:
    names = columns_of(case.layout, ("item", "rater", "label"))
    item = place_of(names, r"item|subject|unit|object|document")
    rater, label = place_of(names, RATERS.pattern), place_of(names, r"label|value|categor|rating|score|code")
    return [(row[item], row[rater], label_of(row[label])) for row in rows_of(case)]


def _folder(name: str, folders: Sequence[Path]) -> list[Triple]:
    for folder in folders:
        for file in ("labels.csv", "labels.csv.gz"):
            path = folder / name / file
            if path.is_file():
                return _read(path)
    looked = ", ".join(str(folder) for folder in folders)
    raise Unusable(f"no labels.csv of {name!r} in {looked}; --data names another folder")


def _read(path: Path) -> list[Triple]:
    text = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    lines = io.StringIO(text.decode("utf-8"), newline="")
    rows = [(row["item"], row["worker"], row["label"]) for row in csv.DictReader(lines)]
    try:
        numbers = [float(label) for _, _, label in rows]
    except ValueError:
        return list(rows)
    return [
        (item, rater, int(x) if x.is_integer() else x)
        for (item, rater, _), x in zip(rows, numbers, strict=True)
    ]


def _repeats(case: Case) -> Repeats:
    text = words(str(case.params.get("duplicates", case.params.get("repeats", "last"))))
    return "first" if " first " in text else "keep" if " all " in text or " kept " in text else "last"


def rows_of(case: Case) -> list[list[Any]]:
    """The data of a case. Raises Unusable when they are no list of lists."""
    if not isinstance(case.data, list) or not all(isinstance(row, list) for row in case.data):
        raise Unusable(f"data of layout {case.layout!r} are a list of lists")
    return case.data


def place_of(names: Sequence[str], pattern: str) -> int:
    """The first column whose name has the pattern. Raises Unusable when none has."""
    for at, name in enumerate(names):
        if re.search(pattern, name):
            return at
    raise Unusable(f"no column of {', '.join(names)} is a {pattern.split('|', maxsplit=1)[0]}")


def _names(case: Case, width: int) -> list[Any]:
    given = case.params.get("categories")
    return list(given) if isinstance(given, list) and len(given) == width else list(range(1, width + 1))


def _scale(params: Any, used: Iterable[Any]) -> list[Any]:
    """The categories that a case names, used or not; empty when it names none."""
    counts = ("categories", "n_categories", "num_categories", "q", "k")
    given = next((params[name] for name in counts if name in params), None)
    for name in ("distance", "weights", "disagreement_weights"):
        if isinstance(params.get(name), dict):
            given = params[name].get("categories", given)
    if isinstance(given, list):
        return [label_of(label) for label in given]
    if not isinstance(given, int) or isinstance(given, bool):
        return []
    said = list(used)
    if not all(isinstance(label, int | float) for label in said):
        return said + [f"unused {at}" for at in range(given - len(said))]
    for first in (1, 0):
        if set(said) <= set(range(first, first + given)):
            return list(range(first, first + given))
    return said + [max(said) + 1 + at for at in range(given - len(said))]
