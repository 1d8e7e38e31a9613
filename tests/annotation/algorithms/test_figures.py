"""Which figures a question of each kind has."""

import json
from collections import Counter
from collections.abc import Iterable
from typing import Any

import pytest

from annotation.algorithms.contribution import pairs, pattern
from annotation.algorithms.figures import Figure, Table, figures
from annotation.algorithms.statistic import Reason, Statistic


def _table(kind: str, answers: Iterable[tuple[int, str, Any]], *labels: str) -> Table:
    """The tables that folding would keep of (item, who, value)."""
    said: dict[int, list[tuple[str, Any]]] = {}
    for item, who, value in answers:
        said.setdefault(item, []).append((who, value))
    people = {who for _, who, _ in answers}
    rows = Counter(json.dumps(pattern(kind, each)) for each in said.values())
    table = Table(
        kind, labels, [(json.loads(row), items) for row, items in rows.items()], annotators=len(people)
    )
    if len(people) == 2:
        met = [pair for each in said.values() for pair in pairs(kind, each)]
        table.pairs = {(1, 2): [(one, two, 1) for _, _, one, two in met]} if met else {}
    return table


def _by_name(found: list[Figure]) -> dict[tuple[str, str], Statistic]:
    return {(figure.statistic.kind, figure.label): figure.statistic for figure in found}


def _answers(*items: str) -> list[tuple[int, str, str]]:
    return [(at, "xyz"[by], label) for at, said in enumerate(items) for by, label in enumerate(said)]


def test_of_a_choice_alpha_comes_first() -> None:
    found = figures(_table("choice", _answers("aa", "ab", "bb", "bb"), "a", "b", "c"), seed=1)
    names = [(figure.statistic.kind, figure.label) for figure in found]
    whole = ["alpha", "percent", "cohen_kappa", "gwet_ac1"]
    assert names == [*[(kind, "") for kind in whole], *[("alpha_label", label) for label in "abc"]]
    by_name = _by_name(found)
    assert by_name["cohen_kappa", ""].value == pytest.approx(0.5)
    # The scale has three labels, of which one is never used: chance by AC1 is 2 * (3/8) * (5/8) / 2.
    assert by_name["gwet_ac1", ""].value == pytest.approx((0.75 - 0.234375) / (1 - 0.234375))
    assert by_name["alpha_label", "c"].reason == Reason.LABEL_UNUSED


def test_a_rating_is_ordinal_and_a_number_interval() -> None:
    given = [(1, "x", 1), (1, "y", 2), (2, "x", 5), (2, "y", 5), (3, "x", 3), (3, "y", 4)]
    assert figures(_table("rating", given), seed=1)[0].statistic.kind == "alpha_ordinal"
    numbers = figures(_table("number", given), seed=1)
    assert [figure.statistic.kind for figure in numbers] == ["alpha_interval", "percent"]
    assert not any(figure.label for figure in numbers)


def test_of_sets_there_are_two_distances_and_each_label_is_chosen_or_not() -> None:
    """The binary alpha by hand: 4 items, `a` by both, one, none and none; n = 8, n_a = 3, observed 2/8."""
    said = [(1, "ab", "a"), (2, "a", "b"), (3, "b", "b"), (4, "", "b")]
    answers = [(item, "xy"[by], sorted(sets[by])) for item, *sets in said for by in (0, 1)]
    found = _by_name(figures(_table("choices", answers, "a", "b", "c"), seed=1))
    assert {"alpha_masi", "alpha_jaccard"} <= {kind for kind, _ in found}
    assert found["alpha_label", "a"].value == pytest.approx(1 - (2 / 8) / (2 * 3 * 5 / (8 * 7)))
    assert found["alpha_label", "c"].reason == Reason.LABEL_UNUSED
    assert found["percent", ""].value == pytest.approx(1 / 4)


def test_a_single_annotator_is_named_as_the_reason() -> None:
    found = figures(_table("choice", [(1, "x", "a"), (2, "x", "b")], "a", "b"), seed=1)
    assert {figure.statistic.reason for figure in found} == {Reason.ONE_ANNOTATOR}


def test_of_spans_each_label_has_its_own_figure() -> None:
    drug, dose = [0, 4, "drug"], [6, 9, "dose"]
    found = figures(_table("spans", [(1, "x", [drug, dose]), (1, "y", [drug])], "drug", "unused"), seed=1)
    by_name = _by_name(found)
    assert by_name["span_f1", "drug"].value == 1
    assert by_name["span_f1", "dose"].value == 0
    assert by_name["span_f1", "unused"].reason == Reason.NO_SPANS


def test_a_figure_is_plain_json() -> None:
    for figure in figures(_table("choice", _answers("ab", "aa", "bb"), "a", "b"), seed=1):
        back = json.loads(json.dumps({**figure.statistic.to_json(), **figure.more}))
        assert back["value"] == figure.statistic.value


def test_a_label_that_dominates_is_named() -> None:
    found = figures(_table("choice", _answers(*["aa"] * 95, *["ab"] * 5), "a", "b"), seed=1)[0].statistic
    cautions = {warning.code: warning.params for warning in found.warnings}
    assert cautions["label_dominates"] == {"label": "a", "percent": 98}
