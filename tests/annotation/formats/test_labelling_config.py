"""Labelling configs that are read: what they become."""

from annotation.formats.labelling_config import parse_config
from annotation.formats.schema import Schema

FULL = """<View className="page">
  <Style>.page { color: red }</Style>
  <Header value="Read the clause"/>
  <Text name="text" value="$clause"/>
  <Header value="Is the clause a breach?"/>
  <Choices name="verdict" toName="text" required="true" requiredMessage="Decide, please">
    <View style="width: 50%"><Choice value="Breach" alias="breach" hotkey="b" background="#d00"/></View>
    <Choice value="No breach" selected="true" background="url(x)"/>
  </Choices>
  <Choices name="topics" toName="text" choice="multiple"><Choice value="Price"/><Choice value="期限"/></Choices>
  <Labels name="span" toName="text"><Label value="Party" maxUsage="2"/><Label value="Date"/></Labels>
  <Rating name="stars" toName="text" maxRating="7"/>
  <Number name="amount" toName="text" min="0" max="99.5" step="0.5"/>
  <Textarea name="note" toName="text" placeholder="Why?" rows="2" maxSubmissions="1"/>
</View>"""


def test_every_supported_tag_becomes_what_the_contract_says() -> None:
    parsed = parse_config(FULL).to_json()
    assert parsed["fields"] == [{"name": "text", "key": "clause", "kind": "text"}]
    verdict, topics, span, stars, amount, note = parsed["questions"]
    assert verdict == {
        "key": "verdict",
        "kind": "choice",
        "tag": "choices",
        "field": "text",
        "title": "Is the clause a breach?",
        "required": True,
        "required_message": "Decide, please",
        "labels": [
            {"key": "breach", "text": "Breach", "hotkey": "b", "colour": "#d00"},
            {"key": "No breach", "text": "No breach", "selected": True},
        ],
    }
    assert (topics["kind"], [label["key"] for label in topics["labels"]]) == ("choices", ["Price", "期限"])
    assert (span["kind"], span["labels"][0]["max_usage"]) == ("spans", 2)
    assert (stars["kind"], stars["max_rating"]) == ("rating", 7)
    assert (amount["minimum"], amount["maximum"], amount["step"]) == (0, 99.5, 0.5)
    assert (note["kind"], note["placeholder"], note["rows"], note["max_texts"]) == ("text", "Why?", 2, 1)
    assert parsed["notes"] == [
        {"code": "style", "tag": "View", "line": 1},
        {"code": "style", "tag": "Style", "line": 2},
        {"code": "colour", "tag": "Choice", "line": 8},
    ]
    assert parsed["layout"][:3] == [
        {"node": "header", "text": "Read the clause"},
        {"node": "field", "name": "text"},
        {"node": "question", "key": "verdict"},
    ]


def test_a_schema_survives_its_stored_form() -> None:
    schema = parse_config(FULL)
    assert Schema.from_json(schema.to_json()) == schema


def test_a_header_is_a_title_only_right_before_its_question() -> None:
    schema = parse_config(
        '<View><Header value="One"/><Text name="t" value="$t"/><Rating name="r" toName="t"/></View>'
    )
    assert schema.questions[0].title == ""
    assert schema.layout[0] == {"node": "header", "text": "One"}


def test_a_header_among_the_choices_is_their_title() -> None:
    schema = parse_config(
        '<View><Text name="t" value="$t"/><Choices name="c" toName="t"><Header value="Which?"/>'
        '<Choice value="a"/></Choices></View>'
    )
    assert schema.questions[0].title == "Which?"


def test_a_literal_text_is_shown_and_a_header_may_show_data() -> None:
    schema = parse_config(
        '<View><Text name="hint" value="Be calm"/><Header value="$question"/><Text name="t" value="$t"/>'
        '<Rating name="r" toName="t"/></View>'
    )
    assert schema.layout[0] == {"node": "header", "text": "Be calm"}
    assert [field.key for field in schema.fields] == ["question", "t"]


TEXT = '<Text name="t" value="$t"/>'
CHOICES = '<Choices name="c" toName="t">\n<Choice value="a"/>\n<Choice value="b"/></Choices>'


def test_a_config_that_asks_nothing_says_so() -> None:
    schema = parse_config(f"<View>\n{TEXT}</View>")
    assert schema.questions == ()
    assert schema.notes == ({"code": "no_question", "tag": "View", "line": 1},)


LABELS = '<Labels name="l" toName="t"><Label value="x"/><Label value="y" alias="z"/></Labels>'


def _asked(body: str) -> Schema:
    return parse_config(f"<View>{TEXT}{body}</View>")


def test_conditions_of_frames_and_of_the_question_itself_all_hold() -> None:
    schema = _asked(
        CHOICES + LABELS + '<View visibleWhen="choice-selected" whenTagName="c" whenChoiceValue="a, b">'
        '<View visibleWhen="region-selected" whenTagName="t" whenLabelValue="y"><Header value="Now"/>'
        '<Rating name="r" toName="t" visibleWhen="no-region-selected"/></View></View>'
    )
    when = schema.by_key["r"].when
    assert [(one.on, one.tag, one.values) for one in when] == [
        ("choice", "c", ("a", "b")),
        ("region", "l", ("z",)),
        ("no_region", "", ()),
    ]
    outer = schema.layout[-1]
    assert outer["when"] == [{"on": "choice", "tag": "c", "values": ["a", "b"]}]
    assert outer["children"][0]["children"] == [{"node": "question", "key": "r"}]
    assert schema.by_key["r"].title == "Now"


