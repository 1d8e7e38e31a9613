"""The gallery of project templates: data files in `annotation/templates_library/`."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.translation import get_language

from experts.models.sector import localised

FOLDER = Path(__file__).resolve().parent.parent / "templates_library"


@dataclass(frozen=True)
class Template:
    """One template in the reader's language. `sector` is a key, or None when it fits any."""

    key: str
    sector: str | None
    name: str
    description: str
    columns: list[str]
    config: str


@cache
def _index() -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads((FOLDER / "index.json").read_text("utf-8"))
    return rows


@cache
def _config(filename: str) -> str:
    return (FOLDER / filename).read_text("utf-8")


def templates() -> list[Template]:
    """Every template, in the order of the index."""
    return [_template(row) for row in _index()]


def _template(row: dict[str, Any]) -> Template:
    configs = row["configs"]
    return Template(
        key=row["key"],
        sector=row["sector"],
        name=localised(row["name"]),
        description=localised(row["description"]),
        columns=row["columns"],
        config=_config(configs.get(get_language() or "en") or configs["en"]),
    )
