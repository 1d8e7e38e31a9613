"""COCO, Argilla and Web Annotations: read by pycocotools, argilla and rdflib."""

import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from uuid import uuid4

import argilla as rg
import pytest
from argilla._models import DatasetModel
from argilla.records._io import JsonIO
from pycocotools.coco import COCO
from rdflib import Graph, Literal, Namespace, URIRef

from annotation.formats.labelling_config import parse_config
from annotation.formats.messages import FormatError
from annotation.formats.release.argilla import Argilla
from annotation.formats.release.argilla_settings import companions
from annotation.formats.release.coco import Coco
from annotation.formats.release.format import View
from annotation.formats.release.rows import GoldAnswer, ReleaseRow
from annotation.formats.release.web_annotation import WebAnnotation
from tests.annotation.formats import family_scene
from tests.annotation.formats.release.scenes import (
    AT,
    HARD,
    any_rows,
    filed,
    place,
    row_of,
    schema_of,
    written,
)

PICTURES = parse_config(
    """<View><Image name="image" value="$image"/>
    <RectangleLabels name="box" toName="image"><Label value="Car"/><Label value="Bus"/></RectangleLabels>
    <PolygonLabels name="shape" toName="image"><Label value="Road"/></PolygonLabels></View>"""
)


def _picture(number: int, **size: Any) -> ReleaseRow:
    box = {"x": 10, "y": 20, "width": 30, "height": 40, "rotation": 0, "rectanglelabels": ["Bus"]}
    turned = {**box, "x": 50, "width": 10, "height": 10, "rotation": 90, "rectanglelabels": ["Car"]}
    outline = {"points": [[0, 0], [50, 0], [50, 50]], "closed": True, "polygonlabels": ["Road"]}
    names = {"to_name": "image", "from_name": "box", "type": "rectanglelabels"}
    gold = [
        GoldAnswer(
            "box",
            [],
            [{"id": "a", **names, "value": box}, {"id": "b", **names, "value": turned}],
            "stopped",
            AT,
        ),
        GoldAnswer(
            "shape",
            [],
            [
                {
                    "id": "c",
                    "to_name": "image",
                    "from_name": "shape",
                    "type": "polygonlabels",
                    "value": outline,
                }
            ],
            "stopped",
            AT,
        ),
    ]
    data = {"image": {"asset": "as_1", "name": "i.png", **(size or {"width": 640, "height": 480})}}
    return ReleaseRow(f"it_{number}", data, PICTURES.data_keys, gold, number=number, schema=PICTURES)


def test_pycocotools_reads_boxes_and_outlines_in_pixels(tmp_path: Path) -> None:
    path = filed(Coco(), View(PICTURES), [_picture(0), _picture(1)], tmp_path)
    coco = COCO(str(path))
    assert coco.getImgIds() == [1, 2]
    assert coco.loadImgs(1)[0]["file_name"] == "i.png"
    names = {one["id"]: one["name"] for one in coco.loadCats(coco.getCatIds())}
    assert list(names.values()) == ["Car", "Bus", "Road"]
    box, turned, outline = coco.loadAnns(coco.getAnnIds(imgIds=2))
    assert (names[box["category_id"]], box["bbox"], box["area"]) == ("Bus", [64, 96, 192, 192], 192 * 192)
    assert turned["bbox"] == pytest.approx([320 - 48, 96, 48, 64]), "turned about its top left corner"
    assert (names[outline["category_id"]], outline["area"]) == ("Road", 320 * 240 / 2)
    assert coco.annToMask(box).sum() == pytest.approx(192 * 192, rel=0.02)
    assert coco.annToMask(outline).sum() == pytest.approx(outline["area"], rel=0.02)


def test_coco_without_rows_loads_and_a_picture_without_a_size_is_told(tmp_path: Path) -> None:
    assert COCO(str(filed(Coco(), View(PICTURES), [], tmp_path))).getImgIds() == []
    with pytest.raises(FormatError, match="it_0"):
        written(Coco(), View(PICTURES), [_picture(0, width=None)])
    assert Coco().misfit(View(schema_of('<Number name="n" toName="text"/>'))) == "release_no_picture"


