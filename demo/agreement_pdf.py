"""A PDF of an agreement for the example, with a text layer. Latin letters only."""

from __future__ import annotations

import re
from collections.abc import Sequence

_FIRST = 4  # objects before the pages: catalogue, tree of pages, font


def agreement(pages: Sequence[Sequence[str]]) -> bytes:
    """A PDF with these lines a page; a page's first line is its heading."""
    objects = {1: "<< /Type /Catalog /Pages 2 0 R >>", 3: _FONT}
    kids = []
    for at, lines in enumerate(pages):
        page, content = _FIRST + 2 * at, _FIRST + 2 * at + 1
        kids.append(f"{page} 0 R")
        objects[page] = (
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {content} 0 R "
            "/Resources << /Font << /F 3 0 R >> >> >>"
        )
        drawn = _drawn(lines, at + 1)
        objects[content] = f"<< /Length {len(drawn)} >> stream\n{drawn}\nendstream"
    objects[2] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    return _file(objects)


_FONT = "<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman >>"


def _drawn(lines: Sequence[str], number: int) -> str:
    rows = ["BT /F 18 Tf 64 762 Td 24 TL"]
    for at, line in enumerate(lines):
        text = re.sub(r"([\\()])", r"\\\1", line)
        rows.append(f"({text}) Tj T*" + (" /F 12 Tf 20 TL T*" if at == 0 else ""))
    return "\n".join([*rows, "ET", f"BT /F 10 Tf 292 40 Td ({number}) Tj ET"])


def _file(objects: dict[int, str]) -> bytes:
    """The objects with the table of where each begins."""
    found, places = "%PDF-1.4\n", {}
    for number in sorted(objects):
        places[number] = len(found)
        found += f"{number} 0 obj {objects[number]} endobj\n"
    start = len(found)
    table = "".join(f"{places[number]:010d} 00000 n \n" for number in sorted(objects))
    found += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
    found += f"trailer << /Root 1 0 R /Size {len(objects) + 1} >>\nstartxref\n{start}\n%%EOF\n"
    return found.encode("latin-1", "replace")
