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
USUAL = ("label_studio", "parquet", "prov")
"""What a release holds beside the record where nothing is said."""


def chosen(keys: Iterable[str]) -> list[Format]:
    """The formats of these keys in the registry's order, and the record; raises FormatError for a strange one."""
    wanted = {RECORD.key, *keys}
    for key in sorted(wanted - FORMATS.keys()):
        raise FormatError(
            "release_format_unknown", {"format": key, "known": ", ".join(FORMATS)}, where="formats"
        )
    return [one for key, one in FORMATS.items() if key in wanted]


def misfits(view: View) -> dict[str, str]:
    """Format key -> why it cannot say what this schema asks, of those that cannot."""
    return {key: code for key, one in FORMATS.items() if (code := one.misfit(view))}
