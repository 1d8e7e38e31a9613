"""Reads `story.txt`: the messages, the three annotators' answers, the decisions and the outcomes stated by hand."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
WHO = ("a", "b", "c")
_LABELS = {"O": "organisation", "P": "place", "A": "amount", "D": "date"}

Values = dict[str, Any]


@dataclass
class Item:
    """One message with the three answers, the decisions and the outcomes stated by hand."""

    ref: str
    language: str
    text: str = ""
    base: Values = field(default_factory=dict)
    differs: dict[str, dict[str, str]] = field(default_factory=lambda: {who: {} for who in WHO})
    decisions: dict[str, dict[str, Any]] = field(default_factory=dict)
    stated: dict[str, str] = field(default_factory=dict)

    def answer(self, who: str) -> Values:
        """The judgement values of one annotator."""
        values = dict(self.base)
        for question, written in self.differs[who].items():
            if question != "order":
                values[question] = read(question, written, self.text)
        return {question: value for question, value in values.items() if value not in (None, [])}


def read_story() -> list[Item]:
    """The items of `story.txt`."""
    items: list[Item] = []
    crlf = False
    for line in (HERE / "story.txt").read_text("utf-8").splitlines():
        mark, _, rest = line.partition(" ")
        if mark == "@":
            item, crlf = _header(rest)
            items.append(item)
        elif mark == "=":
            item.base["mentions"] = read("mentions", rest, item.text)
        elif mark in {"A", "B", "C"} and "=" in rest:
            question, _, written = rest.partition("=")
            item.differs[mark.lower()][question] = written
        elif mark == "!":
            question, clause, decided = rest.split(" ", 2)
            written, _, why = decided.rpartition("|")
            item.decisions[question] = {
                "value": read(question, written.strip(), item.text),
                "clause": clause,
                "rationale": why.strip(),
            }
        elif mark == "?":
            item.stated = dict(part.split("=") for part in rest.split())
        elif line and mark != "#":
            item.text = line.replace("⏎", "\r\n" if crlf else "\n")
    return items


def _header(rest: str) -> tuple[Item, bool]:
    ref, language, kind, severity, *options = rest.split()
    given = dict(option.split("=") for option in options if "=" in option)
    item = Item(f"story-{ref}", language, base={"kind": kind, "severity": int(severity)})
    for question in ("topics", "claimed"):
        if question in given:
            item.base[question] = read(question, given[question], "")
    return item, "crlf" in options


def read(question: str, written: str, text: str) -> Any:
    """A judgement value from its written form; `-` is no answer."""
    if written in {"", "-"}:
        return None
    if question == "mentions":
        return sorted(_span(part.strip(), text) for part in written.split(";"))
    return _READERS[question](written)


_READERS: dict[str, Callable[[str], Any]] = {
    "kind": str,
    "topics": lambda written: sorted(written.split(",")),
    "severity": int,
    "claimed": lambda written: float(written) if "." in written else int(written),
    "note": lambda written: [written],
}


def _span(written: str, text: str) -> list[Any]:
    label, _, wanted = written.partition(":")
    wanted, _, nth = wanted.partition("#")
    wanted = wanted.replace("⏎", "\r\n")
    places = [match.start() for match in re.finditer(re.escape(wanted), text)]
    start = places[int(nth or 1) - 1]
    return [start, start + len(wanted), _LABELS[label]]
