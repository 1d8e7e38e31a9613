"""What is measured of a question from who said what, beside the figures that are kept live from patterns of answers.

A choice: kappas of Fleiss, Conger and Light, and Brennan and Prediger's coefficient. A number or a rating: the
intraclass correlations ICC(1,1), ICC(2,1) and ICC(2,k), and Kendall's W; the steps of a rating are taken to be equal.
Texts: four similarities, which are no agreement coefficients. Orders: Kendall's tau and W within items. Relations: F1.
Of several choices and of dates there is nothing beside alpha; spans have `span_figures`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial

from annotation.algorithms.attempt import attempt
from annotation.algorithms.concordance import kendall_w
from annotation.algorithms.conger import conger_kappa, light_kappa
from annotation.algorithms.figures import Figure
from annotation.algorithms.gwet import brennan_prediger, fleiss_kappa
from annotation.algorithms.icc import Form, icc
from annotation.algorithms.rankings import ranking_tau, ranking_w
from annotation.algorithms.relations import relation_f1
from annotation.algorithms.statistic import Caution, Statistic
from annotation.algorithms.study import Study
from annotation.algorithms.texts import SIMILARITIES, text_similarity_of

_FORMS: Mapping[str, Form] = {"icc_1": "1,1", "icc_2": "2,1", "icc_2k": "2,k"}


def full_figures(kind: str, study: Study, *, seed: int) -> list[Figure]:
    """The figures of a study of labels, numbers or texts, in the order of this file; [] for other kinds."""
    return [Figure(one) for one in _OF[kind](study, seed)] if kind in _OF else []


def sampled(figures: Sequence[Figure], items: int, whole: int) -> list[Figure]:
    """The same with a caution that they rest on `items` items drawn from `whole`."""
    caution = Caution("sampled_items", {"items": items, "all": whole})
    return [
        replace(one, statistic=replace(one.statistic, warnings=(*one.statistic.warnings, caution)))
        for one in figures
    ]


def _choice(study: Study, seed: int) -> list[Statistic]:
    known = study.categories
    return [
        attempt("fleiss_kappa", lambda: fleiss_kappa(study, categories=known, seed=seed)),
        attempt("conger_kappa", lambda: conger_kappa(study, seed=seed)),
        attempt("light_kappa", lambda: light_kappa(study, seed=seed)),
        attempt("brennan_prediger", lambda: brennan_prediger(study, categories=known, seed=seed)),
    ]


def _numbers(study: Study, seed: int) -> list[Statistic]:
    forms = [attempt(kind, partial(icc, study, form=form, seed=seed)) for kind, form in _FORMS.items()]
    return [*forms, attempt("kendall_w", lambda: kendall_w(study, seed=seed))]


def _orders(study: Study, seed: int) -> list[Statistic]:
    return [
        attempt("ranking_tau", lambda: ranking_tau(study, seed=seed)),
        attempt("ranking_w", lambda: ranking_w(study, seed=seed)),
    ]


def _relations(study: Study, seed: int) -> list[Statistic]:
    return [attempt("relation_f1", lambda: relation_f1(study, seed=seed, all_spans=True))]


def _texts(study: Study, seed: int) -> list[Statistic]:
    return [attempt(name, partial(text_similarity_of, study, name, seed=seed)) for name in SIMILARITIES]


_OF: Mapping[str, Callable[[Study, int], list[Statistic]]] = {
    "choice": _choice,
    "rating": _numbers,
    "number": _numbers,
    "text": _texts,
    "ranking": _orders,
    "relations": _relations,
}
