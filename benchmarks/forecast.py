"""How often the forecast's interval holds: projects are replayed, stopped, forecast, and compared with what came.

    .venv/bin/python -m benchmarks.forecast [folder of label files]

Simulated projects differ in how their daily work behaves (`KINDS`). Real ones are files of labels in the order in which
they were given: an item is done with its last label, and so many labels come on a day as simulated people give.
"""

from __future__ import annotations

import csv
import gzip
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from math import exp
from pathlib import Path
from random import Random
from statistics import fmean, median

from annotation.algorithms.forecast import CONFIDENCE, forecast

STOPS = (1 / 3, 1 / 2, 2 / 3)
Rate = Callable[[Random], Iterator[float]]


@dataclass
class Coverage:
    """How a kind of project fared."""

    inside: list[bool] = field(default_factory=list)
    misses: list[float] = field(default_factory=list)
    widths: list[float] = field(default_factory=list)
    none: int = 0

    @property
    def share(self) -> float:
        return fmean(self.inside)

    def row(self, name: str) -> str:
        """One line of the table: coverage, median error and median width as shares of the days that were left."""
        if not self.inside:
            return f"| {name} | – | – | – | 0 |"
        return (
            f"| {name} | {self.share:.0%} | {median(self.misses):.0%} | {median(self.widths):.0%} "
            f"| {len(self.inside)} |"
        )


def steady(rng: Random) -> Iterator[float]:
    """The same every day."""
    while True:
        yield 1.0


def weekends_off(rng: Random) -> Iterator[float]:
    """Nothing on two days of seven."""
    day = rng.randrange(7)
    while True:
        yield 0.0 if day % 7 >= 5 else 1.0
        day += 1


def ramp(rng: Random) -> Iterator[float]:
    """People join: from a third to the full rate within two to six weeks."""
    weeks, day = rng.uniform(2, 6), 0
    while True:
        yield min(1.0, 1 / 3 + 2 / 3 * day / (7 * weeks))
        day += 1


def tiring(rng: Random) -> Iterator[float]:
    """People lose interest: half as much after five to ten weeks."""
    half, day = rng.uniform(35, 70), 0
    while True:
        yield max(0.2, 0.5 ** (day / half))
        day += 1


def shifts(rng: Random) -> Iterator[float]:
    """About once a month somebody comes or goes."""
    level = 1.0
    while True:
        if rng.random() < 1 / 30:
            level *= rng.choice((0.6, 0.75, 1.3, 1.6))
        yield level


def wandering(rng: Random) -> Iterator[float]:
    """The level wanders from day to day, weekends are slower."""
    level, day = 0.0, rng.randrange(7)
    while True:
        level = 0.995 * level + rng.gauss(0, 0.07)
        yield exp(level) * (0.4 if day % 7 >= 5 else 1.0)
        day += 1


def bursts(rng: Random) -> Iterator[float]:
    """On a third of the days there is three times as much."""
    while True:
        yield 3.0 if rng.random() < 1 / 3 else 0.4


def pauses(rng: Random) -> Iterator[float]:
    """Now and then nobody works for three days to a week."""
    away = 0
    while True:
        if away == 0 and rng.random() < 0.02:
            away = rng.randrange(3, 8)
        yield 0.0 if away else 1.0
        away = max(0, away - 1)


KINDS: dict[str, Rate] = {
    "steady": steady,
    "weekends off": weekends_off,
    "people join": ramp,
    "people tire": tiring,
    "people come and go": shifts,
    "wandering, slow weekends": wandering,
    "bursts": bursts,
    "pauses": pauses,
}


def history(rate: Rate, rng: Random) -> list[int]:
    """A project of three to twenty weeks, day by day, until nothing is left; each day's count is Poisson-like."""
    a_day = exp(rng.uniform(1.5, 5.5))
    left = int(a_day * rng.uniform(21, 140))
    days: list[int] = []
    rates = rate(rng)
    while left > 0 and len(days) < 2000:
        mean = a_day * next(rates) * exp(rng.gauss(0, 0.25))
        done = min(left, max(0, round(rng.gauss(mean, mean**0.5)))) if mean else 0
        days.append(done)
        left -= done
    return days


def replayed(items: Sequence[str], rng: Random) -> list[int]:
    """A real file's items in the order of their labels, at a simulated rate of labels a day."""
    wanted, days = Counter(items), list[int]()
    a_day = len(items) / rng.uniform(30, 100)
    rates = wandering(rng)
    at = 0
    while at < len(items):
        take = max(0, round(a_day * next(rates)))
        done = 0
        for item in items[at : at + take]:
            wanted[item] -= 1
            done += not wanted[item]
        days.append(done)
        at += take
    return days


def check(days: Sequence[int], found: Coverage, *, seed: int) -> None:
    """Forecast the history at each stop and note whether its end lay inside."""
    whole = sum(days)
    for share in STOPS:
        at, done = 0, 0
        while done < share * whole:
            done += days[at]
            at += 1
        came = len(days) - at
        told = forecast(days[:at], whole - done, weekday=(at - 1) % 7, seed=seed, fan_days=0)
        if told.median is None or not came:
            found.none += 1
            continue
        low, high = told.low or 0, told.high if told.high is not None else 10**6
        found.inside.append(low <= came <= high)
        found.misses.append(abs(told.median - came) / came)
        found.widths.append((high - low) / came)


def simulated(projects: int, seed: int) -> dict[str, Coverage]:
    """So many projects of each kind."""
    kinds = {name: Coverage() for name in KINDS}
    for number, (name, rate) in enumerate(KINDS.items()):
        for project in range(projects):
            rng = Random(seed + 1_000_003 * number + project)
            check(history(rate, rng), kinds[name], seed=project)
    return kinds


def real(folder: Path, times: int, seed: int) -> dict[str, Coverage]:
    """Each file of labels in the folder, so many times at other rates."""
    sets: dict[str, Coverage] = {}
    for path in sorted(folder.glob("*/labels.csv*")):
        items = _items(path)
        found = sets.setdefault(path.parent.name, Coverage())
        for number in range(times):
            check(replayed(items, Random(seed + number)), found, seed=number)
    return sets


def _items(path: Path) -> list[str]:
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        return [row["item"] for row in csv.DictReader(lines)]


def pooled(found: dict[str, Coverage]) -> Coverage:
    """All of them as one."""
    return Coverage(
        [one for each in found.values() for one in each.inside],
        [one for each in found.values() for one in each.misses],
        [one for each in found.values() for one in each.widths],
    )


def main() -> None:
    """Print the table; exit code 0."""
    print(
        f"Interval of {CONFIDENCE:.0%}; errors and widths are shares of the days that were left (medians).\n"
    )
    print("| history | inside | error of the median | width | forecasts |\n|---|---|---|---|---|")
    made = simulated(150, seed=20_261_121)
    for name, found in made.items():
        print(found.row(name))
    print(pooled(made).row("**all simulated**"))
    if len(sys.argv) > 1:
        files = real(Path(sys.argv[1]), 6, seed=7)
        for name, found in files.items():
            print(found.row(name))
        print(pooled(files).row("**all real files**"))


if __name__ == "__main__":
    main()
