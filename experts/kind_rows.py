"""Kinds of credentials as rows of a JSON file: what a row holds, and what is wrong with one. Pure.

A row: `key`, `sector`, `category`, `name` (`en`, and other languages), `credential_class`; if wanted `class_name`,
`issuers`, `jurisdictions`, `expires`, `number_formats` (see `experts/numbers.py`).
"""

import re
from collections.abc import Collection, Iterator
from typing import Any

from experts.numbers import CHECKS

NEEDED = ("key", "sector", "category", "name", "credential_class")
LISTS = ("issuers", "jurisdictions", "number_formats")
_KEY = re.compile(r"[a-z0-9_-]{1,60}")


def problems(
    row: Any, *, sectors: Collection[str], categories: Collection[str], places: Collection[str]
) -> Iterator[str]:
    """Each thing that is wrong with a row, for the person at the terminal; nothing for a good one."""
    if not isinstance(row, dict):
        yield "is not an object"
        return
    if missing := [name for name in NEEDED if not row.get(name)]:
        yield f"lacks {', '.join(missing)}"
        return
    yield from _words(row, sectors, categories)
    for name in LISTS:
        if not isinstance(row.get(name, []), list):
            yield f"{name} is not a list"
            return
    if unknown := [place for place in row.get("jurisdictions", []) if place not in places]:
        yield f"unknown jurisdictions: {unknown}"
    for form in row.get("number_formats", []):
        yield from _format(form)


def _words(row: dict[str, Any], sectors: Collection[str], categories: Collection[str]) -> Iterator[str]:
    for name in ("key", "credential_class"):
        if not (isinstance(row[name], str) and _KEY.fullmatch(row[name])):
            yield f"{name} is not a word of at most 60 of a-z, 0-9, _ and -"
    if row["sector"] not in sectors:
        yield f"unknown sector {row['sector']!r}; there are {', '.join(sorted(sectors))}"
    if row["category"] not in categories:
        yield f"unknown category {row['category']!r}; there are {', '.join(sorted(categories))}"
    for name in ("name", "class_name"):
        names = row.get(name, {"en": "-"})
        if not (
            isinstance(names, dict) and names.get("en") and all(isinstance(v, str) for v in names.values())
        ):
            yield f"{name} is not an object of texts with one for en"
    if not isinstance(row.get("expires", True), bool):
        yield "expires is neither true nor false"


def _format(form: Any) -> Iterator[str]:
    if not (isinstance(form, dict) and isinstance(form.get("pattern"), str)):
        yield "a number format without a pattern"
        return
    try:
        re.compile(form["pattern"])
    except re.error as error:
        yield f"the pattern {form['pattern']!r} is not a regular expression: {error}"
    if form.get("check", "") not in ("", *CHECKS):
        yield f"unknown check {form['check']!r}; there are {', '.join(CHECKS)}"
    if not isinstance(form.get("jurisdiction", ""), str):
        yield "the jurisdiction of a number format is not text"
