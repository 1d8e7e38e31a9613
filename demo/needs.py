"""What some of the example's items ask of people, and what the projects ask: added to the rows when they come in.

Dates are counted from the day of seeding, so that the example does not grow old.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date, timedelta

Needs = Mapping[str, object]
_DAYS = "_due_in"

NEEDS: Mapping[str, Mapping[tuple[int, ...], Needs]] = {
    "legal-en": {
        # Nobody here has it: the page on coverage says so.
        (49, 50, 51, 52): {"_speciality": "banking law", "_jurisdiction": "DE"},
        # One person has it, and the items want three.
        (44, 45): {"_jurisdiction": "IE"},
        (27, 31, 39): {"_kind": "indemnity"},
        (11, 12, 13, 14, 15, 16): {"_speciality": "commercial contracts"},
        (1, 2, 3): {"_parties": ["Harrowgate Tools Ltd", "Vale & Pinder Fabrication Ltd"], _DAYS: 6},
        (21, 22): {"_priority": 2},
    },
    "legal-zh": {
        (36, 37): {"_room": "加盟方"},
        (38, 39): {"_room": "特许人"},
        (1, 2, 3): {_DAYS: 5},
    },
    "healthcare-en": {
        (24, 25, 26): {"_speciality": "paediatrics"},
        (1, 2): {"_speciality": "internal medicine"},
        (39, 40): {"_priority": 3, _DAYS: 2},
        (28, 29): {_DAYS: 9},
    },
    "healthcare-zh": {(5, 6): {_DAYS: 4}},
    "finance-en": {(1, 2, 3, 4): {"_jurisdiction": "US"}, (10, 11): {_DAYS: 3, "_priority": 1}},
    "finance-zh": {(1, 2, 3): {_DAYS: 7}},
}
UNDERTAKING: Mapping[str, str] = {
    "legal-en": (
        "I keep what I read here to myself.\n\n"
        "The clauses come from contracts whose parties rely on secrecy. I do not copy them, quote them or put them "
        "into any other tool, and I tell nobody who the parties are. I stop and say so when I know one of them.\n\n"
        "This holds after I leave the project."
    )
}
NOT_YET = frozenset({"yanqiu@demo.example"})
"""Who has not accepted it: they are asked when they come."""
WALLS: Mapping[str, list[str]] = {"legal-zh": ["加盟方", "特许人"]}
RESIDENCES: Mapping[str, list[str]] = {"healthcare-zh": ["CN"]}
ADAPTIVE: Mapping[str, Mapping[str, object]] = {
    "finance-en": {"policy": "adaptive", "overlap": 2, "overlap_max": 4, "stop_at": 0.9}
}
INTERESTS: Mapping[str, str] = {"tobias@demo.example": "Harrowgate Tools Limited"}
"""Organisations that somebody has an interest in; the items name one of them in another form."""


def asking(key: str, lines: Iterable[str], today: date) -> list[str]:
    """The lines of a project's JSONL file with what its items ask for."""
    asked = {f"{key}-{number:03}": needs for refs, needs in NEEDS[key].items() for number in refs}
    return [_line(line, asked, today) for line in lines]


def _line(line: str, asked: Mapping[str, Needs], today: date) -> str:
    row = json.loads(line)
    needs = dict(asked.get(row["ref"], {}))
    days = needs.pop(_DAYS, None)
    if isinstance(days, int):
        needs["_due"] = (today + timedelta(days=days)).isoformat()
    return json.dumps({**row, **needs}, ensure_ascii=False) + "\n" if asked else line
