"""Numbers of credentials: their check digits, and when two claims are the same."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from experts.numbers import CHECKS, claim, luhn, npi, uscc, written_right
from experts.well_known import DATA

NPI = [{"jurisdiction": "", "pattern": "[12][0-9]{9}", "check": "npi"}]


def test_the_example_of_the_npi_standard_passes() -> None:
    assert npi("1234567893")


@given(st.integers(0, 10**8 - 1))
def test_one_last_digit_of_ten_makes_an_npi(middle: int) -> None:
    assert sum(npi(f"1{middle:08}{digit}") for digit in range(10)) == 1


@given(st.integers(1, 10**9), st.integers(0, 8), st.integers(1, 9))
def test_luhn_finds_every_single_wrong_digit(number: int, at: int, by: int) -> None:
    text = next(f"{number:09}{digit}" for digit in range(10) if luhn(f"{number:09}{digit}"))
    wrong = text[:at] + str((int(text[at]) + by) % 10) + text[at + 1 :]
    assert not luhn(wrong)


@pytest.mark.parametrize("text", ["", "12a", "１２３", "1234567890123"])
def test_what_is_no_npi_is_refused(text: str) -> None:
    assert not npi(text)


def test_the_example_of_the_chinese_standard_passes() -> None:
    assert uscc("91350100M000100Y43")
    assert not uscc("91350100M000100Y44")
    assert not uscc("9135010OM000100Y43")


def test_spaces_and_full_width_digits_do_not_count() -> None:
    assert written_right("１２３４ 567-893", "US", NPI)
    assert not written_right("1234567890", "US", NPI)


def test_a_format_counts_in_its_jurisdiction_only() -> None:
    formats = [{"jurisdiction": "GB", "pattern": "2[0-9]{6}", "check": ""}]
    assert written_right("anything", "US-NY", formats)
    assert not written_right("anything", "GB", formats)


def test_two_ways_to_write_a_number_are_one_claim() -> None:
    assert claim("The Bar", "AB-1 23") == claim("the  bar.", "ａｂ123")
    assert claim("The Bar", "1") != claim("The Bar", "2")


def test_the_kinds_that_ship_name_checks_that_exist() -> None:
    kinds = json.loads((DATA / "credential_kinds.json").read_text("utf-8"))
    named = {one["check"] for kind in kinds for one in kind.get("number_formats", [])}
    assert named - {""} <= set(CHECKS)
    assert {kind["category"] for kind in kinds} == {
        *("licence", "degree", "certificate", "membership", "employment")
    }
