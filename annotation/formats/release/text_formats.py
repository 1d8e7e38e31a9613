"""The formats for texts, spans, pictures and rows, in the order in which people are offered them."""

from __future__ import annotations

from annotation.formats.release.argilla import Argilla
from annotation.formats.release.bio import Tags, TokenRows
from annotation.formats.release.classification import Classification
from annotation.formats.release.coco import Coco
from annotation.formats.release.conll import Conll
from annotation.formats.release.csv_rows import Csv
from annotation.formats.release.docbin import DocBin
from annotation.formats.release.format import Format
from annotation.formats.release.label_studio import LabelStudioJson
from annotation.formats.release.label_studio_min import LabelStudioMin
from annotation.formats.release.parquet import Parquet
from annotation.formats.release.relations import Relations
from annotation.formats.release.squad import Squad
from annotation.formats.release.web_annotation import WebAnnotation

TEXT: tuple[Format, ...] = (
    Parquet(),
    Csv(),
    Classification(),
    Tags("bio"),
    Tags("bilou", bilou=True),
    TokenRows(),
    Conll(),
    DocBin(),
    Relations(),
    Squad(),
    Coco(),
    LabelStudioJson(),
    LabelStudioMin(),
    Argilla(),
    WebAnnotation(),
)
