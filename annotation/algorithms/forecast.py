"""When will the work be done: a simulated future of daily counts, with an interval.

The model. A day's count is  y(t) = level(t) * weekday(t) * noise(t).

- `weekday` is a factor for each day of the week, drawn towards 1 while few weeks are known.
- `level` is the mean of y/weekday over the last eight weeks, where a day weighs half of one that lies two weeks later.
  How far it may be off is its standard error on the log scale, from the spread of the days and how many they are.
- Once a week log(level) moves: by a drift, and by a normal draw. The drift is the mean of the moves from week to week
  that were seen, drawn towards 0, give or take `DRIFT`; it fades by `DAMPED` a week. The size of the draw is the spread
  of the moves seen, beyond what noise explains, drawn towards `WANDER`.
- `noise` is a day drawn from those of the last eight weeks (their ratio to the mean).

A future is one draw of all of them; its last day is the day on which the sum reaches what is left. The interval is read
from the futures. The constants are the same for every project; `benchmarks/forecast.py` replays projects, stops at a
third, half and two thirds and counts how often the day that really was the last lies inside. Only the standard library
is used, so that a web process may ask. Sources: Gardner and McKenzie, Forecasting trends in time series (1985),
doi:10.1287/mnsc.31.10.1237, for the fading drift; Efron and Tibshirani, An Introduction to the Bootstrap (1993),
chapter 8, for drawing residuals.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import accumulate, pairwise
from math import exp, log, sqrt
from random import Random
from statistics import fmean, pvariance

WEEK = 7
REMEMBERED = 8 * WEEK
"""Days of history that the forecast reads."""

HALF_LIFE = 2 * WEEK
LEAST_DAYS = 5
"""With fewer days of history there is no forecast."""

IDLE = 2 * WEEK
"""After so many days on which nothing was done there is no forecast: a stopped project has no rate."""

HORIZON = 3 * 365
DRAWS = 400
STEPS = 80_000
"""About so many days are simulated in all, but never fewer than 100 futures."""

FAN_ROWS = 40
CONFIDENCE = 0.8
WANDER = 0.08
DRIFT = 0.04
DAMPED = 0.95
_WANDER_WEIGHT = 4.0  # weeks of history that the prior size of a week's move counts for
_DAY_WEIGHT = 2.0  # weeks that the prior factor 1 of a day of the week counts for


Band = tuple[int, float, float, float]


class NoForecast(StrEnum):
    """Why there is no forecast."""

    DONE = "done"
    TOO_SHORT = "too_short"
    IDLE = "idle"


@dataclass(frozen=True)
class Forecast:
    """Days from the last day of the history to the day on which the last piece is done.

    `low` and `high` bound it with probability `confidence`; None where so many futures do not end within `HORIZON`
    days. `fan` has up to `FAN_ROWS` rows (day, low, median, high) of the sum done by the end of the day, up to `high`,
    never more than what was left. `reason` is set, and all else empty, where there is no forecast.
    """

    low: int | None = None
    median: int | None = None
    high: int | None = None
    confidence: float = CONFIDENCE
    draws: int = 0
    seed: int | None = None
    fan: tuple[Band, ...] = ()
    reason: NoForecast | None = None


def forecast(
    daily: Sequence[int],
    left: int,
    *,
    weekday: int,
    seed: int,
    draws: int = DRAWS,
    confidence: float = CONFIDENCE,
    fan_days: int = 180,
) -> Forecast:
    """The last day of a project.

    `daily` are counts of what was done on each whole day, oldest first, days without work included; the last one's day
    of the week is `weekday` (0 is Monday). `left` is how much is still to do. Nothing left: `DONE`. Fewer than
    `LEAST_DAYS` days since the first piece: `TOO_SHORT`. Nothing in the last `IDLE` days: `IDLE`. Long ones are drawn
    less often, so that a forecast costs at most some 50 ms. The same arguments give the same answer.
    """
    known = _since_first(daily)[-REMEMBERED:]
    if left <= 0:
        return Forecast(reason=NoForecast.DONE)
    if len(known) < LEAST_DAYS:
        return Forecast(reason=NoForecast.TOO_SHORT)
    if not any(known[-IDLE:]):
        return Forecast(reason=NoForecast.IDLE)
    rng = Random(seed)  # noqa: S311
    model = _Model.of(known, weekday)
    horizon = min(HORIZON, 2 * WEEK + int(12 * left / model.level))
    draws = max(100, min(draws, int(STEPS * model.level / left)))
    futures = [model.future(rng, left, horizon) for _ in range(draws)]
    ends = sorted(len(future) if future[-1] >= left else HORIZON + 1 for future in futures)
    low, median, high = (_at(ends, share) for share in ((1 - confidence) / 2, 0.5, (1 + confidence) / 2))
    shown = min(fan_days, high if high is not None else fan_days)
    return Forecast(
        low, median, high, confidence, draws, seed, _fan(futures, float(left), shown, (1 - confidence) / 2)
    )


@dataclass(frozen=True)
class _Model:
    """`level` a day; `unsure` and `wander` are standard deviations of its logarithm: now, and of a week's move.

    `drift` is the mean of a week's move, `drift_unsure` its standard deviation over futures.
    """

    level: float
    factors: tuple[float, ...]
    noise: tuple[float, ...]
    unsure: float
    wander: float
    drift: float
    drift_unsure: float
    tomorrow: int

    @classmethod
    def of(cls, known: Sequence[int], weekday: int) -> _Model:
        first = (weekday - len(known) + 1) % WEEK
        days = [(first + at) % WEEK for at in range(len(known))]
        factors = _factors(known, days)
        plain = [count / factors[day] for count, day in zip(known, days, strict=True) if factors[day] > 0]
        weights = [0.5 ** (age / HALF_LIFE) for age in range(len(plain) - 1, -1, -1)]
        whole = sum(weights)
        level = sum(w * y for w, y in zip(weights, plain, strict=True)) / whole
        level = level or fmean(plain)
        spread = pvariance(plain) / fmean(plain) ** 2  # of one day, relative
        effective = whole**2 / sum(w * w for w in weights)
        mean = fmean(plain)
        return cls(
            level,
            factors,
            tuple(y / mean for y in plain),
            sqrt(log(1 + spread / effective)),
            *_moves(plain, spread),
            (weekday + 1) % WEEK,
        )

    def future(self, rng: Random, left: int, horizon: int) -> list[float]:
        """The sum done by the end of each coming day, until it reaches `left` or for `horizon` days."""
        done, path, scale = 0.0, list[float](), self.level * exp(rng.gauss(0.0, self.unsure))
        drift = rng.gauss(self.drift, self.drift_unsure)
        factors = [self.factors[(self.tomorrow + at) % WEEK] for at in range(WEEK)]
        while done < left and len(path) < horizon:
            scale *= exp(drift + rng.gauss(0.0, self.wander))
            drift *= DAMPED
            noise = rng.choices(self.noise, k=WEEK)
            sums = accumulate((scale * f * n for f, n in zip(factors, noise, strict=True)), initial=done)
            next(sums)
            for done in sums:
                path.append(done)
                if done >= left:
                    break
        return path


def _since_first(daily: Sequence[int]) -> list[int]:
    first = next((at for at, count in enumerate(daily) if count), len(daily))
    return list(daily[first:])


def _factors(known: Sequence[int], days: Sequence[int]) -> tuple[float, ...]:
    """A factor for each day of the week, with mean 1; with less than two weeks every day is like another."""
    mean = fmean(known)
    if len(known) < 2 * WEEK:
        return (1.0,) * WEEK
    weeks = len(known) / WEEK
    # A day of the week on which nothing was ever done in three weeks or more is a day off.
    prior = _DAY_WEIGHT if weeks < 3 else _DAY_WEIGHT / weeks
    sums, times = [0.0] * WEEK, [0] * WEEK
    for count, day in zip(known, days, strict=True):
        sums[day] += count
        times[day] += 1
    found = [
        0.0 if weeks >= 3 and not total else (total / mean + prior) / (seen + prior)
        for total, seen in zip(sums, times, strict=True)
    ]
    return tuple(factor * WEEK / sum(found) for factor in found)


def _moves(plain: Sequence[float], spread: float) -> tuple[float, float, float]:
    """How log(level) moves in a week: the spread of a move, the drift that moves share, and how unsure that is."""
    size = 5 if len(plain) < WEEK else WEEK
    blocks = [fmean(plain[end - size : end]) for end in range(len(plain), size - 1, -size)]
    moves = [log(later / earlier) for later, earlier in pairwise(blocks) if later and earlier]
    noise = 2 * log(1 + spread / size) * len(moves)
    beyond = max(0.0, sum(move * move for move in moves) - noise)
    weight = len(moves) + _WANDER_WEIGHT
    wander = sqrt((beyond + _WANDER_WEIGHT * WANDER**2) / weight)
    return wander, sum(moves) / weight, DRIFT


def _at(ends: Sequence[int], share: float) -> int | None:
    day = ends[min(len(ends) - 1, int(share * len(ends)))]
    return day if day <= HORIZON else None


def _fan(futures: Sequence[Sequence[float]], left: float, days: int, tail: float) -> tuple[Band, ...]:
    """Bands of the sum done by the end of some of the coming days, the first and the last of them included."""
    last = len(futures) - 1
    places = [int(share * last) for share in (tail, 0.5, 1 - tail)]
    step = max(1, -(-days // FAN_ROWS))
    rows = []
    for day in sorted({*range(1, days + 1, step), days} - {0}):
        reached = sorted(min(left, future[min(day, len(future)) - 1]) for future in futures)
        rows.append((day, reached[places[0]], reached[places[1]], reached[places[2]]))
    return tuple(rows)
