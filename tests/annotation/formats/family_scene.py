"""A config with every family of tags, an item for it, and regions in short."""

from typing import Any

from annotation.formats.labelling_config import parse_config

CONFIG = """<View>
  <Text name="text" value="$text"/>
  <HyperText name="html" value="$html"/>
  <Paragraphs name="talk" value="$talk" nameKey="who" textKey="says" granularity="paragraph"/>
  <Chat name="chat" value="$chat" editable="true" minMessages="3" maxMessages="4" messageroles="user,assistant"/>
  <Table name="table" value="$table"/>
  <List name="list" value="$list"/>
  <Image name="image" value="$image"/>
  <Pdf name="pdf" value="$pdf"/>
  <Choices name="verdict" toName="text">
    <Choice value="Breach"><Choice value="Minor"/><Choice value="Grave" alias="grave"/></Choice>
    <Choice value="None"/>
  </Choices>
  <Taxonomy name="topic" toName="text" leafsOnly="true" maxUsages="2">
    <Choice value="Law"><Choice value="Tax"/><Choice value="Labour"/></Choice><Choice value="Other"/>
  </Taxonomy>
  <Choices name="offer" toName="text" choice="multiple" value="$offers"/>
  <Pairwise name="better" toName="text,html"/>
  <DateTime name="day" toName="text" only="date" min="2026-01-01" max="2026-12-31"/>
  <DateTime name="month" toName="text" only="month,year"/>
  <DateTime name="time" toName="text" only="time"/>
  <DateTime name="moment" toName="text"/>
  <Ranker name="order" toName="list"/>
  <Ranker name="sort" toName="list"><Bucket name="good" title="Good"/><Bucket name="bad"/></Ranker>
  <Ranker name="words" toName="text"><Choice value="one"/><Choice value="two"/></Ranker>
  <Labels name="span" toName="text"><Label value="Party"/><Label value="Date" maxUsages="1"/></Labels>
  <HyperTextLabels name="hspan" toName="html"><Label value="Word"/></HyperTextLabels>
  <ParagraphLabels name="turn" toName="talk"><Label value="Question"/></ParagraphLabels>
  <Labels name="cell" toName="table"><Label value="Wrong"/></Labels>
  <Labels name="page" toName="pdf"><Label value="Clause"/></Labels>
  <RectangleLabels name="box" toName="image"><Label value="Car"/></RectangleLabels>
  <PolygonLabels name="shape" toName="image"><Label value="Road"/></PolygonLabels>
  <Rectangle name="area" toName="pdf"/>
  <Relations name="rel" toName="text"><Relation value="owns"/><Relation value="pays"/></Relations>
  <Choices name="sure" toName="text" perRegion="true" required="true" whenTagName="span" whenLabelValue="Party"
    visibleWhen="region-selected"><Choice value="yes"/><Choice value="no"/></Choices>
  <Rating name="quality" toName="text" perRegion="true" maxRating="3"/>
  <TextArea name="why" toName="text" perRegion="true"/>
  <Rating name="helpful" toName="chat" perRegion="true" visibleWhen="region-selected" whenRole="assistant"/>
  <Number name="count" toName="text" visibleWhen="choice-selected" whenTagName="verdict" whenChoiceValue="Grave"/>
  <Rubric name="rubric" toName="text" maxCriteria="2"/>
  <Grades name="grades" toName="text" value="$rubric"/>
  <Grades name="fixed" toName="text"><Criterion value="clear" weight="2" most="4"/><Criterion value="true"/></Grades>
</View>"""

SCHEMA = parse_config(CONFIG)
BODY = "甲方 pays\r\n乙方 😀👩‍👩‍👧 today"
DATA: dict[str, Any] = {
    "text": BODY,
    "html": "<p>One <b>two 😀</b></p><p>three</p>",
    "talk": [{"who": "A", "says": "Hello?"}, {"who": "B", "says": "Yes 😀."}],
    "chat": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}],
    "table": [{"name": "a", "amount": 1}, {"name": "b", "note": "x"}],
    "list": [{"id": "p", "title": "P"}, {"id": "q", "title": "Q"}, {"id": "r", "html": "<p>R</p>"}],
    "image": {"asset": "as_1", "width": 640, "height": 480, "name": "i.png"},
    "pdf": {
        "asset": "as_2",
        "name": "d.pdf",
        "pages": [
            {"width": 612, "height": 792, "text": "One"},
            {"width": 612, "height": 792, "text": "Two 😀"},
        ],
    },
    "offers": ["first", {"value": "second", "children": [{"value": "deep"}]}],
    "rubric": [{"text": "cites", "weight": 3, "most": 2}, {"text": "short"}],
}


def region(key: str, id_: str = "", **value: Any) -> dict[str, Any]:
    """A region that answers a question of the scene."""
    question = SCHEMA.by_key[key]
    return {
        "id": id_ or f"{key}-1",
        "from_name": key,
        "to_name": question.to_name,
        "type": question.region_type,
        "value": value,
    }


def marked(key: str, id_: str, start: int, end: int, label: str) -> dict[str, Any]:
    """A marked piece of a text."""
    return region(key, id_, start=start, end=end, **{SCHEMA.by_key[key].region_type: [label]})


ONE = marked("span", "m1", 0, 2, "Party")
TWO = marked("span", "m2", 9, 11, "Party")


def related(one: str, other: str, direction: str = "right", *labels: str, id_: str = "r1") -> dict[str, Any]:
    """A relation between two marks."""
    return region("rel", id_, from_id=one, to_id=other, direction=direction, labels=list(labels))


def about(key: str, id_: str, start: int, end: int, **own: Any) -> dict[str, Any]:
    """An answer about a marked region."""
    return region(key, id_, start=start, end=end, **own)
