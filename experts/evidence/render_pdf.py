"""The first pages of a PDF as JPEGs: standard input to standard output. A program of its own, run by `pictures.py`.

It reads what a stranger made, with a large library: so it runs in a process that has limits, no settings and no
secrets, and that may die. Output: the number of pages in the file, then for each picture its length and its bytes;
numbers are 4 bytes, big-endian. Ends with 1 where the file cannot be read.
"""

import contextlib
import io
import resource
import struct
import sys
from typing import BinaryIO

PAGES = 4
WIDTH, HEIGHT = 1000, 1600  # pixels, at most
ENLARGED = 4.0  # a page of one point must not be blown up
MEMORY = 512 * 1024 * 1024
SECONDS = 8
QUALITY = 80


def limit() -> None:
    """Memory, processor time and files of this process; a limit that the system does not know is left out."""
    limits = {
        resource.RLIMIT_AS: MEMORY,
        resource.RLIMIT_CPU: SECONDS,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_FSIZE: 0,
    }
    for what, most in limits.items():
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(what, (most, most))


def render(pdf: bytes, to: BinaryIO) -> None:
    """Write number and pictures of the first PAGES pages. Raises PdfiumError for what is not a PDF or is locked."""
    import pypdfium2  # after the limits

    document = pypdfium2.PdfDocument(pdf)
    to.write(struct.pack(">I", len(document)))
    for number in range(min(len(document), PAGES)):
        page = document[number]
        width, height = page.get_size()
        scale = min(WIDTH / max(width, 1), HEIGHT / max(height, 1), ENLARGED)
        picture = io.BytesIO()
        page.render(scale=scale).to_pil().convert("RGB").save(picture, "JPEG", quality=QUALITY)
        to.write(struct.pack(">I", picture.tell()) + picture.getvalue())
        page.close()


if __name__ == "__main__":
    limit()
    render(sys.stdin.buffer.read(), sys.stdout.buffer)
