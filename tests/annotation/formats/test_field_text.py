"""The one text of each kind of field, and what each kind needs."""

from typing import Any

import pytest

from annotation.formats.answers import AnswerInvalid, check_item
from annotation.formats.dialogue import starts, turn_texts
from annotation.formats.field_text import field_text, field_texts, shown_data
from annotation.formats.pages import has_text
from annotation.formats.schema import Field, FieldKind, Schema

TURNS = [{"author": "A", "text": "Hi 👩‍⚕️"}, {"author": "B", "text": ""}, {"author": "A", "text": "再见"}]
CHAT = [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Yes?"}]
PAGE = {"width": 612, "height": 792, "text": "one"}
PDF = {"asset": "0a", "name": "a.pdf", "pages": [PAGE, {**PAGE, "text": ""}, {**PAGE, "text": "three"}]}
IMAGE = {"asset": "0b", "name": "a.png", "width": 10, "height": 10}


def schema(kind: str, **more: str) -> Schema:
    return Schema((Field("shown", "key", FieldKind(kind), **more),), (), ())


@pytest.mark.parametrize(
    ("kind", "value", "text"),
    [
        ("text", "a\r\nb", "a\r\nb"),
        ("html", "<p>a &amp; b</p><p>c</p>", "a & bc"),
        ("dialogue", TURNS, "Hi 👩‍⚕️\n\n再见"),
        ("chat", CHAT, "Hi\nYes?"),
        ("chat", [], ""),
        ("pages", PDF, "one\f\fthree"),
        ("image", IMAGE, ""),
        ("table", {"a": "b"}, ""),
        ("list", [{"id": "a", "title": "b"}], ""),
    ],
)
def test_each_kind_has_one_text(kind: str, value: Any, text: str) -> None:
    asked = schema(kind)
    assert field_text(asked.fields[0], {"key": value}) == text
    check_item(asked, {"key": value})


@pytest.mark.parametrize("kind", list(FieldKind))
@pytest.mark.parametrize("value", [None, 1, "x", [], [1, {}], {}, {"pages": [1, {"text": 2}]}, [{"text": 1}]])
def test_whatever_stands_there_gives_a_text(kind: FieldKind, value: Any) -> None:
    assert isinstance(field_text(Field("shown", "key", kind), {"key": value}), str)


def test_a_dialogue_names_its_own_parts() -> None:
    asked = schema("dialogue", text_key="says", name_key="who")
    data = {"key": [{"who": "A", "says": "x"}, {"who": "B", "says": "yy"}, {"says": "z"}]}
    check_item(asked, data)
    assert field_text(asked.fields[0], data) == "x\nyy\nz"
    assert starts(turn_texts(data["key"], "says")) == [0, 2, 5]


@pytest.mark.parametrize(
    ("kind", "value", "code"),
    [
        ("text", 1, "field_not_text"),
        ("text", " ", "field_empty"),
        ("html", [], "field_not_text"),
        ("html", "<p> </p>", "field_empty"),
        ("dialogue", "Hi", "dialogue_wrong"),
        ("dialogue", [], "dialogue_wrong"),
        ("dialogue", ["Hi"], "turn_wrong"),
        ("dialogue", [{"author": "A"}], "turn_wrong"),
        ("dialogue", [{"author": 1, "text": "x"}], "turn_wrong"),
        ("chat", {}, "messages_wrong"),
        ("chat", [{"role": "user"}], "message_wrong"),
        ("chat", [{"role": "user", "content": [{}]}], "message_wrong"),
        ("table", "a,b", "table_wrong"),
        ("table", {}, "table_wrong"),
        ("table", [], "table_wrong"),
        ("table", [{}], "table_wrong"),
        ("table", [["a"]], "table_wrong"),
        ("list", {}, "list_wrong"),
        ("list", [], "list_wrong"),
        ("list", [{"title": "a"}], "list_item_wrong"),
        ("list", [{"id": 1}], "list_item_wrong"),
        ("list", [{"id": "a", "title": "A"}, {"id": "a", "title": "B"}], "list_id_twice"),
        ("list", [{"id": "a"}], "list_item_blank"),
        ("list", [{"id": "a", "title": " ", "html": "<img src='/chair1.png'/>"}], "list_item_blank"),
        ("pages", "a.pdf", "pages_wrong"),
        ("pages", {"asset": "0a", "pages": []}, "pages_wrong"),
        ("pages", {"asset": "0a", "pages": [{"text": ""}]}, "pages_wrong"),
        ("image", "a.png", "image_wrong"),
        ("image", {"asset": "0a", "width": 0, "height": 1}, "image_wrong"),
    ],
)
def test_what_does_not_fit_is_refused_by_code_and_place(kind: str, value: Any, code: str) -> None:
    with pytest.raises(AnswerInvalid) as refused:
        check_item(schema(kind), {"key": value})
    assert refused.value.code == code
    assert refused.value.where
    assert refused.value.where.startswith("key")
    assert refused.value.detail
    assert refused.value.action


def test_what_is_missing_is_named() -> None:
    with pytest.raises(AnswerInvalid, match="no “key”"):
        check_item(schema("image"), {})


def test_texts_by_name_and_only_what_is_shown() -> None:
    asked = Schema(
        (Field("a", "x"), Field("b", "y", FieldKind.HTML), Field("c", "z", FieldKind.IMAGE)), (), ()
    )
    data = {"x": "1", "y": "<b>2</b><script>3</script>", "z": IMAGE, "secret": "4"}
    assert field_texts(asked, data) == {"a": "1", "b": "2"}
    assert shown_data(asked, data) == {"x": "1", "y": "<b>2</b>", "z": IMAGE}


def test_a_scan_has_no_text() -> None:
    assert has_text(PDF)
    assert not has_text({"pages": [{**PAGE, "text": " \n"}]})
