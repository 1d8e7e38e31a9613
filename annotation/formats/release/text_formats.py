"""The formats for texts, spans, pictures and rows, in the order in which people are offered them."""

from __future__ import annotations

from annotation.formats.release.format import Format
from annotation.formats.release.label_studio import LabelStudioJson
from annotation.formats.release.parquet import Parquet

TEXT: tuple[Format, ...] = (LabelStudioJson(), Parquet())
