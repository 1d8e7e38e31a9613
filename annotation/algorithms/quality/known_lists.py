"""Whether texts hold runs of thirteen tokens of lists that the operator names, such as public benchmarks.

A list is a sorted file of numbers, one for each run, that is looked up without being read into memory.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from annotation.algorithms.quality.chunk import Found, Seen, Text
from annotation.algorithms.quality.grams import Hashes, grams

KEY, VERSION = "lists", 1
Hits = NDArray[np.bool_]
RUN = 13
SUFFIX = ".runs.npy"
_AT_ONCE = 2_000_000


def build(texts: Iterable[str], target: Path) -> int:
    """Write the list of these texts; returns how many different runs it holds."""
    known: Hashes = np.empty(0, np.uint64)
    waiting: list[Hashes] = []
    size = 0
    for text in texts:
        runs, _begins = grams([Text(0, text).hashes], RUN)
        waiting.append(runs)
        size += len(runs)
        if size > _AT_ONCE:
            known, waiting, size = np.unique(np.concatenate([known, *waiting])), [], 0
    known = np.unique(np.concatenate([known, *waiting]))
    partial = target.with_suffix(".part")
    with partial.open("wb") as file:
        np.save(file, known)
    partial.replace(target)
    return len(known)


def lists_in(folder: Path) -> dict[str, Hashes]:
    """The lists of a folder by name, mapped from their files."""
    return {
        path.name.removesuffix(SUFFIX): np.load(path, mmap_mode="r")
        for path in sorted(folder.glob(f"*{SUFFIX}"))
    }


def look(texts: list[Text], lists: Mapping[str, Hashes]) -> Seen:
    """Which texts hold runs of which list, and how many of their own runs those are."""
    runs, begins = grams([one.hashes for one in texts], RUN)
    found = []
    counts: dict[str, int] = {}
    for name, known in lists.items():
        hits = _held(runs, known)
        sums = np.concatenate(([0], np.cumsum(hits)))
        by_text = sums[begins[1:]] - sums[begins[:-1]]
        for at in np.flatnonzero(by_text).tolist():
            own = int(begins[at + 1] - begins[at])
            found.append(
                Found(texts[at].number, "on_list", {"list": name, "runs": int(by_text[at]), "of": own})
            )
            counts[name] = counts.get(name, 0) + 1
    return Seen({"lists": counts, "compared": len(texts) if lists else 0}, found)


def _held(runs: Hashes, known: Hashes) -> Hits:
    """Which runs are on a list. Looked up in their order: neighbours lie side by side in a list of any size."""
    wanted = np.sort(runs)
    if not len(known) or not len(wanted):
        return np.zeros(len(runs), bool)
    at = np.minimum(np.searchsorted(known, wanted), len(known) - 1)
    hits = wanted[known[at] == wanted]
    return np.isin(runs, hits) if len(hits) else np.zeros(len(runs), bool)
