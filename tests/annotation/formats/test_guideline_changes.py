"""What changed in a guideline, and where its clauses are in the HTML."""

from annotation.formats.guideline_changes import MOST_WORDS, ClauseChange, changes
from annotation.formats.markdown import to_html

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
