"""The Merkle tree of RFC 9162 (Certificate Transparency), section 2.1, with SHA-256.

A leaf is the SHA-256 of 0x00 and the line of a record without its end, a node that of 0x01 and its two children. The
left child of n leaves holds the largest power of two below n.
"""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Iterable, Sequence

HASH = "rfc9162-sha256"
"""What a manifest calls this tree."""


def leaf_hash(line: bytes) -> bytes:
    """The hash of one leaf."""
    return hashlib.sha256(b"\x00" + line).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of a node over two others."""
    return hashlib.sha256(b"\x01" + left + right).digest()


class Tree:
    """A tree that grows by one leaf at a time and keeps a hash for each bit of their number.

    >>> tree = Tree()
    >>> tree.append(b"{}")
    >>> tree.root().hex()[:8]
    '28a3a18f'
    """

    def __init__(self) -> None:
        self.count = 0
        self._peaks: list[bytes] = []

    def append(self, line: bytes) -> None:
        """Add the leaf of a line (without its end)."""
        self.grow(leaf_hash(line))

    def grow(self, leaf: bytes) -> None:
        """Add a leaf that is hashed already."""
        peak, rest = leaf, self.count
        while rest & 1:  # a subtree of this size is there already: both become one of twice the size
            peak = node_hash(self._peaks.pop(), peak)
            rest >>= 1
        self._peaks.append(peak)
        self.count += 1

    def root(self) -> bytes:
        """The root, 32 bytes; that of no leaf is the SHA-256 of nothing."""
        if not self._peaks:
            return hashlib.sha256().digest()
        root, *others = reversed(self._peaks)
        for peak in others:
            root = node_hash(peak, root)
        return root


def proof(lines: Iterable[bytes], index: int, count: int) -> list[bytes]:
    """The inclusion path of leaf `index` of `count`, from the leaf up (RFC 9162, 2.1.3.1), in one pass over the lines.

    Raises ValueError where there is no such leaf or there are not `count` lines.
    """
    return proof_of_leaves(map(leaf_hash, lines), index, count)


def proof_of_leaves(leaves: Iterable[bytes], index: int, count: int) -> list[bytes]:
    """The same from leaves that are hashed already."""
    if not 0 <= index < count:
        raise ValueError(f"there is no leaf {index} among {count}")
    stretches = _stretches(index, count)
    trees = {first: Tree() for first, _last in stretches}
    rest = iter(leaves)
    for first, last in sorted([*stretches, (index, index + 1)]):
        tree = trees.get(first, Tree())  # of the leaf itself: thrown away
        for leaf in itertools.islice(rest, last - first):
            tree.grow(leaf)
        if tree.count != last - first:
            raise ValueError(f"there are fewer than {count} leaves")
    if next(rest, None) is not None:
        raise ValueError(f"there are more than {count} leaves")
    return [trees[first].root() for first, _last in stretches]


def _stretches(index: int, count: int) -> list[tuple[int, int]]:
    """The leaves below each hash of the path, the lowest first."""
    first, last, found = 0, count, []
    while last - first > 1:
        middle = first + (1 << ((last - first - 1).bit_length() - 1))
        if index < middle:
            found.append((middle, last))
            last = middle
        else:
            found.append((first, middle))
            first = middle
    return found[::-1]


def check(line: bytes, index: int, count: int, path: Sequence[bytes], root: bytes) -> bool:
    """Whether the line is leaf `index` of the tree with `count` leaves and this root (RFC 9162, 2.1.3.2)."""
    if not 0 <= index < count:
        return False
    at, last, found = index, count - 1, leaf_hash(line)
    for one in path:
        if last == 0 or len(one) != len(found):
            return False
        if at & 1 or at == last:
            found = node_hash(one, found)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            found = node_hash(found, one)
        at, last = at >> 1, last >> 1
    return last == 0 and found == root
