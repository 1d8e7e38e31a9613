"""Which formats there are, what they are called, and which configs they suit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from annotation.formats.label_studio_export.coco import write_coco
from annotation.formats.label_studio_export.conll import write_conll
from annotation.formats.label_studio_export.shapes import Config, Writer, data_keys, inputs_of, types_of
from annotation.formats.label_studio_export.table import write_csv, write_tsv
from annotation.formats.label_studio_export.whole_json import write_json, write_json_min
from annotation.formats.message import gettext_noop

_GUIDE = "https://labelstud.io/guide/export.html#"


class UnknownFormat(LookupError):
    """There is no format of that name; the message lists those there are."""


def _always(config: Config) -> bool:
    return True


def _marks_one_text(config: Config) -> bool:
    """Labels on a text, and no other data shown."""
    texts = any(one.get("type") == "Text" and one.get("valueType") != "url" for one in inputs_of(config))
    return texts and "Labels" in types_of(config) and len(data_keys(config)) <= 1


def _marks_one_picture(config: Config) -> bool:
    """Rectangles, polygons or key points on one picture; key points need rectangles beside them, as in Label Studio."""
    types, inputs = types_of(config), list(inputs_of(config))
    if len(data_keys(config)) > 1 or any(one.get("valueList") for one in inputs):
        return False
    if "KeyPointLabels" in types and "RectangleLabels" not in types:
        return False
    if "Labels" in types and types & {"Rectangle", "PolygonLabels", "KeyPointLabels"}:
        return True
    shapes = types & {"RectangleLabels", "PolygonLabels", "KeyPointLabels"}
    return bool(shapes) and any(one.get("type") == "Image" for one in inputs)


@dataclass(frozen=True)
class ExportFormat:
    """One format: what it is called and how it is written.

    `name` is what `exportType` says, `description` an English sentence to be translated, `ending` the file's without
    the dot. `applies` tells whether a config can be exported so; `write` gives the file's bytes.
    """

    name: str
    title: str
    description: str
    ending: str
    content_type: str
    write: Writer
    tags: tuple[str, ...] = ()
    applies: Callable[[Config], bool] = _always

    @property
    def link(self) -> str:
        """Where Label Studio describes it."""
        return _GUIDE + self.title


FORMATS = (
    ExportFormat(
        "JSON",
        "JSON",
        gettext_noop(
            "Items with their annotations and predictions, complete; the file can be imported again."
        ),
        "json",
        "application/json",
        write_json,
    ),
    ExportFormat(
        "JSON_MIN",
        "JSON-MIN",
        gettext_noop("A record for each annotation: the item's data and the answers, by control."),
        "json",
        "application/json",
        write_json_min,
    ),
    ExportFormat(
        "CSV",
        "CSV",
        gettext_noop("A row for each annotation, separated by commas; answers with regions as JSON."),
        "csv",
        "text/csv; charset=utf-8",
        write_csv,
    ),
    ExportFormat(
        "TSV",
        "TSV",
        gettext_noop("A row for each annotation, separated by tabs; answers with regions as JSON."),
        "tsv",
        "text/tab-separated-values; charset=utf-8",
        write_tsv,
    ),
    ExportFormat(
        "CONLL2003",
        "CONLL2003",
        gettext_noop("A token and its tag on each line, for recognising names in texts."),
        "conll",
        "text/plain; charset=utf-8",
        write_conll,
        ("sequence labeling", "text tagging", "named entity recognition"),
        _marks_one_text,
    ),
    ExportFormat(
        "COCO",
        "COCO",
        gettext_noop("Rectangles, polygons and key points in pixels, as a zip; without the pictures."),
        "zip",
        "application/zip",
        write_coco,
        ("image segmentation", "object detection", "keypoints"),
        _marks_one_picture,
    ),
)
"""All formats, in the order in which they are offered."""

_BY_NAME = {one.name: one for one in FORMATS}


def export_format(name: str) -> ExportFormat:
    """The format of that name, whatever its case; raises UnknownFormat."""
    if found := _BY_NAME.get(name.upper()):
        return found
    raise UnknownFormat(f"{name[:40]!r} is no export format. Formats: {', '.join(_BY_NAME)}.")
