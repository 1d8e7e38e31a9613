"""Label Studio's own converter, and ours beside it."""

import json
import logging
import zipfile
from collections.abc import Iterable
from datetime import UTC, datetime
from importlib import import_module
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from annotation.formats.label_studio_export import export_format

MADE = datetime(2026, 1, 2, 3, 4, 6, tzinfo=UTC)
FILES = {"CONLL2003": "result.conll", "CSV": "result.csv", "TSV": "result.csv"}

TEXT_CONFIG = """<View><Text name="text" value="$text"/>
  <Labels name="label" toName="text"><Label value="PER"/><Label value="ORG"/></Labels>
  <Choices name="tone" toName="text" choice="multiple"><Choice value="good"/><Choice value="bad"/></Choices>
  <TextArea name="note" toName="text" perRegion="true"/><Rating name="stars" toName="text"/></View>"""
PICTURE_CONFIG = """<View><Image name="img" value="$image"/>
  <RectangleLabels name="box" toName="img"><Label value="b"/><Label value="a" category="9"/></RectangleLabels>
  <PolygonLabels name="line" toName="img"><Label value="p"/></PolygonLabels></View>"""


def _sdk(module: str) -> Any:
    return import_module(
        f"label_studio_sdk.converter.{module}"
    )  # late and untyped: slow to import, without types


def parsed(config: str) -> dict[str, Any]:
    """A config in Label Studio's parsed form."""
    return dict(_sdk("utils").parse_config(config))


def converter(config: dict[str, Any]) -> Any:
    """Label Studio's converter for a config; it fetches nothing."""
    return _sdk("converter").Converter(config, None, download_resources=False)


def theirs(name: str, tasks: object, config: dict[str, Any]) -> str:
    """What Label Studio's converter writes."""
    logging.disable(logging.CRITICAL)  # it logs every empty annotation
    try:
        with TemporaryDirectory() as folder:
            source, to = Path(folder, "tasks.json"), Path(folder, "out")
            source.write_text(json.dumps(tasks), encoding="utf-8")
            converter(config).convert(str(source), str(to), name, is_dir=False)
            return (to / FILES.get(name, "result.json")).read_bytes().decode()
    finally:
        logging.disable(logging.NOTSET)


def chunks(name: str, tasks: Iterable[Any], config: dict[str, Any]) -> list[bytes]:
    """What we write, in its parts."""
    return list(export_format(name).write(iter(tasks), config, MADE))


def ours(name: str, tasks: Iterable[Any], config: dict[str, Any]) -> str:
    """What we write; of a zip its `result.json`."""
    whole = b"".join(chunks(name, tasks, config))
    if name == "COCO":
        with zipfile.ZipFile(BytesIO(whole)) as archive:
            assert archive.testzip() is None
            assert archive.namelist() == ["images/", "result.json"]
            whole = archive.read("result.json")
    return whole.decode()


def loaded(text: str) -> list[tuple[str, ...]]:
    """JSON records as their items' text, so that the order of keys counts and 1 is not 1.0."""
    return [
        tuple(f"{key}={json.dumps(value)}" for key, value in record.items()) for record in json.loads(text)
    ]


def span(start: int, end: int, label: str, **more: Any) -> dict[str, Any]:
    """A region on the text."""
    value = {"start": start, "end": end, "labels": [label], **more}
    return {"id": f"r{start}", "from_name": "label", "to_name": "text", "type": "labels", "value": value}


def answer(name: str, kind: str, value: object) -> dict[str, Any]:
    """A choice, a text or a rating."""
    return {"id": name, "from_name": name, "to_name": "text", "type": kind, "value": {kind: value}}


def annotation(number: int, result: object, **more: Any) -> dict[str, Any]:
    """An annotation."""
    about = {
        "id": number,
        "completed_by": 1,
        "created_at": f"2026-01-01T00:00:{number % 60:02}Z",
        "lead_time": 1.5,
    }
    return {**about, "updated_at": "2026-01-02T00:00:00Z", "result": result, "was_cancelled": False, **more}


def task(number: int, data: dict[str, Any], *annotations: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A task."""
    return {"id": number, "data": data, "annotations": list(annotations), "predictions": [], **more}
