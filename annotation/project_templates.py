"""The gallery of project templates: data files in `annotation/templates_library/`."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from annotation.formats.labelling_config import parse_config
from annotation.formats.schema import Schema
from experts.models.sector import localised

FOLDER = Path(__file__).resolve().parent / "templates_library"

FAMILIES: dict[str, str | Promise] = {
    "writing": _("Original human data"),
    "documents": _("Judging texts"),
    "spans": _("Marking texts"),
    "dialogues": _("Dialogues"),
    "tables": _("Tables"),
    "pages": _("PDFs and pictures"),
}
"""The groups of the gallery in their order."""


@dataclass(frozen=True)
class Template:
    """One template in the reader's language. `sector` is a key, or None when it fits any."""

    key: str
    family: str
    sector: str | None
    name: str
    description: str
    columns: list[str]
    config: str

    @property
    def schema(self) -> Schema:
        """What it asks."""
        return _schema(self.config)

    @property
    def example(self) -> dict[str, Any]:
        """A row that it can be tried with."""
        return example_of(self.key)


@cache
def _index() -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads((FOLDER / "index.json").read_text("utf-8"))
    return rows


@cache
def _config(filename: str) -> str:
    return (FOLDER / filename).read_text("utf-8")


@cache
def _schema(config: str) -> Schema:
    return parse_config(config)


@cache
def _examples(key: str) -> dict[str, dict[str, Any]]:
    rows: dict[str, dict[str, Any]] = json.loads((FOLDER / "examples" / f"{key}.json").read_text("utf-8"))
    return rows


def example_of(key: str) -> dict[str, Any]:
    """The example row of a template, in the reader's language; raises FileNotFoundError for an unknown key."""
    found = _examples(key)
    return found.get(get_language() or "en") or found["en"]


def templates() -> list[Template]:
    """Every template, in the order of the index."""
    return [_template(row) for row in _index()]


def _template(row: dict[str, Any]) -> Template:
    configs = row["configs"]
    return Template(
        key=row["key"],
        family=row["family"],
        sector=row["sector"],
        name=localised(row["name"]),
        description=localised(row["description"]),
        columns=row["columns"],
        config=_config(configs.get(get_language() or "en") or configs["en"]),
    )


def search(found: Sequence[Template], words: str, sector: str = "") -> list[Template]:
    """Those whose name, description, family or tags hold all the words, and that fit the sector (a key, or empty)."""
    wanted = words.casefold().split()
    return [
        one
        for one in found
        if (not sector or one.sector in (None, sector)) and all(word in _words(one) for word in wanted)
    ]


def _words(template: Template) -> str:
    tags = " ".join(question.tag for question in template.schema.questions)
    fields = " ".join(field.kind for field in template.schema.fields)
    family = FAMILIES[template.family]
    parts = (template.name, template.description, str(family), tags, fields, template.key)
    return " ".join(parts).casefold()


def by_family(found: Sequence[Template]) -> list[tuple[str, str | Promise, list[Template]]]:
    """The templates in groups: key and name of the family, and its templates; families without any are left out."""
    groups = [(key, name, [one for one in found if one.family == key]) for key, name in FAMILIES.items()]
    return [group for group in groups if group[2]]
