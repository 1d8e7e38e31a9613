"""The text of a PDF's page, and where each character stands on it. Run by `program.py` only.

Places are in points, from the upper left corner of the page as it is shown. A run is characters that follow one another
on a line, `[start, top, bottom, edges]`: character `i` of the run, the `start + i`-th code point of the page's text,
stands between `edges[i]` and `edges[i + 1]`. Line ends stand nowhere.
"""

import ctypes
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

MOST_CHARACTERS = 200_000
_UNKNOWN = "\ufffd"
_HYPHENS = {0x02, 0xFFFE}  # PDFium's marks for a hyphen at the end of a line
_FINE = 1_000_000
_SAME_LINE = 0.5  # of the lower one's height

Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""


class TooLong(Exception):
    """A page with more characters than a person reads."""


@dataclass
class _Run:
    start: int
    top: float
    bottom: float
    lefts: list[float] = field(default_factory=list)
    right: float = 0.0

    def takes(self, box: Box) -> bool:
        """Whether a character continues this line."""
        left, top, _right, bottom = box
        shared = min(bottom, self.bottom) - max(top, self.top)
        return left >= self.lefts[-1] and shared >= _SAME_LINE * min(bottom - top, self.bottom - self.top)

    def add(self, box: Box) -> None:
        left, top, right, bottom = box
        self.lefts.append(left)
        self.right = max(right, left)
        self.top, self.bottom = min(self.top, top), max(self.bottom, bottom)

    def add_gap(self) -> None:
        """A character that has no place, as a space between two words."""
        self.lefts.append(self.right)

    def to_json(self) -> list[Any]:
        edges = [*self.lefts, max(self.right, self.lefts[-1])]
        return [self.start, round(self.top, 1), round(self.bottom, 1), [round(edge, 1) for edge in edges]]


def text_layer(page: pypdfium2.PdfPage) -> dict[str, Any]:
    """`{"width", "height", "text", "runs"}` of the page. Raises TooLong."""
    width, height = page.get_size()
    text, runs = _read(page.get_textpage(), _to_page(page, width, height))
    return {
        "width": max(round(width, 2), 0.01),
        "height": max(round(height, 2), 0.01),
        "text": text,
        "runs": [run.to_json() for run in runs],
    }


def _read(textpage: Any, place: Callable[[Box], Box]) -> tuple[str, list[_Run]]:
    text: list[str] = []
    runs: list[_Run] = []
    run: _Run | None = None
    for character, found in _characters(textpage):
        box = place(found) if found else None
        if character == "\n":
            run = None
        elif box is not None:
            if run is None or not run.takes(box):
                run = _Run(len(text), box[1], box[3])
                runs.append(run)
            run.add(box)
        elif run is not None:
            run.add_gap()
        text.append(character)
    return "".join(text), runs


def _characters(textpage: Any) -> Iterator[tuple[str, Box | None]]:
    """Each code point with its box in the PDF's own coordinates (left, bottom, right, top), if it has one."""
    count = pdfium.FPDFText_CountChars(textpage)
    if count > MOST_CHARACTERS:
        raise TooLong
    codes = [pdfium.FPDFText_GetUnicode(textpage, at) for at in range(max(count, 0))]
    at = 0
    while at < len(codes):
        code, following = codes[at], codes[at + 1] if at + 1 < len(codes) else 0
        if code == 0x0D and following == 0x0A:
            at += 1
            continue
        box = _box(textpage, at)
        if 0xD800 <= code < 0xDC00 <= following < 0xE000:
            yield chr(0x10000 + ((code - 0xD800) << 10) + (following - 0xDC00)), box
            at += 2
            continue
        yield _character(code), box
        at += 1


def _character(code: int) -> str:
    if code in _HYPHENS:
        return "-"
    if code in {0x0A, 0x0D}:
        return "\n"
    if code == 0 or 0xD800 <= code < 0xE000 or code & 0xFFFE == 0xFFFE or code > 0x10FFFF:
        return _UNKNOWN
    if code < 0x20 or 0x7F <= code < 0xA0 or code in {0x2028, 0x2029}:
        return " "
    return chr(code)


def _box(textpage: Any, at: int) -> Box | None:
    box = pdfium.FS_RECTF()
    if not pdfium.FPDFText_GetLooseCharBox(textpage, at, box):
        return None
    if box.left == box.right or box.top == box.bottom:
        return None
    return box.left, box.bottom, box.right, box.top


def _to_page(page: Any, width: float, height: float) -> Callable[[Box], Box]:
    """From the PDF's coordinates to the page as it is shown: turned, cut, and counted from the upper left."""
    right, down = ctypes.c_int(), ctypes.c_int()

    def shown(x: float, y: float) -> tuple[float, float]:
        pdfium.FPDF_PageToDevice(page, 0, 0, _FINE, _FINE, 0, x, y, right, down)
        return right.value / _FINE * width, down.value / _FINE * height

    (x0, y0), (x1, y1), (x2, y2) = shown(0, 0), shown(100, 0), shown(0, 100)
    xx, yx, xy, yy = (x1 - x0) / 100, (y1 - y0) / 100, (x2 - x0) / 100, (y2 - y0) / 100

    def place(box: Box) -> Box:
        corners = [(x, y) for x in (box[0], box[2]) for y in (box[1], box[3])]
        xs = [x0 + x * xx + y * xy for x, y in corners]
        ys = [y0 + x * yx + y * yy for x, y in corners]
        return min(xs), min(ys), max(xs), max(ys)

    return place
