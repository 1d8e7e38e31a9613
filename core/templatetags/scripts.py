"""The addresses of the editor's chunks, which carry their content's hash in their names already."""

import json
from functools import cache

from django import template
from django.contrib.staticfiles import finders
from django.templatetags.static import static

register = template.Library()
MANIFEST = "assay/manifest.json"


@cache
def _files() -> dict[str, str]:
    """File by name, as the build wrote them, read once a process; none where the editor was not built."""
    place = finders.find(MANIFEST)
    if not place:
        return {}
    with open(str(place), encoding="utf-8") as written:
        rows = json.load(written).values()
    return {row["name"]: row["file"] for row in rows if "name" in row}


@register.simple_tag
def chunk(name: str) -> str:
    """The address under which scripts import a chunk: beside the editor's own. Empty without a build."""
    found = _files().get(name)
    folder = static("assay/editor.js").rpartition("/")[0]
    return f"{folder}/{found}" if found else ""
