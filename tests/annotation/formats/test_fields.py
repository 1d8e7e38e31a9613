"""What fields come to: hashes, words, lengths and the cells of tables."""

import hashlib
import json
from typing import Any

import pytest

from annotation.algorithms.canonical import canonical_json
from annotation.formats.field_hashes import field_hashes
from annotation.formats.field_text import field_text, shown_data
from annotation.formats.field_words import field_words, quote
from annotation.formats.grid import Grid
from annotation.formats.lengths import length_of, units_of
from annotation.formats.offered import labels_of
from annotation.formats.schema import LabelTree
from tests.annotation.formats.family_scene import DATA, SCHEMA


def test_hashes_are_of_the_text_or_of_the_value() -> None:
    found = field_hashes(SCHEMA, DATA)
    assert set(found) == set(SCHEMA.by_name)
    for name, field in SCHEMA.by_name.items():
        text = field_text(field, DATA)
        meant = text.encode() if text else canonical_json(DATA[field.key])
        assert found[name] == hashlib.sha256(meant).hexdigest()


def test_what_an_item_lacks_has_no_hash() -> None:
    assert field_hashes(SCHEMA, {"text": 3, "image": None}) == {}


def test_a_table_of_rows_and_one_of_keys_and_values() -> None:
    rows, one = Grid([{"a": "x", "b": 2}, {"b": None, "c": "z"}, "no row"]), Grid({"k": "v", "n": [1]})
    assert (rows.columns, rows.cells) == (["a", "b", "c"], 6)
    assert [rows.place(cell) for cell in (0, 5, 6)] == [(0, "a"), (1, "c"), None]
    assert (rows.cell(1, "c"), rows.cell(2, "a"), rows.cell(-1, "a"), rows.cell(0, "z")) == (
        5,
        None,
        None,
        None,
    )
    assert (rows.text(0, "a"), rows.text(0, "b"), rows.text(1, "a")) == ("x", None, None)
    assert (one.columns, one.cells, one.words(0), one.words(3)) == (["key", "value"], 4, "k", "[1]")


@pytest.mark.parametrize("value", [None, "x", [], 3, [None]])
def test_what_is_no_table_has_no_cells(value: Any) -> None:
    assert Grid(value).cells == 0


def test_places_are_as_long_as_the_text_or_the_table() -> None:
    table, talk = SCHEMA.by_name["table"], SCHEMA.by_name["talk"]
    assert (length_of(table, DATA), length_of(talk, DATA)) == (6, len("Hello?\nYes 😀."))
    assert units_of(table, DATA)[-1] == (5, 6)
    assert [field_text(talk, DATA)[start:end] for start, end in units_of(talk, DATA)[:2]] == ["Hello", "?"]


def test_every_field_says_something_in_words() -> None:
    words = {name: field_words(field, DATA) for name, field in SCHEMA.by_name.items()}
    assert words["table"] == "a 1 b x"
    assert words["list"] == "P Q R"
    assert words["image"] == "i.png"
    assert words["html"] == "One two 😀three"
    assert quote(SCHEMA.by_name["table"], DATA, 5, 6) == "x"
    assert quote(SCHEMA.by_name["html"], DATA, 4, 9) == "two 😀"


def test_labels_of_an_item_stand_after_those_of_the_config_and_show_the_words_of_their_html() -> None:
    offer = SCHEMA.by_key["offer"]
    given = [
        {"value": "a", "html": "<b>An</b> <script>x</script>A"},
        "b",
        {"value": "c", "children": [{"value": "d"}]},
        7,
    ]
    found = labels_of(offer, {"offers": given})
    assert [(label.key, label.text, label.parent) for label in found] == [
        ("a", "An A", None),
        ("b", "b", None),
        ("c", "c", None),
        ("c / d", "d", "c"),
    ]
    given_to_page = shown_data(SCHEMA, {"offers": given})["offers"]
    assert [one["text"] for one in (given_to_page[0], given_to_page[2])] == ["An A", "c"]
    assert "html" not in given_to_page[0]
    assert LabelTree(found).by_path["c", "d"] == "c / d"
    assert labels_of(offer, {"offers": json.loads("{}")}) == ()


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("Don&#39;t &amp; &hellip;", "Don't & …"),
        ("<ul><li>One</li><li>two</li></ul>", "One two"),
        ("<b>D</b>on't<br>go", "Don't go"),
        ("<script>alert(1)</script>Said <i title='x'>so</i>", "Said so"),
        ("a &lt; b <img src='//x/y.png'>", "a < b"),
    ],
)
def test_cards_and_labels_are_given_to_the_page_in_the_words_of_their_html(html: str, words: str) -> None:
    data = {"list": [{"id": "a", "html": html}], "offers": [{"value": "a", "html": html}]}
    assert shown_data(SCHEMA, data) == {
        "list": [{"id": "a", "title": "", "body": words}],
        "offers": [{"value": "a", "text": words}],
    }
    assert labels_of(SCHEMA.by_key["offer"], data)[0].text == words
