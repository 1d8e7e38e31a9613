"""The attributes of a config's tags: read in any case, and noted where they are not read."""

from collections.abc import Sequence

import pytest

from annotation.formats.config_known import LOOKS, known
from annotation.formats.config_tags import CONTROLS, INSIDE, LAYOUT, OBJECTS
from annotation.formats.labelling_config import parse_config
from annotation.formats.messages_notes import NOTES

TEXT = '<Text name="t" value="$t"/>'


def _notes(body: str) -> Sequence[str]:
    return [NOTES[note["code"]] % note for note in parse_config(f"<View>{TEXT}\n{body}</View>").notes]


def test_names_are_read_in_any_case() -> None:
    schema = parse_config(
        '<View><Text NAME="t" Value="$t"/><Rating name="r" toname="t" MAXRATING="7" Required="true"/>'
        '<Labels name="l" ToName="t"><label VALUE="x" Background="red"/></Labels></View>'
    )
    stars = schema.by_key["r"]
    assert (stars.max_rating, stars.required, schema.by_key["l"].labels[0].colour) == (7, True, "red")
    assert schema.notes == ()


def test_what_is_misspelt_is_noted_with_the_nearest_name_and_the_line() -> None:
    assert _notes('<Rating name="r" toName="t" maxrat="7"/>') == [
        "<Rating> at line 2: maxrat is not an attribute that Assay knows; it is ignored. Did you mean maxRating?"
    ]
    assert _notes('<Rating name="r" toName="t" shape="heart"/>') == [
        "<Rating> at line 2: shape is not an attribute that Assay knows; it is ignored."
    ]


def test_every_attribute_is_noted_once_a_tag() -> None:
    found = _notes(
        '<Image name="i" value="$i" rotateControl="true" brightnesscontrol="true" contrastControl="true" zoom="true"/>'
        '<Image name="j" value="$j" rotateControl="true"/><Rating name="r" toName="t" size="large"/>'
    )
    assert [line.split(": ")[1].split()[0] for line in found] == [
        "rotateControl",
        "brightnessControl",
        "contrastControl",
        "size",
    ]


def test_styles_are_said_to_be_left_out_on_every_tag() -> None:
    assert _notes('<Header value="x" style="color: red"/><Rating name="r" toName="t"/>') == [
        "Line 2: styles and class names are left out; Assay lays the page out itself."
    ]


@pytest.mark.parametrize("colour", ["url(x)", "var(--x)"])
def test_a_background_that_is_no_colour_is_noted(colour: str) -> None:
    offered = '<Labels name="l" toName="t"><Label value="x" background="{}"/></Labels>'
    assert len(_notes(offered.format(colour))) == 1
    assert (
        _notes(offered.format("rgb(10, 20%, 30)")) == _notes(offered.format("hsl(120 50% 50% / 0.5)")) == []
    )


def test_a_filter_of_what_has_no_labels_is_noted() -> None:
    (told,) = _notes('<Filter toName="r" hotkey="f"/><Rating name="r" toName="t"/>')
    assert "“r” offers no labels" in told
    schema = parse_config(
        f'<View>{TEXT}<Filter toName="x" minlength="3" placeholder="Find"/>'
        '<Taxonomy name="x" toName="t"><Choice value="a"/></Taxonomy></View>'
    )
    assert schema.by_key["x"].placeholder == "Find"
    assert [note["code"] for note in schema.notes] == ["filter_taxonomy"]


def test_what_is_chosen_before_a_ranking_or_of_turns_is_noted() -> None:
    ranked = '<Ranker name="k" toName="t"><Choice value="a" selected="true"/><Choice value="b"/></Ranker>'
    assert "beforehand" in "".join(_notes(ranked))
    turns = parse_config(
        '<View><Paragraphs name="p" value="$p"/><TextArea name="n" toName="p" perRegion="true" value="Why"/></View>'
    )
    assert [note["code"] for note in turns.notes] == ["not_begun"]
    areas = (
        '<Image name="i" value="$i"/><Rectangle name="r" toName="i" canRotate="false"/>'
        '<Labels name="l" toName="i"><Label value="x" selected="true"/></Labels>'
    )
    assert "beforehand" in "".join(_notes(areas))


def test_every_tag_has_its_attributes() -> None:
    tags = CONTROLS | INSIDE | LAYOUT | frozenset(OBJECTS)
    # A name that is read is written in one way.
    names = {name for tag in tags for name in known(tag)} | LOOKS
    assert len({name.lower() for name in names}) == len(names)
