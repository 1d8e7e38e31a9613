"""What is measured of spans from the spans themselves."""

from annotation.algorithms.span_figures import GAMMA_ITEMS, span_figures
from annotation.algorithms.span_items import Span
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


def test_a_large_study_has_no_gamma() -> None:
    for study in (_study(GAMMA_ITEMS + 1, "xy"), _study(3, "wxyz")):
        kinds = [figure.statistic.kind for figure in span_figures(study, [], seed=1) if not figure.label]
        assert kinds == WHOLE


def test_nothing_marked_has_reasons() -> None:
    found = span_figures(Study.from_triples([], extents={}), ["a"], seed=1)
    assert {figure.statistic.reason for figure in found} == {"no_labels"}
