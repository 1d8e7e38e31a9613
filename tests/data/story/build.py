"""Writes the story's JSON files from `story.txt`; run `python -m tests.data.story.build` after editing it.

It shares no code with Assay: answers are compared and counted here on their own, and each outcome must be
the one that `story.txt` states by hand, so that the expectations do not come from the code under test.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.data.story.source import HERE, WHO, Item, Values, read_story

TYPES = {
    "kind": "choices",
    "topics": "choices",
    "severity": "rating",
    "mentions": "labels",
    "claimed": "number",
    "note": "textarea",
}


def result(values: Values, text: str, prefix: str, *, reverse: bool = False) -> list[dict[str, Any]]:
    """The regions for `values`; `reverse` writes spans and sets the other way round."""
    regions: list[dict[str, Any]] = []
    for question, kind in TYPES.items():
        for shape in _shapes(question, values.get(question), text, reverse):
            regions.append(
                {
                    "id": f"{prefix}-{len(regions)}",
                    "from_name": question,
                    "to_name": "text",
                    "type": kind,
                    "value": shape,
                }
            )
    return regions


def _shapes(question: str, value: Any, text: str, reverse: bool) -> list[dict[str, Any]]:
    if value is None:
        return []
    if question == "mentions":
        spans = value[::-1] if reverse else value
        return [{"start": s, "end": e, "text": text[s:e], "labels": [label]} for s, e, label in spans]
    if question == "topics":
        return [{"choices": value[::-1] if reverse else value}]
    return [
        {"kind": {"choices": [value]}, "severity": {"rating": value}, "claimed": {"number": value}}.get(
            question, {"text": value}
        )
    ]


def outcome(item: Item, question: str) -> dict[str, Any]:
    """How a question comes out under both dispute rules, and its gold; must be as `story.txt` states."""
    said = {who: item.answer(who).get(question) for who in WHO}
    if question == "note":
        return {"how": "collected", "gold": [text for value in said.values() for text in value or ()] or None}
    groups: list[tuple[Any, list[str]]] = []
    for who, value in said.items():
        for known, people in groups:
            if known == value:
                people.append(who)
                break
        else:
            groups.append((value, [who]))
    shape = {1: "U", 2: "M", 3: "D"}[len(groups)]
    if shape != item.stated.get(question, "U"):
        raise SystemExit(
            f"{item.ref} {question}: {shape}, but story.txt says {item.stated.get(question, 'U')}"
        )
    if shape == "U":
        return {"how": "unanimous", "gold": groups[0][0], "dissent": []}
    decided = item.decisions[question]["value"]
    found: dict[str, Any] = {
        "any_difference": {"how": "adjudicated", "gold": decided, "dissent": _dissent(said, decided)}
    }
    most = max(groups, key=lambda group: len(group[1]))[0]
    found["no_majority"] = (
        {"how": "majority", "gold": most, "dissent": _dissent(said, most)}
        if shape == "M"
        else dict(found["any_difference"])
    )
    return found


def _dissent(said: dict[str, Any], gold: Any) -> list[str]:
    return [who for who, value in said.items() if value != gold]


def outputs() -> dict[Path, str]:
    """Every file this script writes, with its content."""
    items = read_story()
    rows = [
        {
            "text": item.text,
            "ref": item.ref,
            "_source": "Assay story, written for the project",
            "_licence": "CC-BY-4.0",
            "_language": item.language,
            "_group": f"letters-{(at // 4) + 1}",
        }
        for at, item in enumerate(items)
    ]
    answers = {
        item.ref: {
            who: result(
                item.answer(who), item.text, f"{item.ref}-{who}", reverse="order" in item.differs[who]
            )
            for who in WHO
        }
        for item in items
    }
    decisions = {
        item.ref: {
            question: {
                "result": result({question: made["value"]}, item.text, f"{item.ref}-{question}"),
                "clause": made["clause"],
                "rationale": made["rationale"],
            }
            for question, made in item.decisions.items()
        }
        for item in items
        if item.decisions
    }
    expected = {item.ref: {question: outcome(item, question) for question in TYPES} for item in items}
    return {
        HERE / "items.jsonl": "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows),
        HERE / "answers.json": _lines(answers),
        HERE / "decisions.json": _lines(decisions),
        HERE / "expected.json": _lines(expected),
    }


def _lines(value: dict[str, dict[str, Any]]) -> str:
    """JSON with one line for each inner entry, so that a change reads well in a diff."""
    entries = [
        f"{json.dumps(ref)}: {{\n"
        + ",\n".join(
            f"  {json.dumps(key)}: {json.dumps(inner, ensure_ascii=False)}" for key, inner in entry.items()
        )
        + "\n}"
        for ref, entry in value.items()
    ]
    return "{\n" + ",\n".join(entries) + "\n}\n"


if __name__ == "__main__":
    for path, content in outputs().items():
        path.write_text(content, "utf-8")
