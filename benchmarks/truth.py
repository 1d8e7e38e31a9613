"""Is the default of truth inference safe, do intervals hold, how fast is Dawid-Skene beside crowd-kit?

    python -m benchmarks.truth [times]

The first tables need the label sets in ../shared/data, or in the folder ASSAY_SHARED; the last one the
packages of `python -m benchmarks.peers`. What is absent is said. `times` is how often each simulated crowd is
drawn (20).
"""

from __future__ import annotations

import csv
import gzip
import json
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np

from annotation.algorithms.truth import METHODS, Labels, fit, reliability
from annotation.algorithms.truth.labels import Codes, Floats
from annotation.algorithms.truth.numbers import Numbers
from annotation.algorithms.truth.numeric import NUMERIC_METHODS, fit_numbers
from annotation.algorithms.truth.report import numbers_told
from annotation.formats.label_table import LabelTable, read_label_table
from benchmarks import peers
from benchmarks.crowds import SCENES, Scene, coins
from benchmarks.rubric import Table

ROOT = Path(__file__).resolve().parents[1]
SETS = Path(os.environ.get("ASSAY_SHARED") or ROOT.parent / "shared") / "data" / "labels"
SHOWN = [name for name in METHODS if name not in {"default", "majority", "equal_trust", "soft"}]
TIMES = 20
SEED = 20_261_121
PEERED = ("fact_eval_2013", "zheng_D_Product", "sentiment_polarity")
COVERED = {
    "100 labels a person": (20, 5),
    "27 labels a person": (60, 4),
    "10 labels a person": (200, 5),
    "three people": (3, 3),
}


def main() -> None:
    """Print the tables."""
    times = int(sys.argv[1]) if len(sys.argv) > 1 else TIMES
    for title, lines in (
        ("Accuracy on real sets, and points above the majority", safety()),
        ("Numbers: mean absolute error (root mean squared error)", numbers()),
        (f"Simulated crowds, mean of {times}: points above the majority", simulated(times)),
        ("How often intervals of 95 % hold the reliability", coverage(times)),
        ("Soft labels from five of a hundred answers: bits to the other 95", opinions()),
        ("Dawid-Skene beside crowd-kit 1.4.2", speed()),
    ):
        print(f"\n### {title}\n")
        for line in lines:
            print(line, flush=True)


def measure(table: Table) -> None:
    """The figures that are promised, as lines of one table."""
    found = [points for _, points, _ in _scores()]
    if not found:
        table.line("truth inference on real sets", "skipped", f"no label sets in {SETS}")
        return
    gains = [row["default"] - row["majority"] for row in found]
    means = {name: np.mean([row[name] for row in found]) for name in METHODS}
    best = max((name for name in METHODS if name != "default"), key=lambda name: means[name])
    table.line("truth: default, worst set against majority", f"{100 * min(gains):+.2f} points", "at least -1")
    beside = f"best single: {best} {means[best]:.2%}"
    table.line(f"truth: default, mean accuracy of {len(found)} sets", f"{means['default']:.2%}", beside)
    if not peers.PYTHON.exists():
        table.line("truth: Dawid-Skene beside crowd-kit", "skipped", f"no {peers.PYTHON}")
        return
    for name, labels, ours, theirs in _speeds():
        table.line(
            f"truth: Dawid-Skene, {name}, {labels:,} labels",
            f"{ours['seconds']:.2f} s",
            f"{ours['seconds'] / theirs['seconds']:.2f} of crowd-kit's",
        )


def safety() -> Iterator[str]:
    """Every real set of classes with gold, by every method."""
    rows = list(_scores())
    if not rows:
        yield f"Skipped: there are no label sets in {SETS} (set ASSAY_SHARED)."
        return
    yield f"| set | majority | default | points | {' | '.join(SHOWN)} | seconds |"
    yield "|---|" + "---:|" * (len(SHOWN) + 4)
    for name, score, seconds in rows:
        yield _row(name, score, f"{seconds:.2f}")
    yield _row("**mean**", {name: float(np.mean([row[1][name] for row in rows])) for name in METHODS}, "")
    worst = {
        name: min((row[1][name] - row[1]["majority"]) * 100 for row in rows) for name in (*SHOWN, "default")
    }
    others = " | ".join(f"{worst[name]:+.2f}" for name in SHOWN)
    yield f"| **worst, points above majority** | | | {worst['default']:+.2f} | {others} | |"


