"""What is different between two versions of a guideline: clause by clause, word by word."""

import difflib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from annotation.formats.markdown import CLAUSE, plain_title

Kind = Literal["changed", "added", "removed"]
Piece = tuple[Literal["same", "added", "removed"], str]

MOST_WORDS = 2000
"""Of a clause: beyond them it is only said that it changed; a comparison would keep the web process busy."""
MOST_CLAUSES = 200
_WORD = re.compile(r"\s+|[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]|\w+|[^\w\s]")
_CONTEXT = 8


@dataclass(frozen=True)
class ClauseChange:
    """`clause` is empty for what stands before the first clause; `words` where it is in both and not too long."""

    clause: str
    title: str
    kind: Kind
    words: Sequence[Piece] = ()


def changes(old: str, new: str) -> Sequence[ClauseChange]:
    """In the order of the new version; what is gone comes last. Changed white space alone is no change."""
    before, after = _clauses(old), _clauses(new)
    found: list[ClauseChange] = []
    for number, text in after.items():
        was = before.get(number)
        if was is None:
            found.append(ClauseChange(number, _title(text), "added"))
        elif was.split() != text.split():
            found.append(ClauseChange(number, _title(text), "changed", _compared(was, text)))
    gone = [number for number in before if number not in after]
    found += [ClauseChange(number, _title(before[number]), "removed") for number in gone]
    return found[:MOST_CLAUSES]


def _clauses(text: str) -> dict[str, str]:
    """The text of each clause, from its number to the next one's; the same number again adds to the first."""
    places = [*CLAUSE.finditer(text)]
    found = {"": text[: places[0].start() if places else len(text)].strip()}
    ends = [*(one.start() for one in places[1:]), len(text)]
    for place, end in zip(places, ends, strict=False):
        piece = text[place.start() : end].strip()
        found[place[1]] = f"{found[place[1]]}\n{piece}" if place[1] in found else piece
    return {number: piece for number, piece in found.items() if number or piece}


def _title(text: str) -> str:
    first = CLAUSE.match(text)
    return plain_title(first[2]) if first else ""


def _compared(old: str, new: str) -> Sequence[Piece]:
    before, after = _WORD.findall(old), _WORD.findall(new)
    if max(len(before), len(after)) > MOST_WORDS:
        return ()
    return list(_joined(_pieces(before, after)))


def _pieces(before: list[str], after: list[str]) -> Iterator[Piece]:
    matcher = difflib.SequenceMatcher(a=before, b=after, autojunk=False)
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            yield from _around(after[j1:j2], first=i1 == 0, last=i2 == len(before))
            continue
        if i1 < i2:
            yield "removed", "".join(before[i1:i2])
        if j1 < j2:
            yield "added", "".join(after[j1:j2])


def _around(words: list[str], *, first: bool, last: bool) -> Iterator[Piece]:
    """Of what stayed only the words next to a change; three dots stand for the others."""
    head, tail = (0 if first else 2 * _CONTEXT), (0 if last else 2 * _CONTEXT)
    if len(words) <= head + tail + 1:
        yield "same", "".join(words)
        return
    shown = ["".join(words[:head]), "".join(words[len(words) - tail :] if tail else [])]
    yield "same", " … ".join(shown)


def _joined(pieces: Iterator[Piece]) -> Iterator[Piece]:
    """Without what is empty."""
    return (piece for piece in pieces if piece[1])
