"""The truth of spans against experts, and how long gamma takes.

    python -m benchmarks.spans

The first table needs `labels/spans_pico` (191 abstracts read by a crowd, 188 of them by an expert too, with the answers
that Nguyen et al. (2017), doi:10.18653/v1/P17-1028, published) in ../shared/data, or in the folder ASSAY_SHARED.
"""

import gzip
import json
import os
import sys
from collections.abc import Callable, Hashable, Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from annotation.algorithms.gamma.alignment import best_alignment
from annotation.algorithms.gamma.chance import Asked, measure_texts
from annotation.algorithms.gamma.marks import Continuum, Marks, Weights
from annotation.algorithms.span_truth import SpanTruth, infer_spans, majority_spans
from annotation.algorithms.spans import character_f1, relaxed_f1, strict_f1
from annotation.algorithms.statistic import Statistic
from annotation.algorithms.study import Study
from annotation.algorithms.tokens import tokens_of
from benchmarks.rubric import Table, best

SHARED = Path(os.environ.get("ASSAY_SHARED") or Path(__file__).resolve().parents[2] / "shared")
PICO = "data/labels/spans_pico/pico_acl17_test.jsonl.gz"
LABEL, SEED = "P", 1
TEXTS = ((2, 40, 400), (3, 40, 2000), (3, 40, 400), (3, 40, 200))

Spans = Iterable[Sequence[int]]


def measure(table: Table) -> None:
    """Both tables' figures as lines of one table."""
    for name, scores in truth():
        table.line(f"spans of abstracts: {name}", f"F1 {scores[0].value:.3f}", told(scores))
    for name, aligned, whole, draws in gamma_times():
        table.line(f"gamma, {name}", f"{whole:.2f} s", f"{aligned * 1000:.0f} ms an alignment, {draws} draws")


def truth() -> list[tuple[str, list[Statistic]]]:
    """By method: F1 of characters, of equal spans and of spans that overlap, against the expert's."""
    path = SHARED / PICO
    if not path.exists():
        return []
    with gzip.open(path, "rt") as file:
        rows = [json.loads(line) for line in file]
    study = Study.from_triples(
        (row["id"], who, labelled(spans)) for row in rows for who, spans in row["crowd"].items()
    )
    tokens = {row["id"]: tokens_of(row["text"]) for row in rows}
    answers: list[tuple[str, dict[Hashable, Any]]] = [
        (f"{name}, published", {row["id"]: labelled(row["reference_aggregations"][name]) for row in rows})
        for name in ("MajorityVote", "DawidSkene", "HMMCrowd")
    ]
    answers += [
        ("more than half of the votes", _told(majority_spans(study, tokens))),
        ("more than 0.3 of the votes", _told(majority_spans(study, tokens, more_than=0.3))),
        ("weighted votes along a chain of tokens", _told(infer_spans(study, tokens))),
        ("weighted votes along a chain of characters", _told(infer_spans(study))),
    ]
    return [(name, _scores(rows, said)) for name, said in answers]


def labelled(spans: Spans) -> tuple[tuple[int, int, str], ...]:
    """Spans of the one label there is."""
    return tuple(sorted((start, end, LABEL) for start, end in spans))


def _told(found: SpanTruth) -> dict[Hashable, Any]:
    return {item: labelled((span.start, span.end) for span in spans) for item, spans in found.spans.items()}


def _scores(rows: list[dict[str, Any]], said: dict[Hashable, Any]) -> list[Statistic]:
    triples = []
    for row in rows:
        (expert,) = row["expert"].values()
        if expert is not None:
            triples += [(row["id"], "found", said[row["id"]]), (row["id"], "expert", labelled(expert))]
    study = Study.from_triples(triples)
    measures: list[Callable[..., Statistic]] = [character_f1, strict_f1, relaxed_f1]
    return [by(study, seed=SEED, reference="expert") for by in measures]


def told(scores: Sequence[Statistic]) -> str:
    """Precision and recall, and the others' precision, recall and F1."""
    parts = [f"{one.details['precision']:.3f} / {one.details['recall']:.3f}" for one in scores]
    return f"P/R {parts[0]}; equal {parts[1]} F1 {scores[1].value:.3f}; overlap {parts[2]}"


def gamma_times() -> list[tuple[str, float, float, int]]:
    """By kind of text: seconds of the best alignment and of gamma with gamma-cat, and random texts drawn."""
    found = []
    for raters, units, length in TEXTS:
        text = crowded(raters, units, length)
        aligned = best(partial(best_alignment, text, Weights()), times=3)
        asked = Asked(Weights(), 4, seed=SEED)
        whole = best(partial(measure_texts, [text], asked), times=1)
        (measured,) = measure_texts([text], asked)
        draws = len(measured.chance.disorders) if measured else 0
        found.append(
            (f"{raters} annotators with {units} spans in {length} characters", aligned, whole, draws)
        )
    return found


def crowded(raters: int, units: int, length: int) -> Continuum:
    """Units at random places; every annotator moves the ends by up to three, and gives one label in five at random."""
    made = np.random.default_rng(SEED)
    start, size = made.integers(0, length, units), made.integers(3, 3 * length // units + 4, units)
    label = made.integers(0, 4, units)
    codes = {str(code): code for code in range(4)}
    text = []
    for _ in range(raters):
        low = start + made.integers(-3, 4, units)
        high = low + np.maximum(1, size + made.integers(-3, 4, units))
        given = np.where(made.random(units) < 0.2, made.integers(0, 4, units), label)
        text.append(Marks.of(zip(low.tolist(), high.tolist(), map(str, given.tolist()), strict=True), codes))
    return tuple(text)


if __name__ == "__main__":
    measure(Table(sys.stdout))
