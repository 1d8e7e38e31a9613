"""How far the labels of aligned units differ: the disorders of gamma-cat and gamma-k.

Mathet (2017), section 4.2.5, as pygamma-agreement 0.5.9 has it. Every pair of units that a best alignment puts together
counts by how close they lie, and less in a group of k units, which has more pairs. A unit and the nothing it faces
count as a pair that differs, with the weight `empty`:

    weight   = max(0, 1 - alpha positional) / (k - 1)
    disorder = (sum of weight empty [labels differ] + pairs with nothing * empty^2)
               / (sum of weight + pairs with nothing * empty)

over all pairs for gamma-cat, over the pairs in which a unit has the label for gamma-k. Of an alignment that puts
nothing together the disorder is 0, and that of a label that is not there is 1.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

import numpy as np

from annotation.algorithms.bootstrap import Floats
from annotation.algorithms.gamma.alignment import Alignment
from annotation.algorithms.gamma.marks import Codes, Continuum, Weights, positional


@dataclass(frozen=True)
class LabelDisorder:
    """Of all labels together, then by label, (1 + labels,).

    `disorder`, its `weight`, and how many pairs of units are `aligned`.
    """

    disorder: Floats
    weight: Floats
    aligned: Codes


def label_disorder(text: Continuum, found: Alignment, weights: Weights, labels: int) -> LabelDisorder:
    """The disorders of an alignment, labels being coded from 0 to `labels` - 1."""
    differ, total, aligned = _aligned(text, found, weights, labels)
    facing = _facing_nothing(text, found, labels)
    differ += facing * weights.empty**2
    total += facing * weights.empty
    disorder = np.divide(differ, total, out=np.zeros(1 + labels), where=total > 0)
    disorder[aligned == 0] = 0.0
    disorder[(aligned == 0) & (facing == 0)] = 1.0
    return LabelDisorder(disorder, total, aligned)


def _aligned(
    text: Continuum, found: Alignment, weights: Weights, labels: int
) -> tuple[Floats, Floats, Codes]:
    """Over the aligned pairs, of all and by label: weighted differences, weights, and how many there are."""
    differ, total, count = (np.zeros(1 + labels) for _ in range(3))
    size = (found.groups >= 0).sum(axis=1)
    for one, other in combinations(range(len(text)), 2):
        both = (found.groups[:, one] >= 0) & (found.groups[:, other] >= 0)
        mine, theirs = found.groups[both, one], found.groups[both, other]
        near = np.maximum(0.0, 1 - weights.alpha * positional(text[one], text[other], weights)[mine, theirs])
        weight = near / (size[both] - 1)
        first, second = text[one].label[mine], text[other].label[theirs]
        apart = first != second
        for sums, part in (
            (differ, weight * apart * weights.empty),
            (total, weight),
            (count, np.ones_like(weight)),
        ):
            sums[0] += part.sum()
            np.add.at(sums, 1 + first, part)
            np.add.at(sums, 1 + second[apart], part[apart])
    return differ, total, count.astype(np.int64)


def _facing_nothing(text: Continuum, found: Alignment, labels: int) -> Floats:
    """How many pairs of a unit and nothing there are, of all and by label."""
    size = (found.groups >= 0).sum(axis=1)
    sums = np.zeros(1 + labels)
    for rater, marks in enumerate(text):
        members = np.ones(len(marks))
        filled = found.groups[:, rater] >= 0
        members[found.groups[filled, rater]] = size[filled]
        np.add.at(sums, 1 + marks.label, len(text) - members)
    sums[0] = sums[1:].sum()
    return sums
