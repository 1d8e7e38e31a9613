"""Agreement by loops over pairs, as the publications define it: slow, and plain to read beside them."""

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Sequence
from itertools import permutations, product
from typing import Any

Triples = Sequence[tuple[Hashable, Hashable, Any]]
Distance = Callable[[Any, Any], float]


def by_item(triples: Triples) -> list[list[Any]]:
    """Each item's labels."""
    found: dict[Hashable, list[Any]] = defaultdict(list)
    for item, _, label in triples:
        found[item].append(label)
    return list(found.values())


def alpha(triples: Triples, distance: Distance) -> float | None:
    """1 - observed / expected of Krippendorff (2011)."""
    items = [labels for labels in by_item(triples) if len(labels) > 1]
    every = [label for labels in items for label in labels]
    n = len(every)
    if len(items) < 2:
        return None
    observed = sum(
        sum(distance(one, two) for one, two in permutations(labels, 2)) / (len(labels) - 1)
        for labels in items
    )
    expected = sum(distance(one, two) for one, two in permutations(every, 2)) / (n - 1)
    return 1 - observed / expected if expected > 1e-12 else None


def ordinal(triples: Triples, order: Sequence[Any]) -> Distance:
    """Krippendorff's ordinal difference, squared, from how often each label was given on pairable items."""
    times = Counter(label for labels in by_item(triples) if len(labels) > 1 for label in labels)

    def distance(one: Any, two: Any) -> float:
        low, high = sorted((order.index(one), order.index(two)))
        between = sum(times[order[at]] for at in range(low, high + 1))
        return (between - (times[one] + times[two]) / 2) ** 2

    return distance


LEVELS: dict[str, Distance] = {
    "nominal": lambda one, two: float(one != two),
    "interval": lambda one, two: (one - two) ** 2,
    "ratio": lambda one, two: ((one - two) / (one + two)) ** 2 if one + two else 0.0,
}


def observed_agreement(triples: Triples, weight: Distance) -> float | None:
    """The mean over items of the mean weight of two labels of an item."""
    shares = [
        sum(weight(one, two) for one, two in permutations(labels, 2)) / (len(labels) * (len(labels) - 1))
        for labels in by_item(triples)
        if len(labels) > 1
    ]
    return sum(shares) / len(shares) if len(shares) > 1 else None


def shares(triples: Triples, order: Sequence[Any]) -> list[float]:
    """The mean over items of the share of each label."""
    items = by_item(triples)
    return [sum(labels.count(label) / len(labels) for labels in items) / len(items) for label in order]


def fleiss(triples: Triples, order: Sequence[Any], weight: Distance) -> float | None:
    """Gwet (2014), chapter 3: Fleiss' kappa with missing labels and weights."""
    p = shares(triples, order)
    pairs = product(zip(order, p, strict=True), repeat=2)
    expected = sum(weight(one, two) * x * y for (one, x), (two, y) in pairs)
    return _beyond(observed_agreement(triples, weight), expected)


def gwet(triples: Triples, order: Sequence[Any], weight: Distance) -> float | None:
    """Gwet (2014), chapter 4: AC1 and AC2."""
    p, q = shares(triples, order), len(order)
    total = sum(weight(one, two) for one in order for two in order)
    return _beyond(observed_agreement(triples, weight), total / (q * (q - 1)) * sum(x * (1 - x) for x in p))


def brennan_prediger(triples: Triples, order: Sequence[Any], weight: Distance) -> float | None:
    """Brennan and Prediger (1981), with missing labels and weights."""
    total = sum(weight(one, two) for one in order for two in order)
    return _beyond(observed_agreement(triples, weight), total / len(order) ** 2)


def cohen(triples: Triples, first: Hashable, second: Hashable, distance: Distance) -> float | None:
    """Cohen (1968), of the items both labelled."""
    given = {(item, rater): label for item, rater, label in triples}
    pairs = [
        (given[item, first], given[item, second])
        for item in dict.fromkeys(item for item, _, _ in triples)
        if (item, first) in given and (item, second) in given
    ]
    if len(pairs) < 2:
        return None
    observed = sum(distance(one, two) for one, two in pairs) / len(pairs)
    expected = sum(distance(one, two) for one, _ in pairs for _, two in pairs) / len(pairs) ** 2
    return 1 - observed / expected if expected > 1e-12 else None


def _beyond(agreed: float | None, expected: float) -> float | None:
    return None if agreed is None or 1 - expected < 1e-12 else (agreed - expected) / (1 - expected)
