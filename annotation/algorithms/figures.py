"""The figures of one question, from its tables: what the job stores, and the command `recompute` computes again.

The tables are sums over items (`contribution`), so whoever adds them up, from whatever they were kept in, gets the same
figures. A choice is measured by Krippendorff's nominal alpha, a rating by his ordinal one, a number by his interval
one, several choices and relations by the nominal one with MASI distances (a part in common is a part of agreement), a
date or an order by the nominal one (the same or not), spans by exact F1. Beside them stand percent agreement, Cohen's
kappa of just two people, Gwet's AC1 of a choice, and for several choices alpha with Jaccard distances.

Where items of one document belong together, they are resampled together: then every row of the table is one item, with
its document. Cohen's kappa is left out there."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

import numpy as np

from annotation.algorithms.agreement import krippendorff_alpha, label_alpha, percent_agreement
from annotation.algorithms.attempt import attempt
from annotation.algorithms.bootstrap import Floats, Sums
from annotation.algorithms.canonical import sort_key
from annotation.algorithms.contribution import label_of
from annotation.algorithms.counts import Codes
from annotation.algorithms.estimate import few_items, with_interval
from annotation.algorithms.gwet import gwet_ac
from annotation.algorithms.kappa import kappa_of_table
from annotation.algorithms.patterns import Label, Patterns
from annotation.algorithms.quotient import quotient
from annotation.algorithms.scalars import as_json, as_label
from annotation.algorithms.statistic import FEW_WITH_LABEL, Caution, Reason, Statistic
from annotation.algorithms.units import Source, Units

LEVELS = {
    "choice": "nominal",
    "choices": "masi",
    "rating": "ordinal",
    "number": "interval",
    "datetime": "nominal",
    "ranking": "nominal",
    "relations": "masi",
}
WITHOUT_LABELS = frozenset({"number", "datetime", "ranking", "relations"})
"""Kinds of which too many different answers are given for figures of each."""

MOST_CONFUSED = 40
"""Beyond this many different labels no confusion table is made: nobody could read it."""


@dataclass
class Table:
    """What is known of one question in one scope. `labels` are the schema's, in its order.

    `rows` is a list of (pattern, items) in the shapes of `contribution.pattern`. `pairs` is, when just two people share
    items, by (first, second) what they said and on how many items; else empty. `annotators` is how many people there
    are: 2 stands for more. `documents` has the document of each row, which then is a single item; empty where every
    item is a document of its own. `bounded` False: no intervals, because the rows do not say which items belong
    together.
    """

    kind: str
    labels: Sequence[str] = ()
    rows: list[tuple[Any, int]] = field(default_factory=list)
    pairs: dict[tuple[int, int], list[tuple[Any, Any, int]]] = field(default_factory=dict)
    annotators: int = 2
    documents: Sequence[str] = ()
    bounded: bool = True


@dataclass(frozen=True)
class Figure:
    """One statistic, of one label or ('') of the question as a whole; `more` is what is stored beside it."""

    statistic: Statistic
    label: str = ""
    more: Mapping[str, Any] = field(default_factory=dict)


def figures(table: Table, *, seed: int, with_labels: bool = True) -> list[Figure]:
    """All figures of a question; only those of the whole unless `with_labels`."""
    if table.kind == "spans":
        return _of_spans(table, seed, with_labels)
    patterns = patterns_of(table.rows)
    source = _source(table, table.rows)
    alpha = _signed(table, _alpha(source, LEVELS[table.kind], seed))
    found = [Figure(alpha, more=_confusion(table, patterns))]
    found.append(Figure(_signed(table, attempt("percent", lambda: percent_agreement(source, seed=seed)))))
    if len(table.pairs) == 1 and table.bounded and not table.documents:
        found.append(Figure(attempt("cohen_kappa", lambda: kappa_of_table(_pair_table(table), seed=seed))))
    if with_labels:
        found += [Figure(_signed(table, other)) for other in _others(table, source, seed)]
        for label in _wanted(table, patterns):
            rows = _chosen(table.rows, label) if table.kind == "choices" else table.rows
            alone = attempt("alpha_label", partial(label_alpha, _source(table, rows), label, seed=seed))
            found.append(Figure(_signed(table, alone), str(label)))
    return found


def _others(table: Table, source: Source, seed: int) -> list[Statistic]:
    """A second opinion: of a choice one that a dominating label moves less, of sets one by another distance."""
    if table.kind == "choice":
        return [attempt("gwet_ac1", lambda: gwet_ac(source, categories=table.labels, seed=seed))]
    return [_alpha(source, "jaccard", seed)] if table.kind == "choices" else []


def _alpha(source: Source, level: str, seed: int) -> Statistic:
    kind = "alpha" if level == "nominal" else f"alpha_{level}"
    return attempt(kind, lambda: krippendorff_alpha(source, level=level, seed=seed))


def patterns_of(rows: Sequence[tuple[Any, int]]) -> Patterns:
    """Stored patterns of labels as the measures read them."""
    return Patterns.from_json(rows)


def _wanted(table: Table, patterns: Patterns) -> list[Label]:
    """The labels that have a figure of their own: the schema's, then others that were given; of free values none."""
    if table.kind in WITHOUT_LABELS:
        return []
    used = () if table.kind == "choices" else patterns.categories
    return list(dict.fromkeys([*table.labels, *used]))


