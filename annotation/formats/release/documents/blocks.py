"""What a card is made of, and how it becomes Markdown. Texts in blocks are Markdown already (`plain.escaped`)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Words:
    """A paragraph."""

    text: str


@dataclass(frozen=True)
class Points:
    """A list."""

    lines: Sequence[str]


@dataclass(frozen=True)
class Table:
    """Rows under a head; a row has as many cells as the head."""

    head: Sequence[str]
    rows: Sequence[Sequence[str]]


@dataclass(frozen=True)
class Code:
    """Lines of a program."""

    language: str
    text: str


@dataclass(frozen=True)
class Section:
    """A heading and what stands under it; one with no blocks is left out."""

    title: str
    blocks: Sequence[Block]


Block = Words | Points | Table | Code


def markdown(title: str, sections: Sequence[Section]) -> str:
    """The whole text, from its heading on."""
    pieces = [f"# {title}"]
    for section in sections:
        blocks = [text for text in map(_text, section.blocks) if text]
        if blocks:
            pieces += [f"## {section.title}", *blocks]
    return "\n\n".join(pieces) + "\n"


def _text(block: Block) -> str:
    match block:
        case Words(text):
            return text
        case Points(lines):
            return "\n".join(f"- {one}" for one in lines)
        case Table(head, rows):
            told: list[Sequence[str]] = [head, ["---"] * len(head), *rows] if rows else []
            return "\n".join(f"| {' | '.join(cells)} |" for cells in told)
        case Code(language, text):
            return f"```{language}\n{text}\n```"
