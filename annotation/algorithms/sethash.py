"""A hash of a set that is kept as members come and go, whatever their order.

The digest is the sum of the members' SHA-256 hashes modulo 2^256, with their number: adding and removing are one
addition each, and shards add up. It tells an accidental difference (a lost, doubled or changed annotation) from none.
It is no proof against an adversary, who could search for other members with the same sum (Wagner 2002,
doi:10.1007/3-540-45708-9_19); for that, hash the sorted members.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from annotation.algorithms.canonical import canonical_json

_MODULUS = 1 << 256


@dataclass(frozen=True)
class SetHash:
    """`total` is the sum of the members' hashes modulo 2^256, `members` their number (a doubled one counts twice)."""

    total: int = 0
    members: int = 0

    @classmethod
    def of(cls, members: Iterable[object]) -> SetHash:
        """The hash of JSON values. Raises what `canonical_json` raises."""
        found = cls()
        for member in members:
            found = found.added(member)
        return found

    def added(self, member: object) -> SetHash:
        """With one more member, a JSON value. Raises what `canonical_json` raises."""
        return SetHash((self.total + _hash(member)) % _MODULUS, self.members + 1)

    def removed(self, member: object) -> SetHash:
        """Without a member, which must be in: that cannot be checked here beyond their number.

        Raises ValueError when there is none left to remove.
        """
        if not self.members:
            raise ValueError("nothing is left to remove")
        return SetHash((self.total - _hash(member)) % _MODULUS, self.members - 1)

    def __add__(self, other: SetHash) -> SetHash:
        """The hash of both sets together."""
        return SetHash((self.total + other.total) % _MODULUS, self.members + other.members)

    @property
    def text(self) -> str:
        """As it is stored: the sum as 64 hexadecimal digits, a colon, the number of members."""
        return f"{self.total:064x}:{self.members}"

    @classmethod
    def from_text(cls, text: str) -> SetHash:
        """Read back what `text` gave. Raises ValueError for anything else."""
        total, _, members = text.partition(":")
        found = cls(int(total, 16), int(members))
        if found.text != text:
            raise ValueError("not the text of a set hash")
        return found


def _hash(member: object) -> int:
    return int.from_bytes(hashlib.sha256(canonical_json(member)).digest(), "big")
