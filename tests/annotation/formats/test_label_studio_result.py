"""Results in Label Studio's shapes and back: offsets, XPaths, turns, relations."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotation.formats.answers import check
from annotation.formats.field_text import field_text
from annotation.formats.html_nodes import HtmlNodes
from annotation.formats.html_text import sanitise, text_of
from annotation.formats.label_studio_result import from_label_studio, to_label_studio
from annotation.formats.schema import FieldKind
from tests.annotation.formats.family_scene import DATA, ONE, SCHEMA, TWO, about, marked, region, related
from tests.annotation.formats.test_answer_families import BOX, GOOD, POINTS


@pytest.mark.parametrize("name", GOOD)
def test_every_family_goes_there_and_back(name: str) -> None:
    result = GOOD[name][0]
    back = from_label_studio(to_label_studio(result, SCHEMA, DATA), SCHEMA, DATA)
    assert check(SCHEMA, DATA, back, complete=False) == check(SCHEMA, DATA, result, complete=False)
    for ours, theirs in zip(result, back, strict=True):
        assert theirs["from_name"] == ours["from_name"]
        # What was marked comes back with its words, and areas with the size of their picture.
        assert {name: theirs["value"][name] for name in ours["value"]} == ours["value"]


def test_hypertext_is_written_by_xpath() -> None:
    (theirs,) = to_label_studio([marked("hspan", "h", 4, 9, "Word")], SCHEMA, DATA)
    assert theirs["value"] == {
        "start": "/p[1]/b[1]/text()[1]",
        "end": "/p[1]/b[1]/text()[1]",
        "startOffset": 0,
        "endOffset": 6,
        "globalOffsets": {"start": 4, "end": 10},
        "hypertextlabels": ["Word"],
    }


def test_hypertext_is_read_by_xpath_where_there_are_no_global_offsets() -> None:
    theirs: dict[str, Any] = {
        "id": "h",
        "from_name": "hspan",
        "to_name": "html",
        "type": "hypertextlabels",
        "value": {
            "start": "/p[1]/b[1]/text()[1]",
            "end": "/p[2]/text()[1]",
            "startOffset": 4,
            "endOffset": 2,
            "hypertextlabels": ["Word"],
        },
        "origin": "manual",
    }
    (ours,) = from_label_studio([theirs], SCHEMA, DATA)
    assert (ours["value"]["start"], ours["value"]["end"], ours["value"]["text"]) == (8, 11, "😀th")
    assert "origin" not in ours
    with pytest.raises(ValueError, match="-1 is no offset"):  # it would lie in the text before
        from_label_studio([{**theirs, "value": theirs["value"] | {"startOffset": -1}}], SCHEMA, DATA)
    theirs["value"]["start"] = "/p[9]/text()[1]"
    with pytest.raises(ValueError, match="no text at"):
        from_label_studio([theirs], SCHEMA, DATA)


def test_paragraphs_are_written_by_turn() -> None:
    (theirs,) = to_label_studio([marked("turn", "t", 7, 13, "Question")], SCHEMA, DATA)
    assert theirs["value"] == {
        "start": "1",
        "end": "1",
        "startOffset": 0,
        "endOffset": 7,
        "paragraphlabels": ["Question"],
    }


def test_relations_are_flat() -> None:
    theirs = to_label_studio([ONE, TWO, related("m1", "m2", "bi", "owns")], SCHEMA, DATA)
    assert theirs[2] == {
        "type": "relation",
        "from_id": "m1",
        "to_id": "m2",
        "direction": "bi",
        "labels": ["owns"],
    }
    back = from_label_studio(theirs, SCHEMA, DATA)
    assert back[2]["from_name"] == "rel"
    assert check(SCHEMA, DATA, back, complete=False)["rel"]


def test_areas_carry_the_size_of_their_picture() -> None:
    box, shape, area = to_label_studio(
        [
            region("box", rectanglelabels=["Car"], **BOX),
            region("shape", points=POINTS, closed=True, polygonlabels=["Road"]),
            {**region("area", **BOX), "item_index": 1},
        ],
        SCHEMA,
        DATA,
    )
    assert (box["original_width"], box["original_height"], box["image_rotation"]) == (640, 480, 0)
    assert shape["original_height"] == 480
    assert (area["original_width"], area["item_index"]) == (612, 1)


def test_what_is_written_about_a_region_keeps_its_words() -> None:
    result = [ONE, about("why", "m1", 0, 2, text=["because"])]
    assert from_label_studio(to_label_studio(result, SCHEMA, DATA), SCHEMA, DATA) == [
        {**ONE, "value": {**ONE["value"], "text": "甲方"}},
        about("why", "m1", 0, 2, text=["because"]),
    ]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("span", {"start": "1", "end": 2, "labels": ["Party"]}),
        ("span", {"start": 0, "end": 999, "labels": ["Party"]}),
        (
            "turn",
            {"start": "9", "end": "9", "startOffset": 0, "endOffset": 0, "paragraphlabels": ["Question"]},
        ),
        ("turn", {"start": "0", "end": "0", "paragraphlabels": ["Question"]}),
        ("hspan", {"start": 0, "end": 2, "hypertextlabels": ["Word"]}),
        ("hspan", {"start": "", "end": "", "globalOffsets": {}, "hypertextlabels": ["Word"]}),
    ],
)
def test_a_place_that_is_not_there_is_a_value_error(name: str, value: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"."):
        from_label_studio([region(name, **value)], SCHEMA, DATA)


WORDS = st.text(st.sampled_from("ab 😀\u0301甲א\r\n"), max_size=6)


@given(st.lists(WORDS, min_size=1, max_size=5), st.data())
@settings(max_examples=120)
def test_any_span_of_a_text_a_dialogue_or_pages_returns(turns: list[str], draw: st.DataObject) -> None:
    data = {
        **DATA,
        "text": "".join(turns),
        "talk": [{"who": "A", "says": words} for words in turns],
        "pdf": {**DATA["pdf"], "pages": [{"width": 1, "height": 1, "text": words} for words in turns]},
    }
    for key in ("span", "turn", "page"):
        text = field_text(SCHEMA.by_name[SCHEMA.by_key[key].field], data)
        start = draw.draw(st.integers(0, len(text)))
        end = draw.draw(st.integers(start, len(text)))
        label = SCHEMA.by_key[key].labels[0].key
        ours = marked(key, "x", start, end, label)
        ours["value"]["text"] = text[start:end]
        assert from_label_studio(to_label_studio([ours], SCHEMA, data), SCHEMA, data) == [ours]


@given(st.recursive(WORDS, lambda inner: st.lists(inner, max_size=3), max_leaves=8), st.data())
@settings(max_examples=120)
def test_any_span_of_a_hypertext_returns(tree: Any, draw: st.DataObject) -> None:
    html = sanitise(_html(tree))
    text = text_of(html)
    nodes = HtmlNodes(html).nodes
    assert [(node.start, node.end) for node in nodes][-1:] == ([(nodes[-1].start, len(text))] if text else [])
    assert len({node.path for node in nodes}) == len(nodes)
    if not text:
        return
    start = draw.draw(st.integers(0, len(text) - 1))
    end = draw.draw(st.integers(start + 1, len(text)))
    data = {**DATA, "html": html}
    ours = marked("hspan", "x", start, end, "Word")
    ours["value"]["text"] = text[start:end]
    theirs = to_label_studio([ours], SCHEMA, data)
    assert from_label_studio(theirs, SCHEMA, data) == [ours]
    del theirs[0]["value"]["globalOffsets"]
    assert from_label_studio(theirs, SCHEMA, data) == [ours]


def _html(tree: Any) -> str:
    if isinstance(tree, str):
        return tree.replace("&", "&amp;").replace("<", "&lt;")
    return "<div>" + "<br>".join(f"<b>{_html(part)}</b>" for part in tree) + "</div>"


def test_every_kind_of_field_with_a_text_is_converted() -> None:
    kinds = {field.kind for field in SCHEMA.fields}
    assert kinds == set(FieldKind)
