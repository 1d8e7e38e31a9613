"""What a config's names mean: keys of the item, words of labels; and what a long config costs."""

import time

from annotation.formats.labelling_config import MOST_CONTROLS, parse_config

TEXT = '<Text name="t" value="$t"/>'


def test_a_header_is_named_by_its_key_wherever_it_stands() -> None:
    schema = parse_config(
        '<View>\n\n<Header value="$a"/><Header value="$b"/><Text name="t" value="$t"/><Header value="$a"/></View>'
    )
    assert [(field.name, field.key) for field in schema.fields] == [
        ("header:a", "a"),
        ("header:b", "b"),
        ("t", "t"),
    ]
    assert [node["name"] for node in schema.layout] == ["header:a", "header:b", "t", "header:a"]


def test_one_key_may_be_shown_twice_by_one_kind_of_tag() -> None:
    schema = parse_config(
        '<View><Image name="one" value="$i"/><Image name="two" value="$i"/><Text name="t" value="$t"/></View>'
    )
    assert [field.name for field in schema.fields] == ["one", "two", "t"]


def test_words_that_several_labels_say_name_them_all() -> None:
    schema = parse_config(
        '<View><Text name="t" value="$t"/><Taxonomy name="c" toName="t">'
        '<Choice value="A"><Choice value="Other"/></Choice><Choice value="B"><Choice value="Other"/></Choice>'
        '</Taxonomy><View visibleWhen="choice-selected" whenTagName="c" whenChoiceValue="Other">'
        '<TextArea name="why" toName="t" required="true"/></View></View>'
    )
    (condition,) = schema.questions[1].when
    assert condition.values == ("A / Other", "B / Other")


def test_a_long_config_takes_no_longer_than_its_length() -> None:
    labels = "".join(f'<Choice value="c{at}"/>' for at in range(10_000))
    tree = f'<Taxonomy name="tree" toName="t">{labels}</Taxonomy>'
    waits = 'visibleWhen="choice-selected" whenTagName="tree" whenChoiceValue="c9"'
    views = f'<View {waits}><Header value="x"/></View>' * 5000
    asked = "".join(f'<Rating name="r{at}" toName="t" {waits}/>' for at in range(MOST_CONTROLS - 1))
    texts = "".join(f'<Text name="t{at}" value="$t{at}"/>' for at in range(1000))
    begun = time.process_time()
    parse_config(f"<View>{TEXT}{tree}{views}{asked}{texts}</View>")
    assert time.process_time() - begun < 5
