"""The gate before a release is published: its checks, in the order in which they are told, and what each one says.

A check is a JSON object, as the manifest holds it:

    {"check": "overlap", "passed": false, "asked": true, "figure": 1, "params": {"because": "below", "least": 2, ...}}

`figure` is the one number it comes to (null: there is none), `params["because"]` says why it passed or did not, and
the rest of `params` fills the sentence `gate_<check>_<because>` of `messages_gate.py`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from annotation.formats.messages_gate import GATE, NAMES

LATER = "later"
"""Why a check that is not measured yet has neither passed nor failed (`passed` is null)."""

CHECKS = tuple(NAMES)
"""The keys of all checks, in order."""

Check = dict[str, Any]


def check(
    key: str, because: str, *, passed: bool | None, asked: bool, figure: float | None = None, **params: Any
) -> Check:
    """One check. Raises ValueError for a reason that has no sentence."""
    if f"gate_{key}_{because}" not in GATE:
        raise ValueError(f"nothing is said of {key} {because}")
    return {
        "check": key,
        "passed": passed,
        "asked": asked,
        "figure": figure,
        "params": {"because": because, **params},
    }


def code_of(one: Mapping[str, Any]) -> str:
    """The code of its sentence in `messages_gate`."""
    return f"gate_{one['check']}_{one['params'].get('because', '')}"


def failed(checks: Iterable[Mapping[str, Any]]) -> list[str]:
    """The keys of those that were asked and did not pass."""
    return [one["check"] for one in checks if one["asked"] and not one["passed"]]


def unwaived(checks: Iterable[Mapping[str, Any]], waived: Iterable[str]) -> list[str]:
    """The keys of those that keep a release from being published."""
    known = set(waived)
    return [key for key in failed(checks) if key not in known]
