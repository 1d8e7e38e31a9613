"""Every release format by its key. A new one is a module and a row here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from annotation.formats.messages import FormatError
from annotation.formats.release.format import Format, View
from annotation.formats.release.prov import PROOF
from annotation.formats.release.record import Record
from annotation.formats.release.text_formats import TEXT
from annotation.formats.release.training_formats import TRAINING

RECORD = Record()
FORMATS: Mapping[str, Format] = {one.key: one for one in (RECORD, *TEXT, *TRAINING, *PROOF)}
ALWAYS = (RECORD.key, "parquet")
"""What every release holds: the record, and the columns by which the folder loads as a dataset."""
USUAL = ("label_studio", "prov")
"""What it holds besides where nothing is said."""


def chosen(keys: Iterable[str]) -> list[Format]:
    """The formats of these keys and those that are always there; raises FormatError for a strange one."""
    wanted = {*ALWAYS, *keys}
    for key in sorted(wanted - FORMATS.keys()):
        raise FormatError(
            "release_format_unknown", {"format": key, "known": ", ".join(FORMATS)}, where="formats"
        )
    return [one for key, one in FORMATS.items() if key in wanted]


def misfits(view: View) -> dict[str, str]:
    """Format key -> why it cannot say what this schema asks, of those that cannot."""
    return {key: code for key, one in FORMATS.items() if (code := one.misfit(view))}
