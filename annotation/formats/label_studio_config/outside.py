"""The schema of a config that the workspace cannot show as a whole: what can be read of it, and notes of the rest."""

from __future__ import annotations

from dataclasses import replace

from annotation.formats.config_xml import ConfigInvalid, parse_xml
from annotation.formats.label_studio_config.pruned import Pruned
from annotation.formats.labelling_config import read_tree
from annotation.formats.schema import Schema

_MOST_NOTES = 100
_MOST_TRIES, _LEAST_TRIES = 100, 2
_MOST_READ = 40_000
"""Tags that are read in all tries together, about: half a second."""


def outside_schema(source: str) -> Schema:
    """What the workspace can read of a config. Where `parse_config` reads it, exactly what that reads.

    A part that it refuses is taken out, until the rest can be read: the tag that the workspace does not know, the
    question with the attribute, the label without a value; what is asked about a part that is gone goes with it. Each
    leaves a note, and `Schema.for_workspace` is false. Raises ConfigInvalid for XML that cannot be read at all.
    """
    try:
        return read_tree(parse_xml(source))
    except ConfigInvalid:
        return _read(Pruned(parse_xml(source)))


def _read(pruned: Pruned) -> Schema:
    pruned.take_unknown()
    tries = min(max(_MOST_READ // pruned.size, _LEAST_TRIES), _MOST_TRIES)
    for tried in range(tries):
        try:
            return _told(read_tree(pruned.copy()), pruned)
        except ConfigInvalid as refusal:
            if refusal.code == "no_text":
                break
            # Too many parts are refused one by one: whole questions go then.
            pruned.take(refusal, whole=tried >= tries // 2)
    pruned.note("outside_nothing", pruned.root)
    return _told(Schema((), (), ()), pruned)


def _told(schema: Schema, pruned: Pruned) -> Schema:
    """The schema with its true lines, and before its own notes those of what was taken out."""
    own = [{**note, "line": pruned.lines[note["line"]]} for note in schema.notes]
    return replace(schema, notes=(*pruned.notes, *own)[:_MOST_NOTES])
