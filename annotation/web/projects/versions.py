"""What guideline, schema and undertaking share: choosing a version, and the difference between two."""

import difflib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeVar

from django.db.models import QuerySet
from django.http import HttpRequest

from annotation.models import Guideline, LabelSchema, Undertaking
from core.refusals import NotFound

V = TypeVar("V", Guideline, LabelSchema, Undertaking)

_CONTEXT = 3
_LONGEST = 5000  # lines: beyond them a comparison would keep the web process busy


@dataclass(frozen=True)
class Line:
    """One line of a difference: `kind` is same, added, removed or gap; `sign` says it without colour."""

    kind: str
    text: str

    @property
    def sign(self) -> str:
        return {"added": "+", "removed": "−", "gap": "⋯"}.get(self.kind, " ")


def chosen(request: HttpRequest, versions: QuerySet[V], name: str = "version") -> V:
    """The version that the query string names, else the newest. Raises NotFound."""
    wanted = request.GET.get(name, "")
    if wanted:
        versions = (
            versions.filter(version=int(wanted))
            if wanted.isdecimal() and len(wanted) < 9
            else versions.none()
        )
    found = versions.order_by("-version").first()
    if found is None:
        raise NotFound
    return found


def difference(old: str, new: str) -> list[Line]:
    """Line by line, with three lines of context around each change. Empty when nothing differs."""
    before, after = old.splitlines()[:_LONGEST], new.splitlines()[:_LONGEST]
    return list(_lines(before, after))


def _lines(before: list[str], after: list[str]) -> Iterator[Line]:
    groups = difflib.SequenceMatcher(a=before, b=after, autojunk=False).get_grouped_opcodes(_CONTEXT)
    for number, group in enumerate(groups):
        if number:
            yield Line("gap", "")
        for tag, i1, i2, j1, j2 in group:
            if tag == "equal":
                yield from (Line("same", text) for text in before[i1:i2])
                continue
            yield from (Line("removed", text) for text in before[i1:i2])
            yield from (Line("added", text) for text in after[j1:j2])
