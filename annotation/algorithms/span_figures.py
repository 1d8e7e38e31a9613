"""What is measured of a question about spans from the spans themselves, beside the exact F1 that is kept live.

Relaxed and character F1, u-alpha, whether it is marked alike whatever the label, cu-alpha, alpha-U of each label, and
gamma with gamma-cat where there is little enough of it: at most GAMMA_ITEMS texts, three annotators each, 40 units of
each annotator. Beyond that an exact alignment of everything would take minutes. What gamma is by chance is known to
GAMMA_PRECISION of its size; `details` say so.
"""

from __future__ import annotations

from collections.abc import Sequence

from annotation.algorithms.figures import Figure
from annotation.algorithms.gamma.measure import GammaStudy
from annotation.algorithms.span_items import Marked, pairable
from annotation.algorithms.spans import character_f1, relaxed_f1
from annotation.algorithms.study import Study
from annotation.algorithms.unitizing import Cut, alpha_unitizing

GAMMA_ITEMS, GAMMA_ANNOTATORS, GAMMA_UNITS = 200, 3, 40
GAMMA_PRECISION = 0.05


def span_figures(study: Study, labels: Sequence[str], *, seed: int) -> list[Figure]:
    """The figures of a study of spans that knows its texts' lengths; `labels` are the schema's, others come after."""
    cut = Cut.of(study)
    found = [
        relaxed_f1(study, seed=seed),
        character_f1(study, seed=seed),
        cut.u_alpha(seed=seed),
        cut.u_alpha_binary(seed=seed),
        cut.cu_alpha(seed=seed),
    ]
    items = pairable(study)
    if is_small(items):
        aligned = GammaStudy.of(study, seed=seed, precision=GAMMA_PRECISION)
        found += [aligned.gamma(), aligned.gamma_cat()]
    used = sorted({span[2] for one in items for spans in one.spans for span in spans})
    return [Figure(one) for one in found] + [
        Figure(alpha_unitizing(study, label, seed=seed), label) for label in dict.fromkeys([*labels, *used])
    ]


def is_small(items: Sequence[Marked]) -> bool:
    """Whether gamma is measured too."""
    return len(items) <= GAMMA_ITEMS and all(
        len(one.raters) <= GAMMA_ANNOTATORS and max(map(len, one.spans)) <= GAMMA_UNITS for one in items
    )
