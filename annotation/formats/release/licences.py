"""May what comes under one licence be released under another? A table of public licences, and no guess beyond it.

    compatible("CC BY 4.0", "CC-BY-SA-4.0")     # yes; the release owes the source attribution
    compatible("CC-BY-SA-4.0", "CC-BY-4.0")     # no: share-alike goes one way
    compatible("as found", "CC0-1.0")           # no: not known

A release changes what it takes over (labels stand beside the texts), so that it is read as an adaptation: what forbids
derivatives is refused. `data/licences.json` holds the table with the texts and charts in which each row was read. It is
no legal advice, and errs to the strict side.
"""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path

TABLE = Path(__file__).parent / "data" / "licences.json"
PROPRIETARY = "LicenseRef-Proprietary"

_NOISE = re.compile(
    r"\b(licen[cs]e|the|international|generic|unported|universal|version|deed\.\w+|deed|legalcode)\b"
)
_APART = re.compile(r"[^a-z0-9.+]+")
"""All but `+`, which is SPDX for "or any later version": another licence than the one without it."""


@dataclass(frozen=True)
class Licence:
    """What a licence asks of whoever passes on what comes under it. `id` is the SPDX id, or a LicenseRef of ours.

    `sharealike` names the licences under which alone it may be passed on (none: under any). `read` are the addresses of
    the texts and charts from which the row was read.
    """

    id: str
    name: str
    attribution: bool = False
    noncommercial: bool = False
    noderivatives: bool = False
    sharealike: tuple[str, ...] = ()
    read: tuple[str, ...] = ()


@dataclass(frozen=True)
class Verdict:
    """Whether a release under `release` may hold it, why (`because`), and what it then owes the source (`requires`).

    `because` is one of "fits", "nothing" (no licence is stated), "unknown", "statement", "noderivatives",
    "noncommercial", "sharealike", "attribution". `source` is the id where the licence is known, else what was written.
    """

    yes: bool
    because: str
    source: str
    requires: tuple[str, ...] = ()


def known(written: str) -> Licence | None:
    """The licence that people mean by this: its id or one of its names, however it is written; None: not known."""
    licences, names = _table()
    key = names.get(plain(written))
    return licences[key] if key else None


def plain(written: str) -> str:
    """A name to compare: lower case, without "licence", "the", "international" and the like, joined by hyphens."""
    text = unicodedata.normalize("NFKC", written).casefold().strip()
    text = re.sub(r"^https?://(www\.)?", "", text)
    return _APART.sub("-", _NOISE.sub(" ", text)).strip("-.")


def compatible(source: str, release: str, *, statement: bool = False) -> Verdict:
    """Whether what comes under `source` may be released under `release`; both as people write them.

    `statement`: `source` is a text that says who may do what, and no licence's name. A release that is not public may
    hold it; for a public one a person must read it.
    """
    given, wanted = known(source), known(release)
    if wanted is None:
        return Verdict(False, "unknown", given.id if given else source)
    if given is None:
        if statement and wanted.id == PROPRIETARY:
            return Verdict(True, "fits", source, ("statement",))
        return Verdict(
            False, "statement" if statement else "unknown" if source.strip() else "nothing", source
        )
    if because := _against(given, wanted):
        return Verdict(False, because, given.id)
    return Verdict(True, "fits", given.id, _owed(given))


def _against(given: Licence, wanted: Licence) -> str:
    """What forbids it, the strictest first; empty where nothing does."""
    if given.noderivatives:
        return "noderivatives"
    if given.sharealike and wanted.id not in given.sharealike:
        return "sharealike"
    if given.noncommercial and not wanted.noncommercial:
        return "noncommercial"
    if given.attribution and not wanted.attribution:
        return "attribution"
    return ""


def _owed(given: Licence) -> tuple[str, ...]:
    owed = (
        ("attribution", given.attribution),
        ("noncommercial", given.noncommercial),
        ("sharealike", bool(given.sharealike)),
    )
    return tuple(name for name, asked in owed if asked)


@cache
def _table() -> tuple[dict[str, Licence], dict[str, str]]:
    """The licences by id, and the id by every plain name. Raises ValueError where one name stands for two."""
    content = json.loads(TABLE.read_text("utf-8"))
    sources = content["sources"]
    licences: dict[str, Licence] = {}
    names: dict[str, str] = {}
    for key, row in content["licences"].items():
        licences[key] = Licence(
            key,
            row["name"],
            attribution=row.get("attribution", False),
            noncommercial=row.get("noncommercial", False),
            noderivatives=row.get("noderivatives", False),
            sharealike=tuple(row.get("sharealike", ())),
            read=tuple(sources[name] for name in row["read"]),
        )
        for name in (key, row["name"], *row["aliases"]):
            if names.setdefault(plain(name), key) != key:
                raise ValueError(f"{name!r} stands for {names[plain(name)]} and {key}")
    return licences, names


def licences() -> list[Licence]:
    """Every licence of the table, in its order."""
    return list(_table()[0].values())