def _source(table: Table, rows: Sequence[tuple[Any, int]]) -> Source:
    """What the measures read: sums over items, or items with their documents."""
    if not table.documents:
        return patterns_of(rows)
    said = [[(as_label(label_of(value)), times) for value, times in pattern] for pattern, _ in rows]
    categories = tuple(sorted({label for pattern in said for label, _ in pattern}, key=sort_key))
    at = {label: code for code, label in enumerate(categories)}
    cells = np.array(
        [(unit, at[label], times) for unit, pattern in enumerate(said) for label, times in pattern],
        dtype=np.int64,
    ).reshape(-1, 3)
    ones = np.ones(len(said), dtype=np.int64)
    return Units(categories, cells[:, 0], cells[:, 1], cells[:, 2], ones, _codes(table.documents))


def _codes(documents: Sequence[str]) -> Codes:
    return np.asarray(np.unique(np.array(documents, dtype=str), return_inverse=True)[1], dtype=np.int64)


def _signed(table: Table, found: Statistic) -> Statistic:
    if table.annotators == 1 and found.reason == Reason.NO_SHARED_ITEMS:
        return replace(found, reason=Reason.ONE_ANNOTATOR)
    if not table.bounded and found.value is not None:
        told = (*found.warnings, Caution("documents"))
        return replace(found, low=None, high=None, method=None, draws=0, undefined=0, warnings=told)
    return found


def _chosen(rows: Sequence[tuple[Any, int]], label: Label) -> list[tuple[Any, int]]:
    """The patterns of one label of sets: chosen (the label), or not (False)."""
    found = []
    for pattern, items in rows:
        total = sum(times for _, times in pattern)
        chosen = sum(times for value, times in pattern if label in value)
        said = [(False, total - chosen), (label, chosen)]
        found.append(([(value, times) for value, times in said if times], items))
    return found


def _pair_table(table: Table) -> Any:
    """Counts of shared items by what each of the only two people said."""
    (rows,) = table.pairs.values()
    rows = [(as_label(label_of(one)), as_label(label_of(two)), items) for one, two, items in rows]
    said = sorted({label for one, two, _ in rows for label in (one, two)}, key=sort_key)
    at = {label: place for place, label in enumerate(said)}
    counts = np.zeros((len(said), len(said)), dtype=np.int64)
    for one, two, items in rows:
        counts[at[one], at[two]] += items
    return counts


