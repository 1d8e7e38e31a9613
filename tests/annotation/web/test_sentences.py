"""Sentences for codes: one item is no items, and nearly all is not all."""

from typing import Any

import pytest
from django.utils.translation import override

from annotation.algorithms.agreement import krippendorff_alpha
from annotation.algorithms.gwet import gwet_ac
from annotation.algorithms.patterns import Patterns
from annotation.algorithms.statistic import Reason
from annotation.web import sentences


@pytest.mark.parametrize(
    ("code", "params", "one", "more"),
    [
        ("few_items", {"wanted": 100}, "Only 1 item:", "Only 3 items:"),
        ("few_items_with_label", {"label": "a"}, "Only 1 item carries", "Only 3 items carry"),
        ("incomplete_items", {"used": 5}, "1 item lacks an answer and is", "3 items lack an answer and are"),
        ("too_large_items", {}, "1 item has too many", "3 items have too many"),
        (
            "little_overlap",
            {"all": 6, "wanted": 10},
            "1 of 6 pairs of annotators shares",
            "3 of 6 pairs of annotators share",
        ),
        (
            "pairs_without_value",
            {"all": 6},
            "annotators has no value and is",
            "annotators have no value and are",
        ),
        ("merged_units", {}, "1 span overlaps", "3 spans overlap"),
        ("combined_labels", {}, "In 1 place one", "In 3 places one"),
    ],
)
def test_one_is_not_said_in_the_plural(code: str, params: dict[str, Any], one: str, more: str) -> None:
    counted = {"items", "pairs", "units", "pieces"}
    with override("en"):
        said = [
            sentences.warning({"code": code, "params": params | dict.fromkeys(counted, count)})
            for count in (1, 3)
        ]
    assert one in said[0]
    assert more in said[1]


@pytest.mark.parametrize(
    ("others", "said"),
    [(10, "90 percent"), (1, "99 percent"), (0.4, "More than 99 percent"), (0.01, "More than 99 percent")],
)
def test_nearly_all_is_not_all(others: float, said: str) -> None:
    rare = round(100 * others)
    found = krippendorff_alpha(Patterns({(("a", 2),): 10_000 - rare, (("b", 2),): rare}), seed=1)
    (caution,) = (one for one in found.warnings if one.code == "label_dominates")
    with override("en"):
        sentence = sentences.warning({"code": caution.code, "params": caution.params})
    assert sentence.startswith(f"{said} of all answers are “a”")
    assert caution.params["percent"] < 100


def test_all_is_said_to_be_all() -> None:
    found = gwet_ac(Patterns({(("a", 2),): 50}), categories=["a", "b"], seed=1)
    (caution,) = (one for one in found.warnings if one.code == "label_only")
    with override("en"):
        assert sentences.warning({"code": caution.code, "params": caution.params}).startswith(
            "All answers are “a”"
        )


def test_every_reason_has_its_sentence() -> None:
    with override("en"):
        fallback = sentences.reason("no such code")
        assert not [reason for reason in Reason if sentences.reason(reason) == fallback]
