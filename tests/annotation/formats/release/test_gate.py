"""What the gate says: a sentence for every way in which a check ends."""

import pytest

from annotation.formats.messages_gate import GATE, NAMES
from annotation.formats.release.gate import CHECKS, LATER, check, code_of, failed, unwaived


def test_a_check_is_an_object_of_the_manifest() -> None:
    one = check("overlap", "below", passed=False, asked=True, figure=1, least=2, below=3, items=9)
    assert one == {
        "check": "overlap",
        "passed": False,
        "asked": True,
        "figure": 1,
        "params": {"because": "below", "least": 2, "below": 3, "items": 9},
    }
    said = GATE[code_of(one)].detail % one["params"]
    assert said == "3 of 9 items have fewer than 2 independent answers."


def test_a_reason_without_a_sentence_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="overlap"):
        check("overlap", "strange", passed=True, asked=True)


def test_every_check_can_be_told_before_it_is_measured() -> None:
    assert tuple(NAMES) == CHECKS
    for key in CHECKS:
        assert code_of(check(key, LATER, passed=None, asked=True)) in GATE


def test_what_keeps_a_release() -> None:
    checks = [
        check("overlap", "below", passed=False, asked=True),
        check("disputes", "open", passed=False, asked=True),
        check("licences", "conflict", passed=False, asked=False),
        check("personal", "none", passed=True, asked=True),
    ]
    assert failed(checks) == ["overlap", "disputes"]
    assert unwaived(checks, ["disputes", "licences"]) == ["overlap"]
    assert unwaived(checks, ["disputes", "overlap"]) == []
