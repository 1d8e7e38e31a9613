"""Put an interval and its cautions on a value."""

from dataclasses import replace

from annotation.algorithms.bootstrap import Sums, interval
from annotation.algorithms.statistic import FEW_ITEMS, Caution, Statistic


def few_items(items: int) -> tuple[Caution, ...]:
    """The caution that a value rests on too few items to decide by, where it does."""
    return (Caution("few_items", {"items": items, "wanted": FEW_ITEMS}),) if 0 < items < FEW_ITEMS else ()


def with_interval(
    found: Statistic, sums: Sums, *, seed: int, confidence: float, reach: float, bounds: tuple[float, float]
) -> Statistic:
    """`found` with the bootstrap interval of `sums`; see `bootstrap.interval` for `reach` and `bounds`."""
    made = interval(sums, seed=seed, reach=reach, bounds=bounds, confidence=confidence)
    cautions = found.warnings
    if made.undefined:
        cautions += (Caution("undefined_draws", {"undefined": made.undefined, "draws": made.draws}),)
    return replace(
        found,
        low=made.low,
        high=made.high,
        method=made.method,
        confidence=confidence,
        seed=seed,
        draws=made.draws,
        undefined=made.undefined,
        warnings=cautions,
    )
