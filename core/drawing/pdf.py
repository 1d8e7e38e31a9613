"""Pages of a PDF as pictures and text. Run by `program.py` only."""

import io
import json
from typing import Any, BinaryIO

import pypdfium2
import pypdfium2.raw as pdfium

from core.drawing.parts import write_part
from core.drawing.text_layer import text_layer

FIRST_PAGES = 4
FIRST_WIDTH, FIRST_HEIGHT = 1000, 1600  # pixels, at most
LARGE_WIDTH, LARGE_HEIGHT = 1600, 4800
SMALL = 0.5  # of the large one
ENLARGED = 4.0  # a page of one point must not be blown up
_JPEG_QUALITY, _WEBP_QUALITY, _WEBP_EFFORT = 80, 82, 2


class Locked(Exception):
    """The file wants a password."""


class Broken(Exception):
    """The file is no PDF."""


def first(content: bytes, to: BinaryIO) -> None:
    """Write the number of pages as JSON, then JPEGs of the first ones. Raises Locked and Broken."""
    document = _open(content)
    write_part(to, json.dumps(len(document)).encode())
    for number in range(min(len(document), FIRST_PAGES)):
        page = document[number]
        drawn = _drawn(page, FIRST_WIDTH, FIRST_HEIGHT)
        write_part(to, _encoded(drawn, "JPEG", quality=_JPEG_QUALITY))
        page.close()


def pages(content: bytes, to: BinaryIO, begin: int, count: int) -> None:
    """Write the number of pages, then of each page its facts as JSON and a large and a small WebP.

    Raises Locked and Broken.
    """
    document = _open(content)
    write_part(to, json.dumps(len(document)).encode())
    for number in range(begin, min(begin + count, len(document))):
        page = document[number]
        facts = text_layer(page)
        large = _drawn(page, LARGE_WIDTH, LARGE_HEIGHT)
        small = large.resize([max(round(side * SMALL), 1) for side in large.size])
        write_part(to, json.dumps(facts, ensure_ascii=False, separators=(",", ":")).encode())
        for picture in (large, small):
            write_part(to, _encoded(picture, "WEBP", quality=_WEBP_QUALITY, method=_WEBP_EFFORT))
        page.close()


def _open(content: bytes) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        locked = getattr(error, "err_code", None) == pdfium.FPDF_ERR_PASSWORD
        raise (Locked if locked else Broken) from error


def _drawn(page: pypdfium2.PdfPage, width: int, height: int) -> Any:
    own_width, own_height = page.get_size()
    scale = min(width / max(own_width, 1), height / max(own_height, 1), ENLARGED)
    return page.render(scale=scale).to_pil().convert("RGB")


def _encoded(picture: Any, form: str, **options: Any) -> bytes:
    out = io.BytesIO()
    picture.save(out, form, **options)
    return out.getvalue()