ASKED = schema_of(
    """<Choices name="Verdict" toName="text"><Choice value="good"/><Choice value="bad"/></Choices>
    <Choices name="topics" toName="text" choice="multiple"><Choice value="a"/><Choice value="b"/></Choices>
    <Labels name="span" toName="text"><Label value="Party"/></Labels>
    <Rating name="stars" toName="text"/><TextArea name="why" toName="text"/>
    <Ranker name="order" toName="text"><Choice value="one"/><Choice value="two"/></Ranker>
    <Number name="sum" toName="text"/>"""
)


@pytest.fixture(scope="module", autouse=True)
def _client() -> Iterator[None]:
    """Argilla's settings cannot be read without a client, which greets its server when it is made."""
    server = HTTPServer(("127.0.0.1", 0), _Greeting)
    thread = Thread(target=server.serve_forever)
    thread.start()
    rg.Argilla(api_url=f"http://127.0.0.1:{server.server_port}", api_key="k")
    yield
    server.shutdown()
    thread.join()
    server.server_close()


class _Greeting(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        me = {"id": str(uuid4()), "username": "u", "role": "owner", "first_name": "u", "password": None}
        content = json.dumps(me).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *args: object) -> None:
        """Say nothing."""


def test_argilla_reads_settings_and_records(tmp_path: Path) -> None:
    said: dict[str, Any] = {
        "Verdict": "bad",
        "topics": ["a", "b"],
        "span": [place("乙方", "Party")],
        "stars": 4,
        "why": ["so"],
        "order": ["two", "one"],
        "sum": 2.5,
    }
    view = View(ASKED, key="d")
    path = filed(Argilla(), view, [row_of(ASKED, {"text": HARD}, said)], tmp_path)
    for name, content in companions(view).items():
        (path.parent / name).parent.mkdir(exist_ok=True)
        (path.parent / name).write_bytes(content)
    assert path.name == "records.json"
    settings = rg.Settings.from_json(path.parent / ".argilla/settings.json")
    assert [one.name for one in settings.fields] == ["text"]
    questions = {one.name: one for one in settings.questions}
    assert list(questions) == ["verdict", "topics", "span", "stars", "why", "order"]
    assert questions["verdict"].labels == ["good", "bad"]
    assert questions["stars"].values == [1, 2, 3, 4, 5]
    settings.validate()
    (record,) = JsonIO._records_from_json(path)
    assert record.id == "it_0"
    assert record.fields["text"] == HARD
    assert record.suggestions["verdict"].value == "bad"
    assert record.suggestions["verdict"].score == 0.9
    start, end, _ = said["span"][0]
    assert record.suggestions["span"].value == [{"start": start, "end": end, "label": "Party"}]
    assert record.suggestions["order"].value == ["two", "one"]
    assert json.loads(record.metadata["sum"]) == 2.5
    record.api_model()
    assert DatasetModel(**json.loads((path.parent / ".argilla/dataset.json").read_text())).name == "d"


def test_argilla_takes_every_family_and_refuses_none_that_it_can_ask(tmp_path: Path) -> None:
    view = View(family_scene.SCHEMA)
    rows = any_rows()
    path = filed(Argilla(), view, rows, tmp_path)
    kept = [row.item for row in rows if row.gold]
    assert len(kept) < len(rows), "an item without gold gives no record"
    assert [one.id for one in JsonIO._records_from_json(path)] == kept
    (path.parent / "settings.json").write_bytes(companions(view)[".argilla/settings.json"])
    rg.Settings.from_json(path.parent / "settings.json").validate()
    assert Argilla().misfit(View(schema_of('<Number name="n" toName="text"/>'))) == "release_no_argilla"


