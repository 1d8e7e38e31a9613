"""The documents beside a release's rows: card, Croissant, disclosures. Facts in, bytes out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from annotation.formats.manifest import FileEntry
from annotation.formats.release.documents.card import body_of, cards
from annotation.formats.release.documents.croissant import CROISSANT, croissant
from annotation.formats.release.documents.disclosures import disclosures
from annotation.formats.release.documents.facts import Facts
from annotation.formats.release.documents.json_text import json_bytes

__all__ = ["Facts", "FileEntry", "body_of", "written"]


def written(facts: Facts, files: Sequence[FileEntry]) -> Mapping[str, bytes]:
    """Every document by its path in the release; the same facts and files give the same bytes.

    `files` are those that are written by then: rows, and files of items. Their order does not matter.
    """
    known = sorted(files, key=lambda one: one.path)
    return {
        **{path: text.encode() for path, text in cards(facts, known).items()},
        CROISSANT: json_bytes(croissant(facts, known)),
        **disclosures(facts, known),
    }
