"""Words of a config are shown as they stand: a key of the item among them is refused, and turning is told of."""

import pytest

from annotation.formats.labelling_config import ConfigInvalid, parse_config

QUESTION = '<Choices name="q" toName="t"><Choice value="a"/>{choice}</Choices>'


def view(words: str = "", choice: str = "") -> str:
    return f'<View>\n{words}\n<Text name="t" value="$t"/>{QUESTION.format(choice=choice)}</View>'


@pytest.mark.parametrize(
    ("words", "tag"),
    [
        ('<Header value="Clause about $topic"/>', "Header"),
        ("<Header>Clause about $topic</Header>", "Header"),
        ("<Markdown>**Clause** about $topic</Markdown>", "Markdown"),
        ("<p>Clause about $topic</p>", "p"),
        ('<Text name="x" value="Hello $name"/>', "Text"),
        ('<HyperText name="x" value="Hello $name"/>', "HyperText"),
        ('<Collapse><Panel value="About $topic"><Header value="x"/></Panel></Collapse>', "Panel"),
    ],
)
def test_a_key_of_the_item_among_words_is_refused_with_tag_and_line(words: str, tag: str) -> None:
    with pytest.raises(ConfigInvalid) as refused:
        parse_config(view(words))
    assert refused.value.code == "key_among_words"
    assert f"<{tag}> at line 2" in refused.value.message


@pytest.mark.parametrize("choice", ['<Choice value="$b"/>', '<Header value="Of $b"/><Choice value="b"/>'])
def test_the_same_holds_for_labels(choice: str) -> None:
    with pytest.raises(ConfigInvalid) as refused:
        parse_config(view(choice=choice))
    assert refused.value.code == "key_among_words"


def test_a_sign_of_money_is_a_sign() -> None:
    schema = parse_config(view('<Header value="More than $5?"/><Text name="x" value="It costs $5"/>'))
    assert [node.get("text") for node in schema.layout[:2]] == ["More than $5?", "It costs $5"]


@pytest.mark.parametrize(
    ("attribute", "told"),
    [("", ["no_turning"]), ('canRotate="true"', ["no_turning"]), ('canRotate="false"', [])],
)
@pytest.mark.parametrize("tag", ["Rectangle", "RectangleLabels"])
def test_that_nothing_can_be_turned_is_told(tag: str, attribute: str, told: list[str]) -> None:
    labels = '<Label value="a"/>' if tag == "RectangleLabels" else ""
    config = (
        f'<View><Image name="i" value="$i"/>\n<{tag} name="r" toName="i" {attribute}>{labels}</{tag}></View>'
    )
    assert [note["code"] for note in parse_config(config).notes] == told


def test_polygons_were_never_turned() -> None:
    config = '<View><Image name="i" value="$i"/><Polygon name="r" toName="i"/></View>'
    assert parse_config(config).notes == ()
