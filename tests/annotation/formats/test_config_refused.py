"""Labelling configs that are refused: with tag and line, and what to do."""

import pytest

from annotation.formats.labelling_config import MOST_CONTROLS, ConfigInvalid, parse_config
from annotation.formats.messages import MESSAGES

TEXT = '<Text name="t" value="$t"/>'
CHOICES = '<Choices name="c" toName="t">\n<Choice value="a"/>\n<Choice value="b"/></Choices>'
DEEP = "<View>" * 65 + "</View>" * 65

MANY = "".join(f'<Rating name="r{at}" toName="t"/>\n' for at in range(MOST_CONTROLS + 1))

REFUSED = {
    "two kinds": (
        '<View><HyperText name="h" value="$t"/>\n<Text name="t" value="$t"/></View>',
        "key_two_kinds",
        "Text",
        2,
    ),
    "two kinds, a header": (
        '<View><Image name="i" value="$t"/>\n<Header value="$t"/></View>',
        "key_two_kinds",
        "Header",
        2,
    ),
    "too many questions": (f"<View>{TEXT}{MANY}</View>", "controls_too_many", "Rating", MOST_CONTROLS + 1),
    "key among words": (
        f'<View>\n<Header value="About $topic"/>{TEXT}</View>',
        "key_among_words",
        "Header",
        2,
    ),
    "empty": ("", "config_empty", None, None),
    "blank": (" \n ", "config_empty", None, None),
    "broken": ("<View>\n<Text</View>", "config_xml", "View", 2),
    "unclosed": (f"<View>\n{TEXT}\n", "config_xml", "View", 3),
    "not xml": ("hello", "config_xml", None, 1),
    "document type": (f"<!DOCTYPE View [<!ENTITY x 'y'>]>\n<View>{TEXT}</View>", "config_dtd", None, 1),
    "entity": ("<View>\n&nbsp;</View>", "config_xml", "View", 2),
    "too deep": (DEEP, "config_too_deep", "View", 1),
    "too large": ("<View>" + " " * 1_000_000 + "</View>", "config_too_large", None, None),
    "lone surrogate": ("<View>\n\ud800</View>", "config_not_text", None, 2),
    "root": (f"<Page>{TEXT}{CHOICES}</Page>", "wrong_root", "Page", 1),
    "unknown tag": (f"<View>{TEXT}\n<Chioces/></View>", "tag_unknown", "Chioces", 2),
    "unsupported tag": ('<View>\n\n<Audio name="i" value="$i"/></View>', "tag_unsupported", "Audio", 3),
    "label outside": (f'<View>{TEXT}\n<Label value="x"/></View>', "tag_misplaced", "Label", 2),
    "choice in labels": (
        f'<View>{TEXT}\n<Labels name="l" toName="t"><Choice value="x"/></Labels></View>',
        "tag_misplaced",
        "Choice",
        2,
    ),
    "text in rating": (
        f'<View><Rating name="r" toName="t">\n{TEXT}</Rating></View>',
        "tag_misplaced",
        "Text",
        2,
    ),
    "no name": (f'<View>{TEXT}\n<Rating toName="t"/></View>', "attribute_missing", "Rating", 2),
    "no toName": (
        f'<View>{TEXT}<Text name="u" value="$u"/>\n<Rating name="r"/></View>',
        "attribute_missing",
        "Rating",
        2,
    ),
    "no value": ('<View>\n<Text name="t"/></View>', "attribute_missing", "Text", 2),
    "data template": ('<View>\n<Text name="t" value="$a and $b"/></View>', "attribute_invalid", "Text", 2),
    "choice kind": (
        f'<View>{TEXT}\n<Choices name="c" toName="t" choice="many"><Choice value="x"/></Choices></View>',
        "attribute_invalid",
        "Choices",
        2,
    ),
    "rating": (
        f'<View>{TEXT}\n<Rating name="r" toName="t" maxRating="x"/></View>',
        "attribute_invalid",
        "Rating",
        2,
    ),
    "minimum": (
        f'<View>{TEXT}\n<Number name="n" toName="t" min="nan"/></View>',
        "attribute_invalid",
        "Number",
        2,
    ),
    "range": (
        f'<View>{TEXT}\n<Number name="n" toName="t" min="2" max="1"/></View>',
        "attribute_invalid",
        "Number",
        2,
    ),
    "per region": (
        f'<View>{TEXT}\n<Rating name="r" toName="t" perRegion="true"/></View>',
        "per_region_nothing",
        "Rating",
        2,
    ),
    "pairwise per region": (
        f'<View>{TEXT}<Text name="u" value="$u"/>\n<Pairwise name="r" toName="t,u" perRegion="true"/></View>',
        "attribute_unsupported",
        "Pairwise",
        2,
    ),
    "url": ('<View>\n<Text name="t" value="$t" valueType="url"/></View>', "attribute_unsupported", "Text", 2),
    "labels from a template": (
        f'<View>{TEXT}\n<Choices name="c" toName="t" value="$a$b"/></View>',
        "attribute_invalid",
        "Choices",
        2,
    ),
    "duplicate name": (f'<View>{TEXT}\n<Rating name="t" toName="t"/></View>', "name_duplicate", "Rating", 2),
    "unknown target": (f'<View>{TEXT}\n<Rating name="r" toName="x"/></View>', "target_unknown", "Rating", 2),
    "itself": (f'<View>{TEXT}\n<Rating name="r" toName="r"/></View>', "target_not_text", "Rating", 2),
    "literal": (
        '<View><Text name="t" value="Hi"/>\n<Rating name="r" toName="t"/></View>',
        "target_not_text",
        "Rating",
        2,
    ),
    "two targets": (
        f'<View>{TEXT}<Text name="u" value="$u"/>\n<Labels name="r" toName="t,u"><Label value="x"/></Labels></View>',
        "target_several",
        "Labels",
        2,
    ),
    "one of two": (
        f'<View>{TEXT}<Text name="u" value="$u"/>\n<Pairwise name="r" toName="t"/></View>',
        "target_not_two",
        "Pairwise",
        2,
    ),
    "rectangles on a text": (
        f'<View>{TEXT}\n<Rectangle name="r" toName="t"/></View>',
        "target_wrong_kind",
        "Rectangle",
        2,
    ),
    "relations of nothing": (f"<View>{TEXT}\n<Relations/></View>", "relations_nothing", "Relations", 2),
    "condition on nothing": (
        f'<View>{TEXT}\n<Rating name="r" toName="t" visibleWhen="choice-selected"/></View>',
        "condition_nothing",
        "Rating",
        2,
    ),
    "condition on an unknown tag": (
        f'<View>{TEXT}\n<Rating name="r" toName="t" visibleWhen="choice-selected" whenTagName="x"/></View>',
        "condition_unknown",
        "Rating",
        2,
    ),
    "condition on an unknown label": (
        (
            f'<View>{TEXT}{CHOICES}\n<Rating name="r" toName="t" visibleWhen="choice-selected" whenTagName="c" '
            'whenChoiceValue="a,z"/></View>'
        ),
        "condition_label",
        "Rating",
        4,
    ),
    "condition on a region's unknown label": (
        (
            f'<View>{TEXT}<Labels name="l" toName="t"><Label value="x"/></Labels>\n<View visibleWhen="region-selected" '
            'whenLabelValue="z"><Rating name="r" toName="t"/></View></View>'
        ),
        "condition_label",
        "View",
        2,
    ),
    "condition on itself": (
        f'<View>{TEXT}\n<Rating name="r" toName="t" visibleWhen="choice-selected" whenTagName="r"/></View>',
        "condition_itself",
        "Rating",
        2,
    ),
    "conditions in a ring": (
        (
            f'<View>{TEXT}\n<Rating name="r" toName="t" visibleWhen="choice-selected" whenTagName="s"/>\n'
            '<Rating name="s" toName="t" visibleWhen="choice-selected" whenTagName="r"/></View>'
        ),
        "condition_round",
        "Rating",
        2,
    ),
    "strange condition": (
        f'<View>{TEXT}\n<Rating name="r" toName="t" visibleWhen="sometimes"/></View>',
        "attribute_invalid",
        "Rating",
        2,
    ),
    "labels of an address": (
        f'<View>{TEXT}\n<Taxonomy name="r" toName="t" apiUrl="https://x.test"/></View>',
        "attribute_unsupported",
        "Taxonomy",
        2,
    ),
    "two default buckets": (
        (
            '<View><List name="t" value="$t"/>\n<Ranker name="r" toName="t"><Bucket name="a" default="true"/>'
            '<Bucket name="b" default="true"/></Ranker></View>'
        ),
        "bucket_defaults",
        "Ranker",
        2,
    ),
    "bucket twice": (
        (
            '<View><List name="t" value="$t"/><Ranker name="r" toName="t"><Bucket name="a"/>\n'
            '<Bucket name="a"/></Ranker></View>'
        ),
        "label_duplicate",
        "Bucket",
        2,
    ),
    "buckets without a list": (
        f'<View>{TEXT}<Ranker name="r" toName="t">\n<Bucket name="a"/></Ranker></View>',
        "tag_misplaced",
        "Bucket",
        2,
    ),
    "criterion twice": (
        f'<View>{TEXT}\n<Grades name="r" toName="t"><Criterion value="x"/><Criterion value="x"/></Grades></View>',
        "criterion_twice",
        "Grades",
        2,
    ),
    "too many labels": (
        f'<View>{TEXT}\n<Taxonomy name="r" toName="t">'
        + "".join(f'<Choice value="{at}"/>' for at in range(20_001))
        + "</Taxonomy></View>",
        "labels_too_many",
        "Choice",
        2,
    ),
    "date form": (
        f'<View>{TEXT}\n<DateTime name="r" toName="t" only="month,time"/></View>',
        "attribute_invalid",
        "DateTime",
        2,
    ),
    "least date": (
        f'<View>{TEXT}\n<DateTime name="r" toName="t" only="date" min="tomorrow"/></View>',
        "attribute_invalid",
        "DateTime",
        2,
    ),
    "sound of a dialogue": (
        '<View>\n<Paragraphs name="p" value="$p" audioUrl="$a"/><Rating name="r" toName="p"/></View>',
        "attribute_unsupported",
        "Paragraphs",
        2,
    ),
    "attribute twice": (
        f'<View>{TEXT}\n<Rating name="r" toName="t" toname="t"/></View>',
        "attribute_twice",
        "Rating",
        2,
    ),
    "small letters": (
        f'<View>{TEXT}\n<Pairwise name="r" toName="t,t" perregion="true"/></View>',
        "attribute_unsupported",
        "Pairwise",
        2,
    ),
    "condition of a label": (
        f'<View>{TEXT}{CHOICES}<Labels name="l" toName="t">\n<Label value="a" whenTagName="c"/></Labels></View>',
        "attribute_unsupported",
        "Label",
        4,
    ),
    "condition of HTML": (
        f'<View>{TEXT}{CHOICES}\n<div visibleWhen="choice-selected" whenTagName="c">x</div></View>',
        "attribute_unsupported",
        "div",
        4,
    ),
    "answer of relations": (
        (
            f'<View>{TEXT}<Labels name="l" toName="t"><Label value="x"/></Labels><Relations name="r"/>\n'
            '<Rating name="s" toName="t" visibleWhen="choice-selected" whenTagName="r" whenChoiceValue="x"/></View>'
        ),
        "condition_answer",
        "Rating",
        2,
    ),
    "answer of a ranking": (
        (
            '<View><List name="l" value="$l"/><Ranker name="r" toName="l"/>\n'
            '<View whenTagName="r" whenLabelValue="first" visibleWhen="choice-selected">'
            '<Rating name="s" toName="l"/></View></View>'
        ),
        "condition_answer",
        "View",
        2,
    ),
    "no labels": (f'<View>{TEXT}\n<Labels name="l" toName="t"/></View>', "labels_missing", "Labels", 2),
    "duplicate label": (
        f'<View>{TEXT}<Labels name="l" toName="t"><Label value="x"/>\n<Label value="x" alias="y"/></Labels></View>',
        "label_duplicate",
        "Label",
        2,
    ),
    "duplicate alias": (
        f'<View>{TEXT}<Labels name="l" toName="t"><Label value="x"/>\n<Label value="y" alias="x"/></Labels></View>',
        "label_duplicate",
        "Label",
        2,
    ),
    "no text": ("<View/>", "no_text", "View", 1),
}


@pytest.mark.parametrize(("source", "code", "tag", "line"), REFUSED.values(), ids=REFUSED)
def test_it_refuses_with_tag_and_line(source: str, code: str, tag: str | None, line: int | None) -> None:
    with pytest.raises(ConfigInvalid) as caught:
        parse_config(source)
    error = caught.value
    assert (error.code, error.tag, error.line) == (code, tag, line)
    assert error.message
    assert error.action
    assert "%(" not in error.message + error.action


def test_every_refusal_of_a_config_is_tested() -> None:
    from annotation.formats.messages_config import CONFIG

    assert {code for _, code, _, _ in REFUSED.values()} == set(CONFIG)
    assert set(CONFIG) <= set(MESSAGES)