def test_without_visible_when_what_narrows_it_tells() -> None:
    schema = _asked(
        LABELS + CHOICES + '<Choices name="d" toName="t" perRegion="true" whenTagName="l" whenLabelValue="x">'
        '<Choice value="p"/></Choices><Rating name="r" toName="t" whenTagName="c"/>'
        '<TextArea name="n" toName="t" whenTagName="r" whenChoiceValue="5"/>'
    )
    assert [one.when[0].on for one in schema.questions[2:]] == ["region", "choice", "choice"]
    assert schema.by_key["n"].when[0].values == ("5",)


def test_what_is_shown_now_and_then_has_a_frame() -> None:
    schema = _asked(CHOICES + '<Text name="u" value="$u" visibleWhen="choice-unselected" whenTagName="c"/>')
    assert schema.layout[-1] == {
        "node": "view",
        "children": [{"node": "field", "name": "u"}],
        "when": [{"on": "no_choice", "tag": "c"}],
    }


def test_frames_lie_side_by_side_or_fold_and_others_are_left_out() -> None:
    schema = parse_config(
        '<View style="display: flex"><View className="x"><Text name="t" value="$t"/></View>'
        '<View style="display:grid"><Collapse accordion="true"><Panel value="More">'
        '<Rating name="r" toName="t"/></Panel></Collapse></View><View style="display:flex"/></View>'
    )
    assert schema.layout == (
        {"node": "field", "name": "t"},
        {
            "node": "view",
            "row": True,
            "children": [{"node": "view", "title": "More", "children": [{"node": "question", "key": "r"}]}],
        },
    )
    assert [note["code"] for note in schema.notes] == ["style", "accordion"]


def test_plain_html_is_shown_by_its_words() -> None:
    schema = _asked(
        "<div>Read <b>this</b><p>well</p>" + CHOICES + "</div><br/><table><tr><td>x</td></tr></table>"
    )
    assert [node.get("text", node["node"]) for node in schema.layout] == ["field", "question", "x"]
    assert schema.questions[0].title == "Read this well"
    assert {note["code"] for note in schema.notes} == {"html_tag"}


def test_a_filter_and_shortcuts_belong_to_their_questions() -> None:
    schema = _asked(
        '<Filter toName="l" hotkey="shift+f" minlength="2" placeholder="Find"/>'
        + LABELS
        + '<TextArea name="n" toName="t" value="Dear" markdown="true">'
        '<Shortcut alias="Yes" value="Yes, indeed" hotkey="ctrl+1"/></TextArea>'
        '<TextArea name="m" toName="t" value="$draft"/>'
    )
    assert schema.by_key["l"].to_json()["filter_hotkey"] == "shift+f"
    asked = schema.by_key["l"]
    assert (asked.filter, asked.filter_placeholder, asked.filter_least) == (True, "Find", 2)
    assert Schema.from_json(schema.to_json()) == schema
    note = schema.by_key["n"]
    assert (note.prefilled, note.markdown, note.snippets[0].text) == ("Dear", True, "Yes, indeed")
    assert schema.by_key["m"].key_of_data == "draft"


def test_a_chat_is_written_unless_nothing_is_editable() -> None:
    chat = '<View><Chat name="c" value="$c" {}/><Rating name="r" toName="c"/></View>'
    assert [one.tag for one in parse_config(chat.format("")).questions] == ["chat", "rating"]
    assert [one.tag for one in parse_config(chat.format('editable="false"')).questions] == ["rating"]
    assert [one.tag for one in parse_config(chat.format('editable="false" llm="a/b"')).questions] == [
        "chat",
        "rating",
    ]


def test_answers_about_written_messages_and_pictures_are_collected() -> None:
    rated = '<Rating name="r" toName="x" perRegion="true"/></View>'
    written = parse_config('<View><Chat name="x" value="$x"/>' + rated)
    read = parse_config('<View><Chat name="x" value="$x" editable="false"/>' + rated)
    drawn = parse_config('<View><Image name="x" value="$x"/><Rectangle name="b" toName="x"/>' + rated)
    kinds = [schema.by_key["r"].kind for schema in (written, read, drawn)]
    assert kinds == ["boxes", "spans", "boxes"]


LABELLED_AREAS = """<View><Image name="x" value="$x"/>
<Labels name="l" toName="x"><Label value="Text"/></Labels>
<Rectangle name="b" toName="x"/><Polygon name="p" toName="x"/>
<TextArea name="t" toName="x" perRegion="true" visibleWhen="region-selected" whenLabelValue="Text"/></View>"""


def test_labels_of_areas_that_others_draw_are_asked_of_each() -> None:
    schema = parse_config(LABELLED_AREAS)
    labels = schema.by_key["l"]
    assert (labels.per_region, labels.kind, labels.region_type) == (True, "boxes", "labels")
    assert [one.tag for one in schema.by_key["t"].when] == ["l"]
