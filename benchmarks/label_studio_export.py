"""Label Studio's export formats: ours beside its own converter, both from one file of tasks to one file.

python -m benchmarks.label_studio_export
"""

import json
import logging
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from annotation.formats.label_studio_export import FORMATS, ExportFormat
from benchmarks.rubric import Table

TASKS = 2_000
SENTENCES = (
    "Ann Lee met Bob in Paris. ",
    "The price rose 3.5% (to $4,200) on Friday; nobody's sure why. ",
    "It can't last! ",
)
NAMES = ("Ann Lee", "Bob", "Paris", "Friday")
TEXT_CONFIG = """<View><Text name="text" value="$text"/>
  <Labels name="label" toName="text"><Label value="NAME"/></Labels>
  <Choices name="tone" toName="text"><Choice value="good"/><Choice value="bad"/></Choices></View>"""
PICTURE_CONFIG = """<View><Image name="img" value="$image"/>
  <RectangleLabels name="box" toName="img"><Label value="car"/></RectangleLabels></View>"""


def measure(table: Table) -> None:
    """A line for each format: tasks a second, and how many times the converter's."""
    logging.disable(logging.CRITICAL)
    sdk = import_module("label_studio_sdk.converter.converter")  # without types
    with TemporaryDirectory() as folder:
        for one in FORMATS:
            picture = one.name == "COCO"
            source = Path(folder, f"{picture}.json")
            source.write_text(json.dumps(tasks(picture=picture)), encoding="utf-8")
            converter = sdk.Converter(
                PICTURE_CONFIG if picture else TEXT_CONFIG, None, download_resources=False
            )
            config = import_module("label_studio_sdk.converter.utils").parse_config(
                PICTURE_CONFIG if picture else TEXT_CONFIG
            )
            compare(table, one, partial(ours, one, source, config), partial(theirs, converter, one, source))


def compare(table: Table, one: ExportFormat, mine: Callable[[], None], other: Callable[[], None]) -> None:
    """In turn, five times each, in seconds of the processor; the shortest counts."""
    pairs = [(spent(mine), spent(other)) for _ in range(5)]
    seconds, beside = (min(times) for times in zip(*pairs, strict=True))
    told = f"{beside / seconds:.1f} x the converter's {TASKS / beside:,.0f}"
    if one.name == "JSON":
        told = "the converter copies the file"
    table.line(f"export {TASKS:,} tasks as {one.name}", f"{TASKS / seconds:,.0f} tasks/s", told)


def spent(call: Callable[[], None]) -> float:
    """Seconds of the processor: what else the machine does is not in them."""
    begun = time.process_time()
    call()
    return time.process_time() - begun


def ours(one: ExportFormat, source: Path, config: Any) -> None:
    """Read the tasks, write the file."""
    found = json.loads(source.read_bytes())
    with source.with_suffix(f".{one.name}").open("wb") as to:
        to.writelines(one.write(found, config, datetime.now(UTC)))


def theirs(converter: Any, one: ExportFormat, source: Path) -> None:
    """The same by Label Studio's converter; the server then packs the folder, where it makes one."""
    converter.convert(str(source), str(source.with_suffix(f".{one.name}.theirs")), one.name, is_dir=False)


def tasks(*, picture: bool) -> list[dict[str, Any]]:
    """Tasks of one annotation each: 300 characters with up to 8 names and a choice, or a picture with 8 boxes."""
    made = []
    for at in range(TASKS):
        text = "".join(SENTENCES[(at + turn) % 3] for turn in range(8))
        data = {"image": f"s3://bucket/{at}.png"} if picture else {"text": text, "source": {"page": at}}
        result = boxes() if picture else [*names(text), choice(at)]
        about = {"id": at, "completed_by": at % 9, "created_at": "2026-01-01T00:00:00Z", "lead_time": 12.5}
        made.append({"id": at, "data": data, "annotations": [{**about, "result": result}], "predictions": []})
    return made


def names(text: str) -> list[dict[str, Any]]:
    """Each name's first and last place."""
    found = []
    for name in NAMES:
        for start in sorted({text.find(name), text.rfind(name)} - {-1}):
            value = {"start": start, "end": start + len(name), "text": name, "labels": ["NAME"]}
            found.append(region("label", "labels", value))
    return found


def choice(at: int) -> dict[str, Any]:
    """Good or bad."""
    return region("tone", "choices", {"choices": [("good", "bad")[at % 2]]})


def boxes() -> list[dict[str, Any]]:
    """Eight rectangles, each turned a little more."""
    size = {"original_width": 1920, "original_height": 1080}
    places = [
        {"x": 5 * at, "y": 9 * at, "width": 20.5, "height": 10.25, "rotation": 7 * at} for at in range(8)
    ]
    return [
        {**region("box", "rectanglelabels", {**place, "rectanglelabels": ["car"]}), **size}
        for place in places
    ]


def region(name: str, kind: str, value: dict[str, Any]) -> dict[str, Any]:
    """One answer of a control."""
    return {"id": "r", "from_name": name, "to_name": "text", "type": kind, "value": value}


if __name__ == "__main__":
    measure(Table(sys.stdout))
