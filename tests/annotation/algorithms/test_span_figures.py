"""What is measured of spans from the spans themselves."""

import pytest

from annotation.algorithms import span_figures as figures
from annotation.algorithms.span_figures import span_figures
from annotation.algorithms.span_items import Span
from annotation.algorithms.statistic import Statistic
from annotation.algorithms.study import Study

WHOLE = ["span_f1_relaxed", "span_f1_char", "u_alpha", "u_alpha_binary", "cu_alpha"]
ONE: tuple[Span, ...] = ((0, 5, "a"), (10, 14, "b"))
OTHER: tuple[Span, ...] = ((1, 5, "a"), (10, 15, "b"))


def _study(items: int, raters: str) -> Study:
    rows = [
        (item, rater, ONE if (item + at) % 2 else OTHER)
        for item in range(items)
        for at, rater in enumerate(raters)
    ]
    return Study.from_triples(rows, extents=dict.fromkeys(range(items), 30))


def test_a_small_study_has_gamma_and_alpha_u_of_each_label() -> None:
    found = span_figures(_study(6, "xy"), ["b", "unused"], seed=1)
    assert [figure.statistic.kind for figure in found if not figure.label] == [*WHOLE, "gamma", "gamma_cat"]
    assert {figure.label: figure.statistic.kind for figure in found if figure.label} == dict.fromkeys(
        ["b", "unused", "a"], "alpha_u"
    )
    values = {figure.label or figure.statistic.kind: figure.statistic.value for figure in found}
    assert values["span_f1_relaxed"] == 1.0
    assert values["cu_alpha"] == 1.0
    assert values["unused"] is None


def _gamma(study: Study, seed: int = 1) -> Statistic:
    (found,) = (one.statistic for one in span_figures(study, [], seed=seed) if one.statistic.kind == "gamma")
    return found


def test_of_many_texts_gamma_is_of_some_drawn_by_the_seed_and_says_so(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(figures, "GAMMA_ITEMS", 7)
    found = _gamma(_study(12, "xy"))
    assert found.value is not None
    assert found.items == 7
    assert {"items": 7, "all": 12} in [one.params for one in found.warnings if one.code == "sampled_items"]
    assert _gamma(_study(12, "xy")) == found


def test_crowded_texts_are_left_out_of_gamma_and_where_all_are_it_says_why() -> None:
    crowded = _gamma(_study(3, "wxyz"))
    assert crowded.value is None
    assert crowded.reason == "too_large"
    rows = [(item, rater, ONE) for item, raters in enumerate(("wxyz", "xy", "xy")) for rater in raters]
    some = _gamma(Study.from_triples(rows, extents=dict.fromkeys(range(3), 30)))
    assert some.items == 2
    assert [one.params for one in some.warnings if one.code == "too_large_items"] == [{"items": 1}]


def test_nothing_marked_has_reasons() -> None:
    found = span_figures(Study.from_triples([], extents={}), ["a"], seed=1)
    assert {figure.statistic.reason for figure in found} == {"no_labels"}