OA, RDF = Namespace("http://www.w3.org/ns/oa#"), Namespace("http://www.w3.org/1999/02/22-rdf-syntax-ns#")
_LINKS = ("hasBody", "hasTarget", "hasSource", "hasSelector", "motivatedBy", "hasPurpose", "refinedBy")
CONTEXT: dict[str, Any] = {
    "oa": str(OA),
    "id": {"@id": "@id", "@type": "@id"},
    "type": {"@id": "@type", "@type": "@vocab"},
    **{one: f"oa:{one}" for one in ("Annotation", "SpecificResource", "TextQuoteSelector", "SvgSelector")},
    **{one: f"oa:{one}" for one in ("TextPositionSelector", "FragmentSelector", "exact", "prefix", "suffix")},
    **{one: f"oa:{one}" for one in ("start", "end")},
    **{one: f"oa:{one}" for one in ("classifying", "assessing", "describing", "linking", "tagging")},
    "TextualBody": "oa:TextualBody",
    "value": "http://www.w3.org/1999/02/22-rdf-syntax-ns#value",
    "body": {"@id": "oa:hasBody", "@type": "@id"},
    "target": {"@id": "oa:hasTarget", "@type": "@id"},
    "source": {"@id": "oa:hasSource", "@type": "@id"},
    "selector": {"@id": "oa:hasSelector", "@type": "@id"},
    "refinedBy": {"@id": "oa:refinedBy", "@type": "@id"},
    "motivation": {"@id": "oa:motivatedBy", "@type": "@vocab"},
    "purpose": {"@id": "oa:hasPurpose", "@type": "@vocab"},
    "created": "http://purl.org/dc/terms/created",
    "format": "http://purl.org/dc/elements/1.1/format",
    "conformsTo": {"@id": "http://purl.org/dc/terms/conformsTo", "@type": "@id"},
}
"""The terms that we write, as the W3C's context defines them, since that one is not to be fetched."""


def _graph(content: bytes) -> Graph:
    lines = [json.loads(line) for line in content.splitlines()]
    assert all(line["@context"] == "http://www.w3.org/ns/anno.jsonld" for line in lines)
    assert not _strange(lines), "every key is a term of the context"
    found = Graph()
    found.parse(data=json.dumps([{**line, "@context": CONTEXT} for line in lines]), format="json-ld")
    return found


def _strange(value: Any) -> set[str]:
    if isinstance(value, list):
        return set().union(*map(_strange, value)) if value else set()
    if not isinstance(value, dict):
        return set()
    return ({*value} - {*CONTEXT, "@context"}).union(*map(_strange, value.values()))


def test_web_annotations_are_linked_data() -> None:
    schema = schema_of(
        """<Labels name="span" toName="text"><Label value="Party"/></Labels>
        <Relations name="rel" toName="text"><Relation value="pays"/></Relations>
        <Choices name="verdict" toName="text"><Choice value="good"/></Choices>"""
    )
    head, tail = place("𠀀甲", "Party"), place("乙方", "Party")
    row = row_of(
        schema,
        {"text": HARD},
        {"span": [head, tail], "rel": [[head, tail, "pays", "right"]], "verdict": "good"},
    )
    graph = _graph(written(WebAnnotation(), View(schema, key="d"), [row])[0])
    annotations = set(graph.subjects(RDF.type, OA.Annotation))
    assert len(annotations) == 4
    text = URIRef("urn:assay:d:it_0:text")
    quoted = {}
    for target in graph.subjects(OA.hasSource, text):
        said = {
            str(predicate): value.toPython()
            for selector in graph.objects(target, OA.hasSelector)
            for predicate, value in graph.predicate_objects(selector)
            if isinstance(value, Literal)
        }
        start, end = said[str(OA.start)], said[str(OA.end)]
        assert HARD[start:end] == said[str(OA.exact)]
        assert HARD.startswith(said[str(OA.prefix)] + said[str(OA.exact)], start - len(said[str(OA.prefix)]))
        quoted[said[str(OA.exact)]] = next(graph.subjects(OA.hasTarget, target))
    assert set(quoted) == {"𠀀甲", "乙方"}
    (linking,) = graph.subjects(OA.motivatedBy, OA.linking)
    assert set(graph.objects(linking, OA.hasTarget)) == set(quoted.values())
    (whole,) = graph.subjects(OA.hasTarget, text)
    assert [str(graph.value(body, RDF.value)) for body in graph.objects(whole, OA.hasBody)] == ["good"]


def test_every_family_is_linked_data() -> None:
    content, records = written(WebAnnotation(), View(family_scene.SCHEMA), any_rows())
    graph = _graph(content)
    assert len(set(graph.subjects(RDF.type, OA.Annotation))) == records > 100
    for annotation in graph.subjects(RDF.type, OA.Annotation):
        assert graph.value(annotation, OA.motivatedBy) is not None
        assert list(graph.objects(annotation, OA.hasTarget))
    assert (
        not set(graph.predicates())
        - {RDF.type, RDF.value}
        - {URIRef(str(one)) for one in graph.predicates() if "oa#" in str(one) or "purl.org" in str(one)}
    )
    assert {str(OA[one]) for one in _LINKS[:4]} <= {str(one) for one in graph.predicates()}
