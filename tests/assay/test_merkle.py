"""The tree against RFC 9162's own recursive definition, and against the vectors of Certificate Transparency's tests."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.merkle import Tree, check, leaf_hash, node_hash, proof

LINES = st.lists(st.binary(max_size=8), max_size=70)
# The reference log's test data: certificate-transparency-go, `merkletree` (inputs and roots of 0 to 8 leaves).
INPUTS = [
    bytes.fromhex(one)
    for one in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
ROOTS = (
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
)


def by_definition(lines: list[bytes]) -> bytes:
    """MTH of RFC 9162, 2.1.1."""
    if len(lines) < 2:
        return leaf_hash(lines[0]) if lines else hashlib.sha256(b"").digest()
    half = 1
    while 2 * half < len(lines):
        half *= 2
    return node_hash(by_definition(lines[:half]), by_definition(lines[half:]))


def tree_of(lines: list[bytes]) -> Tree:
    tree = Tree()
    for line in lines:
        tree.append(line)
    return tree


@pytest.mark.parametrize("count", range(9))
def test_the_roots_of_the_reference(count: int) -> None:
    assert tree_of(INPUTS[:count]).root().hex() == ROOTS[count]


@given(LINES)
def test_the_streamed_root_is_that_of_the_definition(lines: list[bytes]) -> None:
    tree = tree_of(lines)
    assert tree.root() == by_definition(lines)
    assert tree.count == len(lines)


@given(st.lists(st.binary(max_size=8), min_size=1, max_size=70, unique=True), st.data())
def test_every_leaf_is_proved_and_nothing_else(lines: list[bytes], data: st.DataObject) -> None:
    count, root = len(lines), tree_of(lines).root()
    index = data.draw(st.integers(0, count - 1))
    path = proof(iter(lines), index, count)
    assert check(lines[index], index, count, path, root)
    assert not check(lines[index] + b"x", index, count, path, root)
    assert not check(lines[index], index, count, path, bytes(32))
    assert not check(lines[index], index, count, [*path, bytes(32)], root)
    for other in range(-1, count + 1):
        assert check(lines[index], other, count, path, root) == (other == index)
    for at in range(len(path)):
        turned = [*path[:at], bytes([path[at][0] ^ 1]) + path[at][1:], *path[at + 1 :]]
        assert not check(lines[index], index, count, turned, root)
        assert not check(lines[index], index, count, path[:at], root)


@pytest.mark.parametrize(("index", "count"), [(-1, 3), (3, 3), (0, 0), (0, 2), (2, 4), (0, 4)])
def test_a_leaf_that_is_not_there_has_no_proof(index: int, count: int) -> None:
    with pytest.raises(ValueError, match=r"leaf|leaves"):
        proof([b"a", b"b", b"c"], index, count)


def test_memory_grows_with_the_number_of_bits_alone() -> None:
    tree = Tree()
    for number in range(100_000):
        tree.append(b"%d" % number)
        assert len(tree._peaks) == tree.count.bit_count()
