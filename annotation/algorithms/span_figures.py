"""What is measured of a question about spans from the spans themselves, beside the exact F1 that is kept live.

Relaxed and character F1, u-alpha, whether it is marked alike whatever the label, cu-alpha, alpha-U of each label, and
gamma with gamma-cat. An exact alignment of everything could take hours, so gamma is of texts with at most three
annotators of 40 units each (a caution counts the others; TOO_LARGE where there is no such text), and of more than
GAMMA_ITEMS of them so many are drawn by the seed, which a caution says. What gamma is by chance is known to
GAMMA_PRECISION of its size; `details` say so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache, partial
from random import Random

import numpy as np

from annotation.algorithms.attempt import attempt, attempts
from annotation.algorithms.figures import Figure
from annotation.algorithms.gamma.measure import GammaStudy
from annotation.algorithms.span_items import Marked, pairable
from annotation.algorithms.spans import character_f1, relaxed_f1
from annotation.algorithms.statistic import Caution, Reason, Statistic
from annotation.algorithms.study import Study
from annotation.algorithms.unitizing import Cut, alpha_unitizing

GAMMA_ITEMS, GAMMA_ANNOTATORS, GAMMA_UNITS = 200, 3, 40
GAMMA_PRECISION = 0.05


def span_figures(study: Study, labels: Sequence[str], *, seed: int) -> list[Figure]:
    """The figures of a study of spans that knows its texts' lengths; `labels` are the schema's, others come after."""
    cut = cache(lambda: Cut.of(study))
    items = pairable(study)
    found = [
        attempt("span_f1_relaxed", lambda: relaxed_f1(study, seed=seed)),
        attempt("span_f1_char", lambda: character_f1(study, seed=seed)),
        attempt("u_alpha", lambda: cut().u_alpha(seed=seed)),
        attempt("u_alpha_binary", lambda: cut().u_alpha_binary(seed=seed)),
        attempt("cu_alpha", lambda: cut().cu_alpha(seed=seed)),
        *attempts(("gamma", "gamma_cat"), lambda: _gammas(study, items, seed)),
    ]
    used = sorted({span[2] for one in items for spans in one.spans for span in spans})
    return [Figure(one) for one in found] + [
        Figure(attempt("alpha_u", partial(alpha_unitizing, study, label, seed=seed)), label)
        for label in dict.fromkeys([*labels, *used])
    ]


def _gammas(study: Study, items: Sequence[Marked], seed: int) -> list[Statistic]:
    small = [one for one in items if _is_small(one)]
    if items and not small:
        reason = Reason.TOO_LARGE if any(any(one.spans) for one in items) else Reason.NO_SPANS
        return [Statistic(kind=kind, items=len(items), reason=reason) for kind in ("gamma", "gamma_cat")]
    drawn = small
    if len(small) > GAMMA_ITEMS:
        drawn = [small[at] for at in sorted(Random(seed).sample(range(len(small)), GAMMA_ITEMS))]  # noqa: S311
    aligned = GammaStudy.of(_only(study, drawn), seed=seed, precision=GAMMA_PRECISION)
    cautions: tuple[Caution, ...] = ()
    if len(small) < len(items):
        cautions += (Caution("too_large_items", {"items": len(items) - len(small)}),)
    if len(drawn) < len(small):
        cautions += (Caution("sampled_items", {"items": len(drawn), "all": len(small)}),)
    return [
        replace(one, warnings=(*one.warnings, *cautions)) if one.value is not None else one
        for one in (aligned.gamma(), aligned.gamma_cat())
    ]


def _only(study: Study, items: Sequence[Marked]) -> Study:
    """The labels of these items; where there are none, all of them, so that the reason is named as ever."""
    if not items:
        return study
    wanted = {one.item for one in items}
    kept = np.array([item in wanted for item in study.items])[study.item]
    return replace(study, item=study.item[kept], rater=study.rater[kept], value=study.value[kept])


def _is_small(one: Marked) -> bool:
    """Whether an exact alignment of the text is quick."""
    return len(one.raters) <= GAMMA_ANNOTATORS and max(map(len, one.spans)) <= GAMMA_UNITS
