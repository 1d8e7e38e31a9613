"""Put an interval and its cautions on a value."""

from collections.abc import Callable
from dataclasses import replace

from annotation.algorithms.bootstrap import DRAWS, Sums, interval
from annotation.algorithms.statistic import FEW_DOCUMENTS, FEW_ITEMS, Caution, Statistic


def few_items(items: int) -> tuple[Caution, ...]:
    """The caution that a value rests on too few items to decide by, where it does."""
    return (Caution("few_items", {"items": items, "wanted": FEW_ITEMS}),) if 0 < items < FEW_ITEMS else ()


def with_interval(
    found: Statistic,
    sums: Sums,
    *,
    seed: int,
    confidence: float,
    reach: float,
    bounds: tuple[float, float],
    draws: int = DRAWS,
) -> Statistic:
    """`found` with the interval of `sums`, or as it is without draws; see `bootstrap.interval` for the arguments."""
    if not draws:
        return found
    made = interval(sums, seed=seed, reach=reach, bounds=bounds, confidence=confidence, draws=draws)
    cautions = found.warnings
    if sums.grouped and sums.rows < FEW_DOCUMENTS:
        cautions += (Caution("few_documents", {"documents": sums.rows, "wanted": FEW_DOCUMENTS}),)
    if made.undefined:
        cautions += (Caution("undefined_draws", {"undefined": made.undefined, "draws": made.draws}),)
    if made.low is None:
        cautions += (Caution("no_interval"),)
    return replace(
        found,
        low=_beside(made.low, found.value, min),
        high=_beside(made.high, found.value, max),
        method=made.method,
        confidence=confidence,
        seed=seed,
        draws=made.draws,
        undefined=made.undefined,
        warnings=cautions,
    )


def _beside(end: float | None, value: float | None, further: Callable[[float, float], float]) -> float | None:
    """An end of the interval; the value itself where rounding alone puts it on the wrong side of that."""
    return end if end is None or value is None else further(end, value)
