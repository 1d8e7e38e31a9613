"""Long labels do not make long pages."""

from typing import Any

import pytest

from annotation.web import charts
from annotation.web.cut import cut
from annotation.web.projects.dashboard.asked import Asked
from annotation.web.projects.dashboard.figure import text
from annotation.web.projects.dashboard.todo import said_in_words
from annotation.web.sentences import warning

LONG = "Breach of contract " * 550


@pytest.mark.parametrize(
    ("given", "most", "shown"),
    [
        ("Breach", 6, "Breach"),
        ("Breach", 5, "Brea…"),
        ("a b c d", 4, "a b…"),
        ("e\u0301" * 4, 4, "e\u0301" * 4),
        ("e\u0301" * 5, 4, "e\u0301" * 3 + "…"),
        ("👩‍👧‍👦👩‍👧‍👦👩‍👧‍👦", 2, "👩‍👧‍👦…"),
        ("🇮🇪🇨🇳🇩🇪", 2, "🇮🇪…"),
        ("👍🏽👍🏽👍🏽", 2, "👍🏽…"),
        ("当事方义务", 3, "当事…"),
        ("", 3, ""),
    ],
)
def test_it_counts_what_a_reader_takes_for_a_character(given: str, most: int, shown: str) -> None:
    assert cut(given, most) == shown


def test_a_text_of_many_lines_becomes_one() -> None:
    assert cut("one\n two\n three", 9) == "one two…"


def test_a_heat_map_repeats_no_long_label_in_its_cells() -> None:
    names = [LONG, "None", "Other"]
    drawn = charts.heat("Confusion", charts.Heat(names, [[1.0] * 3] * 3), lambda i, j: f"/{i}/{j}")
    assert drawn.count(LONG) == 2  # beside its row and above its column
    assert len(drawn) < 2 * len(LONG) + 12_000


def test_bars_and_lines_hold_a_long_label_once() -> None:
    bars = charts.bars("Clauses", [charts.Bar(LONG, 3, "/x"), charts.Bar("b", 1)])
    lines = charts.forest("Alpha", [charts.Line(LONG, 0.5, 0.4, 0.6, href="/x"), charts.Line("b", 0.5)])
    assert [drawn.count(LONG) for drawn in (bars, lines)] == [1, 1]


def test_sentences_and_cells_are_short_and_the_cell_keeps_the_whole() -> None:
    caution: dict[str, Any] = {"code": "few_items_with_label", "params": {"items": 3, "label": LONG}}
    assert len(warning(caution)) < 200
    asked = Asked("q", "Question", "choice", {"x": LONG})
    assert len(said_in_words(asked, [("a", "x"), ("b", "y")])) < 200
    cell = text(LONG)
    assert (len(cell.text) <= 200, cell.full, cell.raw) == (True, LONG, LONG)
    assert text("short").full == ""
