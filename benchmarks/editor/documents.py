"""Works as the editor gets them: a long text with many spans."""

import random
from typing import Any

LABELS = ("party", "amount", "period", "duty", "place")
SENTENCES = (
    "The committee noted that the figures were prepared before the adjustment and asked the auditor to confirm them.",
    "Each party shall keep the premises in good repair and bear the cost of what it breaks.",
    "Payment falls due thirty days after the invoice reaches the lessee, whatever the day of the week.",
    "承租人应当妥善保管租赁物，因保管不善造成毁损的，应当承担赔偿责任。",
    "Nothing in this clause limits a right that cannot be limited by agreement.",
)


def work(characters: int, spans: int, *, one_line: bool = False) -> dict[str, Any]:
    """A text of about so many characters with so many spans, drawn with a fixed seed."""
    chance = random.Random(5)
    text = _text(chance, characters, " " if one_line else "\n")
    step = len(text) // spans
    return {
        "assignment": "measured",
        "submitted": False,
        "project": {"id": "p", "name": "Long documents"},
        "item": {"id": "i", "data": {"text": text}, "hashes": {"text": "0"}, "language": "en"},
        "schema": _schema(),
        "guideline": None,
        "draft": {
            "revision": 1,
            "result": [
                _span(text, at, at * step + chance.randrange(step // 3), chance) for at in range(spans)
            ],
        },
        "lease_until": None,
        "reasons": [],
        "left": 3,
    }


def _text(chance: random.Random, characters: int, between: str) -> str:
    """Paragraphs of one to eight sentences."""
    paragraphs: list[str] = []
    length = 0
    while length < characters:
        paragraphs.append(" ".join(chance.choices(SENTENCES, k=chance.randint(1, 8))))
        length += len(paragraphs[-1]) + 1
    return between.join(paragraphs)


def _span(text: str, number: int, start: int, chance: random.Random) -> dict[str, Any]:
    end = start + chance.randint(4, 40)
    return {
        "id": f"s{number}",
        "from_name": "mention",
        "to_name": "text",
        "type": "labels",
        "value": {
            "start": start,
            "end": end,
            "text": text[start:end],
            "labels": [LABELS[number % len(LABELS)]],
        },
    }


def _schema() -> dict[str, Any]:
    labels = [{"key": key, "text": key.title(), "hotkey": str(at + 1)} for at, key in enumerate(LABELS)]
    return {
        "version": 1,
        "fields": [{"name": "text", "key": "text"}],
        "questions": [
            {"key": "mention", "kind": "spans", "field": "text", "title": "Mentions", "labels": labels},
            {"key": "note", "kind": "text", "field": "text", "title": "Note", "rows": 3, "max_texts": 1},
        ],
        "layout": [
            {"node": "field", "name": "text"},
            {"node": "question", "key": "mention"},
            {"node": "question", "key": "note"},
        ],
    }
