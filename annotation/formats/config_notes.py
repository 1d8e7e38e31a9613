"""What of a labelling config is left out without changing what is asked, remembered with tag and line."""

from __future__ import annotations

from annotation.formats.config_xml import Node
from annotation.formats.messages_notes import NOTES

_MOST = 100


class Notes:
    """Notes in the order of the lines, one for each code, tag and attribute."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, ...], dict[str, object]] = {}

    def __call__(self, code: str, node: Node, **params: str) -> None:
        """Remember a code of `messages_notes.NOTES` about a tag; `params` are further words of its sentence."""
        if code in NOTES and len(self._found) < _MOST:
            note = {"code": code, "tag": node.tag, "line": node.line, **params}
            self._found.setdefault((code, node.tag, *params.values()), note)

    def all(self) -> tuple[dict[str, object], ...]:
        """The notes, by line."""
        return tuple(sorted(self._found.values(), key=lambda note: str(note["line"]).zfill(9)))
