"""What each format is for, for people. (To be written with the formats.)"""

from typing import NamedTuple


class Described(NamedTuple):
    """A format's title, what it is for, and the line that loads it."""

    title: str
    about: str
    load: str = ""


class _Described(dict[str, Described]):
    def __missing__(self, key: str) -> Described:
        return Described(key, "")


DESCRIBED = _Described()
