"""What the workspace reads of a config that it cannot show as a whole."""

from pathlib import Path

import pytest

from annotation.formats.label_studio_config import judge, outside_schema
from annotation.formats.labelling_config import ConfigInvalid, parse_config
from annotation.formats.messages_notes import worded
from annotation.formats.schema import Schema
from tests.annotation.formats.label_studio_config.configs import EACH, read

TEXT = '<Text name="t" value="$t"/>'
CHOICES = '<Choices name="c" toName="t"><Choice value="a"/><Choice value="b"/></Choices>'


def _codes(schema: Schema) -> list[tuple[object, object, object]]:
    return [(note["code"], note["tag"], note["line"]) for note in schema.notes]


@pytest.mark.parametrize("path", EACH)
def test_every_config_that_label_studio_takes_gives_a_schema(path: Path) -> None:
    source = read(path)
    if not judge(source).valid:
        return
    found = outside_schema(source)
    assert Schema.from_json(found.to_json()) == found
    try:
        assert found == parse_config(source)
        assert found.for_workspace
    except ConfigInvalid:
        assert not found.for_workspace
        lines = source.split("\n")
        for note in found.notes:
            assert worded(note)
            assert f"<{note['tag']}" in lines[int(str(note["line"])) - 1]


def test_a_tag_that_cannot_be_shown_goes_with_what_is_asked_about_it() -> None:
    asked = '<Rating name="r" toName="a"/>'
    found = outside_schema(f'<View>{TEXT}\n<Audio name="a" value="$a"/>\n{asked}{CHOICES}</View>')
    assert [one.key for one in found.questions] == ["c"]
    assert [one.key for one in found.fields] == ["t"]
    assert _codes(found) == [("outside_tag", "Audio", 2), ("outside_tag", "Rating", 3)]
    assert worded(found.notes[0]) == "The workspace cannot show <Audio> at line 2."


def test_an_attribute_that_changes_the_question_takes_it_away() -> None:
    found = outside_schema(f'<View>{TEXT}{CHOICES}\n<TextArea name="x" toName="t" perItem="true"/></View>')
    assert [one.key for one in found.questions] == ["c"]
    assert _codes(found) == [("outside_attribute", "TextArea", 2)]
    assert "perItem" in worded(found.notes[0])


def test_sound_beside_a_dialogue_leaves_the_dialogue() -> None:
    found = outside_schema(
        '<View><Paragraphs name="d" value="$d" audioUrl="$a"/>'
        '<ParagraphLabels name="l" toName="d"><Label value="x"/></ParagraphLabels></View>'
    )
    assert [one.key for one in found.questions] == ["l"]
    assert not found.for_workspace


def test_a_label_without_a_value_goes_alone() -> None:
    labels = '<Labels name="l" toName="t"><Label value="x"/>\n<Label/></Labels>'
    found = outside_schema(f"<View>{TEXT}{labels}</View>")
    assert [label.key for label in found.questions[0].labels] == ["x"]
    assert worded(found.notes[0]) == "Left out of the workspace: <Label> at line 2 has no value attribute."


def test_a_condition_that_names_nothing_leaves_what_it_hides() -> None:
    hidden = f'<View visibleWhen="choice-selected" whenTagName="nobody">{CHOICES}</View>'
    found = outside_schema(f"<View>{TEXT}{hidden}</View>")
    assert [one.key for one in found.questions] == ["c"]
    assert not found.for_workspace


@pytest.mark.parametrize(
    "config",
    [
        "<View/>",
        "<Foo/>",
        '<View><Choices name="c" toName="nobody"><Choice value="x"/></Choices></View>',
        '<View><Text name="t" value="words"/></View>',
        '<Labels name="l" toName="x" NAME="y"/>',
    ],
)
def test_a_config_that_shows_nothing_gives_a_schema_without_questions(config: str) -> None:
    found = outside_schema(config)
    assert (found.fields, found.questions, found.layout) == ((), (), ())
    assert not found.for_workspace
    assert found.notes[-1]["code"] == "outside_nothing"


def test_a_name_that_stands_twice_is_told_with_both_lines() -> None:
    found = outside_schema(f"<View>{TEXT}\n\n{TEXT}\n{CHOICES}</View>")
    assert worded(found.notes[0]).endswith("<Text> at line 3 is named “t”, as is the tag at line 1.")
    assert [one.key for one in found.questions] == ["c"]


def test_what_is_no_xml_is_refused() -> None:
    with pytest.raises(ConfigInvalid):
        outside_schema("<View>")