def _row(name: str, score: dict[str, float], seconds: str) -> str:
    points = 100 * (score["default"] - score["majority"])
    others = " | ".join(f"{score[method]:.4f}" for method in SHOWN)
    return f"| {name} | {score['majority']:.4f} | {score['default']:.4f} | {points:+.2f} | {others} | {seconds} |"


def _scores() -> Iterator[tuple[str, dict[str, float], float]]:
    """(set, method -> accuracy, seconds of the default) for each set of classes with gold."""
    for name, table in _tables("classes"):
        labels, truth = coded(table)
        known = truth > -2
        score: dict[str, float] = {}
        seconds = 0.0
        for method in METHODS:
            begun = time.perf_counter()
            found = fit(labels, method)
            seconds = time.perf_counter() - begun if method == "default" else seconds
            score[method] = float(found.correctness(truth)[known].mean())
        yield name, score, seconds


def coded(table: LabelTable) -> tuple[Labels, Codes]:
    """A table's labels, and each item's gold as a code: -1 for an answer that nobody gave, -2 without gold."""
    labels = Labels.from_codes(
        table.items, table.workers, table.labels, table.item, table.worker, table.label
    )
    code = {name: at for at, name in enumerate(table.labels)}
    known = [code.get(table.gold[item], -1) if item in table.gold else -2 for item in table.items]
    return labels, np.array(known, dtype=np.int64)


def _tables(kind: str) -> Iterator[tuple[str, LabelTable]]:
    for folder in sorted(SETS.glob("*")) if SETS.is_dir() else []:
        if not any(folder.glob("labels.csv*")):
            continue
        table = read_label_table(folder)
        if table.gold and table.kind == kind:
            yield folder.name, table


def numbers() -> Iterator[str]:
    """Every real set of numbers with gold, by every numeric method."""
    yield f"| set | {' | '.join(NUMERIC_METHODS)} |"
    yield "|---|" + "---:|" * len(NUMERIC_METHODS)
    for name, table in _tables("numbers"):
        given = Numbers.from_codes(table.items, table.workers, table.item, table.worker, table.numbers)
        gold = {item: float(label) for item, label in table.gold.items()}
        told = [numbers_told(fit_numbers(given, method), gold) for method in NUMERIC_METHODS]
        cells = [f"{one[1]:.2f} ({one[2]:.2f})" if one else "–" for one in told]
        yield f"| {name} | {' | '.join(cells)} |"


def simulated(times: int) -> Iterator[str]:
    """Every simulated crowd, by every method."""
    yield f"| crowd | majority | default | its worst draw | {' | '.join(SHOWN)} |"
    yield "|---|" + "---:|" * (len(SHOWN) + 3)
    means = []
    for number, (name, scene) in enumerate(SCENES.items()):
        gains, plain = _gains(scene, times, number)
        mean = gains.mean(axis=0)
        means.append(mean)
        others = " | ".join(f"{value:+.1f}" for value in mean[1:])
        yield f"| {name} | {plain:.3f} | {mean[0]:+.1f} | {gains[:, 0].min():+.1f} | {others} |"
    for word, row in (("mean", np.mean(means, axis=0)), ("worst", np.min(means, axis=0))):
        yield f"| **{word}** | | {row[0]:+.1f} | | {' | '.join(f'{value:+.1f}' for value in row[1:])} |"


def _gains(scene: Scene, times: int, number: int) -> tuple[Floats, float]:
    """Points above the majority (times x (default, others)), and the majority's mean accuracy."""
    gains, plain = [], []
    for draw in range(times):
        labels, truth = scene.labels(np.random.default_rng([SEED, number, draw]))
        majority = fit(labels, "majority").correctness(truth).mean()
        found = [fit(labels, method).correctness(truth).mean() for method in ("default", *SHOWN)]
        gains.append([100 * (each - majority) for each in found])
        plain.append(majority)
    return np.array(gains), float(np.mean(plain))


def coverage(times: int) -> Iterator[str]:
    """How often the interval of an annotator's reliability holds it, and how wide it is."""
    yield "| crowd | held | mean width | mean error |"
    yield "|---|---:|---:|---:|"
    for name, (people, each) in COVERED.items():
        held, width, error = [], [], []
        for draw in range(times):
            rng = np.random.default_rng([SEED, people, draw])
            rates = rng.beta(8, 3, size=people)
            scene = Scene(coins(_given(rates)), people=people, each=each, items=200 if people == 3 else 400)
            labels, _ = scene.labels(rng)
            found = reliability(fit(labels))
            held.append(((found.low <= rates) & (rates <= found.high)).mean())
            width.append((found.high - found.low).mean())
            error.append((found.value - rates).mean())
        yield f"| {name} | {np.mean(held):.1%} | {np.mean(width):.2f} | {np.mean(error):+.3f} |"


