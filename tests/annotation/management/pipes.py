"""Streams that commands print to."""

import io


class Shut(io.StringIO):
    """A pipe whose reader went away."""

    def write(self, text: str, /) -> int:
        raise BrokenPipeError(text)
