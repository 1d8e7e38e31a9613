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
MOST_PAIRS = 1_000_000
"""Of words that are compared with one another, over all clauses: beyond them likewise."""
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
    compared = _Budget()
    for number, text in after.items():
        was = before.get(number)
        if was is None:
            found.append(ClauseChange(number, _title(text), "added"))
        elif was.split() != text.split():
            words = compared.pieces(was, text) if len(found) < MOST_CLAUSES else ()
            found.append(ClauseChange(number, _title(text), "changed", words))
    gone = [number for number in before if number not in after]
    found += [ClauseChange(number, _title(before[number]), "removed") for number in gone]
    return found[:MOST_CLAUSES]


def _clauses(text: str) -> dict[str, str]:
    """The text of each clause, from its number to the next one's; the same number again adds to the first."""
    places = [*CLAUSE.finditer(text)]
    found = {"": [text[: places[0].start() if places else len(text)].strip()]}
    ends = [*(one.start() for one in places[1:]), len(text)]
    for place, end in zip(places, ends, strict=False):
        found.setdefault(place[1], []).append(text[place.start() : end].strip())
    return {number: "\n".join(pieces) for number, pieces in found.items() if number or pieces[0]}


def _title(text: str) -> str:
    first = CLAUSE.match(text)
    return plain_title(first[2]) if first else ""


class _Budget:
    """Compares clauses as long as that takes no longer than a reader waits."""

    def __init__(self) -> None:
        self.left = MOST_PAIRS

    def pieces(self, old: str, new: str) -> Sequence[Piece]:
        """The words of both versions; none where they are too many."""
        pair = _Pair(old, new)
        if pair.cost > self.left:
            return ()
        self.left -= pair.cost
        return pair.pieces()


class _Pair:
    """The words of a clause in two versions; between where both begin alike and where both end alike."""

    def __init__(self, old: str, new: str) -> None:
        self.before, self.after = _WORD.findall(old), _WORD.findall(new)
        self.head = _alike(self.before, self.after)
        rest = len(self.before) - self.head, len(self.after) - self.head
        self.tail = min(_alike(self.before[::-1], self.after[::-1]), *rest)

    @property
    def cost(self) -> int:
        """How many pairs of words a comparison may look at; more than there may be where a clause is too long."""
        if max(len(self.before), len(self.after)) > MOST_WORDS:
            return MOST_PAIRS + 1
        alike = self.head + self.tail
        return (len(self.before) - alike) * (len(self.after) - alike)

    def pieces(self) -> Sequence[Piece]:
        """What stayed, what is gone and what is new, in order."""
        return [piece for piece in self._pieces() if piece[1]]

    def _pieces(self) -> Iterator[Piece]:
        before, after, head, tail = self.before, self.after, self.head, self.tail
        yield from _around(after[:head], first=True, last=False)
        middle = before[head : len(before) - tail], after[head : len(after) - tail]
        matcher = difflib.SequenceMatcher(None, *middle, autojunk=False)
        for tag, i1, i2, j1, j2 in matcher.get_opcodes():
            if tag == "equal":
                yield from _around(middle[1][j1:j2], first=False, last=False)
                continue
            yield "removed", "".join(middle[0][i1:i2])
            yield "added", "".join(middle[1][j1:j2])
        yield from _around(after[len(after) - tail :], first=False, last=True)


def _alike(one: Sequence[str], other: Sequence[str]) -> int:
    """How many words both begin with."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (here, there) in pairs if here != there), min(len(one), len(other)))


def _around(words: list[str], *, first: bool, last: bool) -> Iterator[Piece]:
    """Of what stayed only the words next to a change; three dots stand for the others."""
    head, tail = (0 if first else 2 * _CONTEXT), (0 if last else 2 * _CONTEXT)
    if len(words) <= head + tail + 1:
        yield "same", "".join(words)
        return
    shown = ["".join(words[:head]), "".join(words[len(words) - tail :] if tail else [])]
    yield "same", " … ".join(shown)
