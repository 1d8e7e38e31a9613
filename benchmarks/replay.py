"""What each policy of the replay costs and how right it is, on every folder of labels.

    .venv/bin/python -m benchmarks.replay [FOLDER] [--seeds N] [--policies a,b]     sets in detail: of the first policy

FOLDER (../shared/data/labels, or the same in the folder ASSAY_SHARED) holds a folder a set, as `manage.py replay` reads
them; used are those with gold and five or more labels an item on average. Every policy has one configuration for all of
them. Figures are means over seeds and compared with a fixed majority of five. The last table leaves one set out
at a time: what the mean would be without it.
"""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from annotation.algorithms.replay import scores
from annotation.algorithms.replay.board import Board, Codes, Offers
from annotation.algorithms.replay.policies import Limits, policy_of
from annotation.algorithms.replay.policy import run
from annotation.formats.label_table import read_label_table

POLICIES = ("adaptive", "lead-of-two", "dawid-skene", "fixed3")
ROOT = Path(__file__).resolve().parents[1]
SETS = Path(os.environ.get("ASSAY_SHARED") or ROOT.parent / "shared") / "data" / "labels"
LEAST = 5
GOLD = -1


@dataclass(frozen=True, eq=False)
class Named:
    """A set with its gold, and what a fixed majority of five comes to."""

    name: str
    offers: Offers
    gold: Codes
    labels: float
    right: float


@dataclass(frozen=True, eq=False)
class Found:
    """How a policy did on a set, the mean of its seeds; `posterior` and `score` of all items with gold."""

    name: str
    saved: float
    points: float
    busiest: float
    posterior: NDArray[np.float64]
    score: NDArray[np.float64]

    @property
    def row(self) -> str:
        """The set's line."""
        ece, brier = calibration([self])
        return f"| {self.name} | {self.saved:.1%} | {self.points:+.2f} | {ece:.3f} | {brier:.3f} | {self.busiest:.1%} |"


def sets(folder: Path) -> Iterator[Named]:
    """The sets of a folder that count."""
    for path in sorted(one for one in folder.glob("*") if (one / "gold.csv").exists()):
        table = read_label_table(path)
        code = {name: at for at, name in enumerate(table.labels)}
        gold = np.array(
            [code.get(table.gold.get(item, ""), GOLD - (item in table.gold)) for item in table.items]
        )
        offers = Offers(len(table.items), len(table.workers), table.item, table.worker, table.label)
        if len(offers.last_rows()) < LEAST * offers.items or not table.gold or table.kind == "numbers":
            continue
        labels, right = scores.fixed(offers, gold, LEAST, 0)
        if right is not None:
            yield Named(path.name, offers, gold, labels, right)


def measured(one: Named, policy: str, seeds: int) -> Found:
    """Run a policy on a set with so many seeds."""
    spent, right, busiest, posterior, score = [], [], [], [], []
    for seed in range(seeds):
        board = Board(one.offers, seed)
        endings = run(board, policy_of(policy, Limits()))
        scored = scores.scores(board, endings, one.gold)
        known = ~np.isnan(scored)
        spent.append(float((board.given + endings.adjudicate).mean()))
        right.append(float(scored[known].mean()))
        busiest.append(scores.busiest_share(board))
        posterior.append(endings.posterior[known])
        score.append(scored[known])
    return Found(
        one.name,
        1 - float(np.mean(spent)) / one.labels,
        100 * (float(np.mean(right)) - one.right),
        float(np.mean(busiest)),
        np.concatenate(posterior),
        np.concatenate(score),
    )


def calibration(found: Sequence[Found]) -> tuple[float, float]:
    """ECE and Brier score, all items pooled."""
    posterior = np.concatenate([one.posterior for one in found])
    score = np.concatenate([one.score for one in found])
    return scores.calibration_error(scores.reliability(posterior, score)), scores.brier(posterior, score)


def mean_of(found: Sequence[Found]) -> str:
    """The cells of a mean over sets: saved, points, worst set, ECE, Brier, busiest."""
    ece, brier = calibration(found)
    worst = min(one.points for one in found)
    saved, points = np.mean([one.saved for one in found]), np.mean([one.points for one in found])
    busiest = max(one.busiest for one in found)
    return f"{saved:.1%} | {points:+.2f} | {worst:+.2f} | {ece:.3f} | {brier:.3f} | {busiest:.1%}"


def by_set(policy: str, found: Sequence[Found]) -> Iterator[str]:
    """The lines of a table with a policy's sets, and its mean without each of them."""
    yield from ("", f"{policy}, by set", "")
    yield "| set | saved | points | ECE | Brier | busiest |"
    yield "|---|---|---|---|---|---|"
    yield from (one.row for one in found)
    yield from ("", f"{policy}, one set left out", "")
    yield from _head("left out")
    for left in found if len(found) > 1 else ():
        yield f"| {left.name} | {mean_of([one for one in found if one is not left])} |"


def _head(first: str) -> tuple[str, str]:
    names = f"| {first} | saved | points: mean | worst set | ECE (pooled) | Brier | busiest |"
    return names, "|---|---|---|---|---|---|---|"


def main() -> None:
    """Print a line for every policy, then the sets of the first."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?", default=SETS)
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--policies", default=",".join(POLICIES))
    options = parser.parse_args()
    chosen = list(sets(options.folder))
    first, *others = str(options.policies).split(",")
    sys.stdout.writelines(f"{line}\n" for line in _head("policy"))
    ours = [measured(one, first, options.seeds) for one in chosen]
    for policy in (first, *others):
        found = ours if policy == first else [measured(one, policy, options.seeds) for one in chosen]
        sys.stdout.write(f"| {policy} | {mean_of(found)} |\n")
        sys.stdout.flush()
    sys.stdout.writelines(f"{line}\n" for line in by_set(first, ours))


if __name__ == "__main__":
    main()