def _given(rates: Floats) -> Callable[[np.random.Generator, int], Floats]:
    return lambda _rng, _people: rates


def opinions() -> Iterator[str]:
    """How well the shares of five answers foretell the other answers of an item: mean cross entropy in bits."""
    path = SETS / "chaosnli" / "chaosnli_counts.jsonl.gz"
    if not path.exists():
        yield f"Skipped: there is no {path}."
        return
    parts: dict[str, list[dict[str, int]]] = {}
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            parts.setdefault(row["part"], []).append(row["counts"])
    yield "| part | items | shares, one answer added to each label | soft labels | the item’s own shares (floor) |"
    yield "|---|" + "---:|" * 4
    for part, rows in parts.items():
        classes = sorted({label for row in rows for label in row})
        counts = np.array([[row.get(label, 0) for label in classes] for row in rows], dtype=np.int64)
        rng = np.random.default_rng(SEED)
        five = np.array([rng.multivariate_hypergeometric(row, 5) for row in counts])
        item, value = (np.repeat(side.reshape(-1), five.reshape(-1)) for side in np.indices(five.shape))
        soft = fit(
            Labels.from_codes(range(len(rows)), ("?",), classes, item, np.zeros_like(item), value), "soft"
        )
        rest = counts - five
        added = (five + 1) / (five + 1).sum(axis=1, keepdims=True)
        cells = [
            _bits(rest, shares) for shares in (added, soft.posterior, rest / rest.sum(axis=1, keepdims=True))
        ]
        yield f"| {part} | {len(rows):,} | {' | '.join(f'{cell:.4f}' for cell in cells)} |"


def _bits(counts: Codes, shares: Floats) -> float:
    """The mean bits that an answer takes when it is coded by these shares."""
    coded_in = np.where(counts > 0, counts * -np.log2(np.maximum(shares, 1e-12)), 0.0)
    return float(coded_in.sum() / counts.sum())


def speed() -> Iterator[str]:
    """Seconds and log likelihood of Dawid-Skene, ours and crowd-kit's."""
    if not peers.PYTHON.exists():
        yield f"Skipped: {peers.PYTHON} is not there; run: python -m benchmarks.peers"
        return
    yield "| set | labels | ours, CPU s | crowd-kit, CPU s | ratio | log likelihood, ours | crowd-kit | rounds |"
    yield "|---|" + "---:|" * 7
    for name, labels, ours, theirs in _speeds():
        yield (
            f"| {name} | {labels:,} | {ours['seconds']:.2f} | {theirs['seconds']:.2f} "
            f"| {ours['seconds'] / theirs['seconds']:.2f} "
            f"| {ours['log_likelihood']:.2f} | {theirs['log_likelihood']:.2f} "
            f"| {ours['iterations']:.0f} and {theirs['iterations']:.0f} |"
        )


def _speeds() -> Iterator[tuple[str, int, dict[str, float], dict[str, float]]]:
    """(set, labels, ours, crowd-kit's), one file after the other, the better of three runs each."""
    for name, table in _tables("classes"):
        if name in PEERED:
            labels, _ = coded(table)
            runs = [(_timed(labels), _crowd_kit(SETS / name)) for _ in range(3)]
            ours, theirs = (min(side, key=lambda run: run["seconds"]) for side in zip(*runs, strict=True))
            yield name, labels.item.size, ours, theirs


def _timed(labels: Labels) -> dict[str, float]:
    """One run on labels that carry nothing over from another."""
    fresh = Labels(
        labels.items, labels.annotators, labels.classes, labels.item, labels.annotator, labels.value
    )
    begun = time.process_time()
    found = fit(fresh, "dawid_skene")
    seconds = time.process_time() - begun
    return {"seconds": seconds, "log_likelihood": found.log_likelihood or 0.0, "iterations": found.iterations}


def _crowd_kit(folder: Path) -> dict[str, float]:
    path = next(folder.glob("labels.csv*"))
    with tempfile.TemporaryDirectory() as place:
        plain = Path(place) / "labels.csv"
        opener = gzip.open if path.suffix == ".gz" else open
        with opener(path, "rt", encoding="utf-8") as source, plain.open("w", encoding="utf-8") as target:
            csv.writer(target).writerows(csv.reader(source))
        found: dict[str, float] = peers.ask(Path(__file__).with_name("truth_peer.py"), plain)
    return found


if __name__ == "__main__":
    main()
