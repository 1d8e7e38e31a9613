"""Which texts are nearly the same: sketches of their runs of five characters (MinHash), and keys to find them by.

The share of equal places of two sketches estimates the Jaccard similarity of the texts' sets of runs. Texts of
similarity s share at least one of the eight keys with a probability of 1 - (1 - s^6)^8: 0.98 at 0.85, 0.91 at 0.8,
0.12 at 0.5. Characters, so that it works for scripts without spaces; case and white space do not count.

Broder, A. Z. (1997). On the resemblance and containment of documents. doi:10.1109/SEQUEN.1997.666900
"""

from __future__ import annotations

import hashlib

import numpy as np
import rensa
from numpy.typing import NDArray

from annotation.algorithms.quality.chunk import Text
from annotation.algorithms.quality.grams import Hashes, grams

KEY, VERSION = "near", 1
RUN = 5
PLACES = 128
BANDS, ROWS = 8, 6
FEWEST_CHARACTERS = 30
"""Shorter texts have too few runs to be compared: they are equal or they are not."""
ALIKE = 0.8

Sketch = NDArray[np.uint16]


def sketches_of(texts: list[Text]) -> dict[int, tuple[bytes, list[int]]]:
    """A sketch and its keys (signed, of 64 bits) for each text that is long enough, by number."""
    bare = {one.number: "".join(one.normal.text.casefold().split()) for one in texts}
    numbers = [number for number, text in bare.items() if len(text) >= FEWEST_CHARACTERS]
    if not numbers:
        return {}
    rows = [np.frombuffer(bare[number].encode("utf-32-le"), np.uint32) for number in numbers]
    runs, begins = grams(rows, RUN)
    found = rensa.RMinHash.digest_matrix_from_flat_token_hashes(
        runs, begins.astype(np.uint64), PLACES, VERSION
    )
    matrix = np.array(found.to_rows(), dtype=np.uint32)
    keys = _keys(matrix)
    low = (matrix & 0xFFFF).astype("<u2")
    return {number: (low[at].tobytes(), keys[at].tolist()) for at, number in enumerate(numbers)}


def similarity(one: bytes, other: bytes) -> float:
    """The estimated Jaccard similarity of two sketches, in [0, 1]."""
    return float(np.mean(np.frombuffer(one, "<u2") == np.frombuffer(other, "<u2")))


def exact_key(text: Text) -> int:
    """A key that texts share whose normal forms, and their rests, are equal (signed, of 64 bits)."""
    digest = hashlib.blake2b(text.normal.text.encode() + text.rest, digest_size=8, key=b"exact").digest()
    return int.from_bytes(digest, "little", signed=True)


def _keys(matrix: NDArray[np.uint32]) -> NDArray[np.int64]:
    """The bands' keys, (texts, BANDS): each of the numbers of its band, and of which band it is."""
    flat: list[Hashes] = []
    for band in range(BANDS):
        part = matrix[:, band * ROWS : (band + 1) * ROWS].astype(np.uint64)
        marked = np.concatenate(
            (np.full((len(part), 1), band + 1 + BANDS * VERSION, np.uint64), part), axis=1
        )
        flat.append(grams(list(marked), ROWS + 1)[0])
    return np.stack(flat, axis=1).view(np.int64)
