"""The interval and test that follow from a standard error, beside the resampled ones."""

from statistics import NormalDist

from annotation.algorithms.distributions import t_below, t_quantile


def asymptotic(
    value: float, error: float, confidence: float, *, freedom: float | None = None, top: float = 1.0
) -> dict[str, float]:
    """`asymptotic_low`, `asymptotic_high`, and the two-sided `p` of `value` / `error` against 0.

    By Student's t with `freedom` degrees, else by the normal distribution. Empty when the error is 0: there is nothing
    to go by, and [1, 1] for a few unanimous items would be wrong. The upper end is at most `top`.
    """
    if not error > 0:
        return {}
    level = (1 + confidence) / 2
    reach = error * (NormalDist().inv_cdf(level) if freedom is None else t_quantile(level, freedom))
    ratio = abs(value / error)
    tail = NormalDist().cdf(-ratio) if freedom is None else t_below(-ratio, freedom)
    return {"asymptotic_low": value - reach, "asymptotic_high": min(top, value + reach), "p": 2 * tail}
