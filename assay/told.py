"""What the command prints of a release: for people, or as JSON for programs."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from assay.verdict import Verdict
from assay.words import plain, problem_line, say

_TEXTS = ("name", "licence", "rows", "root", "files", "index")


def as_json(verdict: Verdict, language: str) -> str:
    """The verdict as one JSON object, ASCII alone."""
    told = {
        "verdict": verdict.state,
        "status": verdict.status,
        "key": verdict.key,
        "problems": [
            {"code": one.code, "where": one.where, "sentence": problem_line(one, language)}
            for one in verdict.problems
        ],
        "problem_count": verdict.count,
        **verdict.facts,
    }
    return json.dumps(told, sort_keys=True, indent=2)


def verdict_lines(verdict: Verdict, language: str) -> Iterator[str]:
    """What was found, and the verdict last."""
    yield from fact_lines(verdict.facts, verdict.key, language)
    for problem in verdict.problems:
        yield problem_line(problem, language)
    if verdict.count > len(verdict.problems):
        yield say("more", language, count=verdict.count - len(verdict.problems))
    yield say(verdict.state, language)


def fact_lines(facts: Mapping[str, Any], key: str, language: str) -> Iterator[str]:
    """Name and value of each fact, then the waivers: a release that needed one says so."""
    organisation, splits = facts.get("organisation"), facts.get("splits")
    row, gate = facts.get("row"), facts.get("gate")
    found = {name: facts[name] for name in _TEXTS if name in facts}
    if isinstance(organisation, dict):
        found["organisation"] = f"{organisation.get('name')} ({organisation.get('uid')})"
    if isinstance(facts.get("formats"), list):
        found["formats"] = ", ".join(map(str, facts["formats"]))
    if isinstance(splits, dict) and isinstance(splits.get("rows"), dict):
        found["splits"] = ", ".join(f"{name} {count}" for name, count in splits["rows"].items())
    if isinstance(row, dict):
        found["item"] = row.get("id")
    if key:
        found["key"] = key
    if gate:
        found["gate"] = say("yes" if gate["passed"] else "no", language)
    for name, value in found.items():
        yield f"{say(f'fact_{name}', language)}: {plain(value)}"
    for one in gate["waivers"] if gate else ():
        yield say("waiver", language, **one)


def check_lines(gate: Mapping[str, Any], language: str) -> Iterator[str]:
    """Every check of the gate with its figure."""
    for one in gate["checks"]:
        code = "check_unasked" if not one["asked"] else "check_passed" if one["passed"] else "check_failed"
        yield f"  {plain(one['check'])}: {say(code, language)} ({plain(one.get('figure'))})"
