"""Agreement by the letter of the textbooks, in exact fractions: slow, and shares no line with Assay's own."""

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction

Pairs = Sequence[tuple[str, str]]


def cohen_kappa(pairs: Pairs) -> Fraction:
    """Kappa of two raters, one pair of labels an item (Cohen 1960): (po - pe) / (1 - pe)."""
    n = len(pairs)
    observed = Fraction(sum(one == two for one, two in pairs), n)
    first, second = Counter(one for one, _ in pairs), Counter(two for _, two in pairs)
    expected = sum(Fraction(first[label] * second[label], n * n) for label in first | second)
    return (observed - expected) / (1 - expected)


def krippendorff_alpha(pairs: Pairs) -> Fraction:
    """Nominal alpha of two raters without missing labels, by the coincidence matrix (Krippendorff 2011, B)."""
    coincidences: Counter[tuple[str, str]] = Counter()
    for one, two in pairs:
        coincidences[one, two] += 1
        coincidences[two, one] += 1
    margins: Counter[str] = Counter()
    for (one, _), times in coincidences.items():
        margins[one] += times
    n = sum(margins.values())
    off_diagonal = sum(times for (one, two), times in coincidences.items() if one != two)
    by_chance = sum(margins[one] * margins[two] for one in margins for two in margins if one != two)
    return 1 - (n - 1) * Fraction(off_diagonal, by_chance)
