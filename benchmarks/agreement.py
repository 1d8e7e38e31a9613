"""Krippendorff's alpha with and without its interval, beside one np.bincount over the labels and beside other packages.

    python -m benchmarks.peers        # once: other people's packages, into var/peers
    python -m benchmarks.agreement

The floor is np.bincount over the labels as a `Study` holds them (int64 codes), the least any count of them costs. A
study is given as it is stored, as arrays of codes sorted by item; the packages get the table of raters by items that
they take, with its making not timed. Where var/peers is not there the packages are left out, and that is said.
"""

from __future__ import annotations

import sys
import tempfile
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from annotation.algorithms.agreement import krippendorff_alpha
from annotation.algorithms.patterns import Pattern, Patterns, pattern_of
from annotation.algorithms.statistic import Statistic
from annotation.algorithms.study import Study
from benchmarks import peers
from benchmarks.rubric import Table, best

LABELS, AGREE = ("yes", "no", "maybe", "unclear"), 0.7
MILLION, SOME = 1_000_000, 100_000
PEER = Path(__file__).with_name("agreement_peer.py")
RUNS = 7


def main() -> None:
    """All of it, without a database."""
    measure(Table(sys.stdout))


def measure(table: Table) -> None:
    """The lines of the table, in the order of the promises."""
    _labels(table, f"{MILLION:,} labels, 3 annotators", _study(MILLION, 3, 1.0), "krippendorff")
    _labels(table, f"{MILLION:,} labels, 5 annotators, 1 in 5 missing", _study(MILLION, 5, 0.8), "")
    _labels(table, f"{SOME:,} labels, 3 annotators", _study(SOME, 3, 1.0), "all")
    _labels(table, f"{SOME:,} labels, 200 annotators, 3 an item", _study(SOME, 200, 3 / 200), "krippendorff")
    for size in (10, 100, 1_000, 10_000):
        _stored(table, size)
    study = _study(SOME, 3, 1.0)
    triples = _triples(study)
    table.line(f"{SOME:,} rows to a study", f"{best(partial(Study.from_triples, triples), 3) * 1000:,.0f} ms")


def _labels(table: Table, what: str, study: Study, packages: str) -> None:
    floor = best(partial(np.bincount, study.value, minlength=len(LABELS)), 3 * RUNS)
    alone = best(lambda: _alpha(study, 0), RUNS)
    table.line(f"alpha: {what}", _ms(alone), f"{alone / floor:.1f} x np.bincount ({_ms(floor)})")
    drawn = best(lambda: _alpha(study, 1000), RUNS)
    table.line(f"with an interval of 1,000 draws: {what}", _ms(drawn), f"{drawn / floor:.1f} x np.bincount")
    if packages:
        _beside(table, what, study, packages, alone, drawn)


def _beside(table: Table, what: str, study: Study, packages: str, alone: float, drawn: float) -> None:
    try:
        found = _ask(study, packages)
    except FileNotFoundError as missing:
        table.line(f"other packages: {what}", "left out", str(missing))
        return
    floor, value = found.pop("bincount")["seconds"], _alpha(study, 0).value or 0.0
    for name, its in found.items():
        if abs(its["value"] - value) > 1e-5:  # irrCAC rounds to that
            raise SystemExit(f"{name} says {its['value']!r}, we say {value!r}")
        beside = f"{its['seconds'] / floor:,.0f} x np.bincount; {its['seconds'] / alone:,.0f} x ours"
        table.line(f"{name} {its['version']}, alpha: {what}", _ms(its["seconds"]), beside)
        beside = f"1,000 times its alpha; {1000 * its['seconds'] / drawn:,.0f} x ours"
        table.line(f"{name}, 1,000 draws: {what}", f"about {its['seconds'] * 1000:,.0f} s", beside)


def _ask(study: Study, packages: str) -> dict[str, Any]:
    codes = np.full((len(study.raters), len(study.items)), -1, dtype=np.int8)
    codes[study.rater, study.item] = study.value
    with tempfile.TemporaryDirectory(prefix="assay-peers-") as folder:
        file = Path(folder) / "table.npz"
        np.savez(file, table=codes, labels=len(LABELS))
        answer: dict[str, Any] = peers.ask(PEER, file, packages, "3")
        return answer


def _stored(table: Table, size: int) -> None:
    patterns = _patterns(size)
    seconds = best(lambda: krippendorff_alpha(patterns, seed=1), RUNS)
    items = sum(patterns.counts.values())
    what = f"alpha and interval from {len(patterns.counts):,} stored patterns"
    table.line(what, _ms(seconds), f"of {items:,} items")
    before, after = _step(patterns)
    moved = best(lambda: patterns.moved(before, after), RUNS)
    table.line(f"one more label moves an item in {len(patterns.counts):,} patterns", f"{moved * 1000:.2f} ms")


def _step(patterns: Patterns) -> tuple[Pattern, Pattern]:
    before = next(iter(patterns.counts))
    return before, pattern_of([label for label, times in before for _ in range(times)] + [0])


def _patterns(size: int) -> Patterns:
    """As many different patterns, of 2 to 9 labels out of eight, on twenty times as many items."""
    random = np.random.default_rng(20_261_120)
    found: dict[Pattern, int] = {}
    while len(found) < size:
        labels = random.choice(8, size=random.integers(2, 10), p=random.dirichlet(np.full(8, 0.3)))
        found.setdefault(pattern_of(labels.tolist()), int(random.integers(1, 40)))
    return Patterns(found)


def _alpha(study: Study, draws: int) -> Statistic:
    """From the arrays alone: what a study remembers of an earlier call is left behind."""
    fresh = Study(study.items, study.raters, study.categories, study.item, study.rater, study.value)
    return krippendorff_alpha(fresh, seed=1, draws=draws)


def _study(size: int, raters: int, share: float) -> Study:
    """Each of `raters` labels `share` of the items: with the item's own label seven times in ten, else with any."""
    random = np.random.default_rng(20_261_120)
    items = round(size / (raters * share))
    given = np.flatnonzero(random.random(items * raters) < share)
    item, rater = np.divmod(given, raters)
    _, item = np.unique(item, return_inverse=True)
    truth = random.integers(len(LABELS), size=items)
    slips = random.random(item.size) > AGREE
    value = np.where(slips, random.integers(len(LABELS), size=item.size), truth[item])
    return Study(tuple(range(int(item[-1]) + 1)), tuple(range(raters)), LABELS, item, rater, value)


def _triples(study: Study) -> list[tuple[int, int, str]]:
    codes: list[NDArray[np.int64]] = [study.item, study.rater, study.value]
    return [
        (item, rater, LABELS[value])
        for item, rater, value in zip(*(code.tolist() for code in codes), strict=True)
    ]


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:,.2f} ms" if seconds < 0.1 else f"{seconds * 1000:,.0f} ms"


if __name__ == "__main__":
    main()
