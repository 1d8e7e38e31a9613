"""A text's tokens as boundaries, for measures that count in tokens."""

import re

_SINGLE = r"\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"  # writing without spaces between words
_TOKEN = re.compile(rf"[{_SINGLE}]|[^\W{_SINGLE}]+|[^\w\s]")


def tokens_of(text: str) -> list[tuple[int, int]]:
    """Half-open (start, end) in code points: words, and each sign of punctuation or of Chinese and Japanese writing."""
    return [found.span() for found in _TOKEN.finditer(text)]
