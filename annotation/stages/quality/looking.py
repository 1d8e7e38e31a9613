"""The pure steps over a chunk of texts. One that fails is left out and said so; the others go on."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field

from annotation.algorithms.quality import (
    encoding,
    known_lists,
    languages,
    lengths,
    machine,
    normalising,
    personal,
    sketches,
)
from annotation.algorithms.quality.chunk import Seen, Text
from annotation.algorithms.quality.grams import Hashes
from annotation.models.quality import StepKey

log = logging.getLogger(__name__)
EXACT_VERSION = normalising.VERSION + 1
VERSIONS: Mapping[str, int] = {
    StepKey.NORMAL: normalising.VERSION,
    StepKey.ENCODING: encoding.VERSION,
    StepKey.LENGTHS: lengths.VERSION,
    StepKey.LANGUAGE: languages.VERSION,
    StepKey.EXACT: EXACT_VERSION,
    StepKey.NEAR: sketches.VERSION,
    StepKey.LISTS: known_lists.VERSION,
    StepKey.MACHINE: machine.VERSION,
    StepKey.PERSONAL: personal.VERSION,
}
"""Which version of each step looks: whoever changes what a step says raises it."""


@dataclass
class Looked:
    """What the steps say of a chunk; languages, keys and sketches by the item's number; `errors` by step."""

    seen: dict[str, Seen] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    languages: dict[int, str] = field(default_factory=dict)
    exact: dict[int, int] = field(default_factory=dict)
    sketches: dict[int, tuple[bytes, list[int]]] = field(default_factory=dict)

    def attempt(self, key: str, step: Callable[[], None]) -> None:
        """Take the step; what it raises is written down."""
        try:
            step()
        except Exception as error:
            log.exception("the step %s failed", key)
            self.errors[key] = f"{type(error).__name__}: {error}"[:500]


def look(texts: list[Text], lists: Mapping[str, Hashes], without: Collection[str]) -> Looked:
    """Take every step but those in `without`."""
    looked = Looked()

    def see(key: str, seen: Callable[[], Seen]) -> None:
        if key not in without:
            looked.attempt(key, lambda: looked.seen.__setitem__(key, seen()))

    see(StepKey.NORMAL, lambda: normalising.look(texts))
    see(StepKey.ENCODING, lambda: encoding.look(texts))
    see(StepKey.LENGTHS, lambda: lengths.look(texts))
    see(StepKey.LANGUAGE, lambda: languages.look(texts, looked.languages))
    see(StepKey.LISTS, lambda: known_lists.look(texts, lists))
    see(StepKey.MACHINE, lambda: machine.look(texts))
    see(StepKey.PERSONAL, lambda: personal.look(texts))
    if StepKey.EXACT not in without:
        keys = looked.exact
        looked.attempt(
            StepKey.EXACT,
            lambda: keys.update((one.number, sketches.exact_key(one)) for one in texts if one.text),
        )
    if StepKey.NEAR not in without:
        looked.attempt(StepKey.NEAR, lambda: looked.sketches.update(sketches.sketches_of(texts)))
    return looked