def _confusion(table: Table, patterns: Patterns) -> dict[str, Any]:
    """How often the row's label met the column's on an item, over ordered pairs of its answers."""
    if table.kind not in {"choice", "rating"}:
        return {}
    labels = list(dict.fromkeys([*table.labels, *patterns.categories]))
    if not 1 < len(labels) <= MOST_CONFUSED:
        return {}
    at = {label: place for place, label in enumerate(labels)}
    rows = [[0] * len(labels) for _ in labels]
    for pattern, items in patterns.counts.items():
        for one, times in pattern:
            for two, other in pattern:
                rows[at[one]][at[two]] += items * times * (other - (one == two))
    return {"confusion": {"labels": [as_json(label) for label in labels], "rows": rows}}


def _of_spans(table: Table, seed: int, with_labels: bool) -> list[Figure]:
    whole = attempt("span_f1", lambda: _span_f1(table, lambda pattern: pattern["all"], None, seed))
    found = [Figure(whole)]
    if with_labels:
        used = sorted({label for pattern, _ in table.rows for label in pattern["labels"]})
        found += [
            Figure(attempt("span_f1", partial(_span_f1, table, _label_sums(label), label, seed)), label)
            for label in dict.fromkeys([*table.labels, *used])
        ]
    return found


def _label_sums(label: str) -> Callable[[Any], list[int]]:
    return lambda pattern: list(pattern["labels"].get(label, (0, 0)))


def _span_f1(table: Table, sums_of: Callable[[Any], list[int]], label: str | None, seed: int) -> Statistic:
    """Exact F1 over pairs of annotators (`spans.strict_f1`), from the sums that stand in the patterns."""
    documents = table.documents or [""] * len(table.rows)
    shared = [
        (sums_of(pattern), pattern["answers"], items, document)
        for (pattern, items), document in zip(table.rows, documents, strict=True)
        if pattern["answers"] > 1
    ]
    items = sum(count for _, _, count, _ in shared)
    marked = sum(sums[1] // (answers - 1) * count for sums, answers, count, _ in shared)
    carrying = sum(count for sums, _, count, _ in shared if sums[1])
    empty = Statistic(
        kind="span_f1",
        items=items,
        labels=marked,
        carrying=None if label is None else carrying,
        chance_corrected=False,
    )
    if not marked:
        nobody = Reason.NO_SPANS if items else Reason.NO_SHARED_ITEMS
        return _signed(table, replace(empty, reason=nobody if table.rows else Reason.NO_LABELS))
    made = _span_sums([(sums, count, document) for sums, _, count, document in shared], table)
    value = float(_f1(made.totals))
    warnings = few_items(items)
    if label is not None and carrying < FEW_WITH_LABEL:
        warnings += (Caution("few_items_with_label", {"label": label, "items": carrying}),)
    found = replace(empty, value=value, observed=1 - value, warnings=warnings)
    found = with_interval(found, made, seed=seed, confidence=0.95, reach=1.0, bounds=(0.0, 1.0))
    return _signed(table, found)


def _span_sums(rows: Sequence[tuple[Sequence[int], int, str]], table: Table) -> Sums:
    """Items with equal sums are of one kind; where there are documents, the items of one are."""
    kinds: dict[tuple[int, ...], int] = {}
    if table.documents:
        of: dict[str, list[int]] = {}
        for sums, _, document in rows:
            into = of.setdefault(document, [0, 0])
            into[0] += sums[0]
            into[1] += sums[1]
        rows = [(sums, 1, "") for sums in of.values()]
    for sums, count, _ in rows:
        kinds[tuple(sums)] = kinds.get(tuple(sums), 0) + count
    keys = sorted(kinds)
    features = np.array(keys, dtype=np.float64).reshape(-1, 2)
    counts = np.array([kinds[key] for key in keys], dtype=np.int64)
    return Sums(features, counts, _f1, grouped=bool(table.documents))


def _f1(sums: Floats) -> Floats:
    matched, spans = sums[..., 0], sums[..., 1]
    return quotient(matched, spans)
