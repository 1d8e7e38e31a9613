"""What changed in a guideline, and where its clauses are in the HTML."""

import time

import pytest

from annotation.formats.guideline_changes import MOST_WORDS, ClauseChange, changes
from annotation.formats.markdown import clauses, to_html

OLD = "Read first.\n\n# 1. Breach\n\n1.1 A party did not pay.\n\n1.2 Or came late.\n\n# 2. Marks\n\n2.1 Mark dates."


def test_the_same_text_has_no_changes_nor_has_other_white_space() -> None:
    assert not changes(OLD, OLD)
    assert not changes(OLD, OLD.replace("\n\n", "\r\n\r\n").replace("did not", "did\nnot"))


def test_a_changed_an_added_and_a_removed_clause() -> None:
    new = (
        OLD.replace("did not pay", "did not pay in time").replace("1.2 Or came late.\n\n", "")
        + "\n\n2.2 New."
    )
    changed, added, removed = changes(OLD, new)
    assert (changed.clause, changed.kind) == ("1.1", "changed")
    assert changed.words == [("same", "1.1 A party did not pay"), ("added", " in time"), ("same", ".")]
    assert added == ClauseChange("2.2", "New.", "added")
    assert removed == ClauseChange("1.2", "Or came late.", "removed")


def test_what_stands_before_the_first_clause_is_compared_too() -> None:
    (found,) = changes(OLD, OLD.replace("first", "twice"))
    assert (found.clause, found.title, found.kind) == ("", "", "changed")
    assert ("added", "twice") in found.words


def test_chinese_is_compared_by_the_character() -> None:
    (found,) = changes("1.1 病房与账单应标注。", "1.1 病房、账单均应标注。")
    assert [piece for piece in found.words if piece[0] != "same"] == [
        ("removed", "与"),
        ("added", "、"),
        ("added", "均"),
    ]


def test_of_a_long_clause_what_stayed_is_cut() -> None:
    long = "1 " + "word " * 300
    (found,) = changes(long + "end", long + "stop")
    assert len(found.words[0][1]) < 100
    assert "…" in found.words[0][1] or found.words[0][1].startswith(" … ")


def test_a_clause_too_long_to_compare_is_only_named() -> None:
    long = "1 " + "word " * (MOST_WORDS + 1)
    assert changes(long, long + "more") == [
        ClauseChange("1", changes(long, long + "more")[0].title, "changed")
    ]


def test_what_many_clauses_take_together_is_bounded() -> None:
    def version(word: str) -> str:
        return "\n".join(f"{number} " + f"{word}{number} same " * 120 for number in range(1, 150))

    old, new = version("one"), version("two")
    assert len(old) > 190_000
    begun = time.process_time()
    found = changes(old, new)
    assert time.process_time() - begun < 2
    assert [one.kind for one in found] == ["changed"] * 149
    assert found[0].words
    assert not found[-1].words
    # A small change of a long clause costs little, so every one of them is told.
    again = changes(old, old.replace("same ", "other ", 1).replace("one149", "two149"))
    assert [one.clause for one in again if one.words] == ["1", "149"]


@pytest.mark.parametrize("text", ["\n" * 200_000, "#\n" * 100_000, " \n" * 100_000, "1 a\n" * 50_000])
def test_finding_clauses_takes_no_longer_than_reading(text: str) -> None:
    begun = time.process_time()
    clauses(text)
    assert len(changes(text, f"{text}x")) <= 1
    assert time.process_time() - begun < 3


def test_a_clause_begins_on_its_own_line() -> None:
    assert clauses("  ## 1. One\n\n 2) Two\r\n3\nThree") == [("1", "One"), ("2", "Two"), ("3", "Three")]


def test_every_clause_can_be_linked() -> None:
    html = to_html("# 1. Breach\n\n**1.1** A party\n1.2 did not\n\n1. one\n2. two\n\n1.1 again")
    assert '<h1 id="clause-1">' in html
    assert '<p id="clause-1.1">' in html
    assert '<span id="clause-1.2"></span>1.2 did not' in html
    assert '<li id="clause-2">' in html
    assert html.count("clause-1.1") == 1


def test_raw_html_cannot_name_itself() -> None:
    html = to_html('<p id="clause-9">9 x</p>\n\n<span id="main">y</span>')
    assert "<span" not in html
    assert "<p id" not in html
