"""What can be wrong with a release, as data; `words.py` has the sentences."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Problem:
    """`code` names a sentence of `words.py`, `where` the file (and row) it speaks of, `params` what fills it."""

    code: str
    where: str = ""
    params: Mapping[str, object] = field(default_factory=dict)


class Broken(Exception):
    """What was read is not what it should be: reading cannot go on from here."""

    def __init__(self, code: str, where: str = "", **params: object) -> None:
        self.problem = Problem(code, where, params)
        super().__init__(code)


class WrongUse(Exception):
    """The caller gave something that cannot be used (a folder that is not there, no key); no verdict is possible."""

    def __init__(self, code: str, where: str = "", **params: object) -> None:
        self.problem = Problem(code, where, params)
        super().__init__(code)
