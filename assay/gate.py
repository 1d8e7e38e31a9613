"""The policy verdict of a release: did every check pass that was asked, or did somebody waive it by name?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from assay.problems import Problem
from assay.reading import MANIFEST


def gate_problems(gate: Mapping[str, Any]) -> Iterator[Problem]:
    """What speaks against the release: checks that failed without a waiver, waivers without a reason or a check."""
    waived = {one["check"] for one in gate["waivers"]}
    failed = [one for one in gate["checks"] if one["asked"] and not one["passed"]]
    for one in failed:
        if one["check"] not in waived:
            yield Problem("gate_failed", MANIFEST, {"check": one["check"], "figure": one.get("figure")})
    if not gate["passed"]:
        yield Problem("gate_closed", MANIFEST)
    known = {one["check"] for one in gate["checks"]}
    for one in gate["waivers"]:
        if one["check"] not in known or not one["by"].strip() or not one["reason"].strip():
            yield Problem("waiver_form", MANIFEST, {"check": one["check"]})
