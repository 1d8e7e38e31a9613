"""A page of evidence for the example: a plain PDF that says it is a specimen."""

import re

_PAGE = """%PDF-1.4
1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj
2 0 obj << /Type /Pages /Kids [3 0 R] /Count 1 >> endobj
3 0 obj << /Type /Page /Parent 2 0 R /MediaBox [0 0 420 300] /Contents 5 0 R
  /Resources << /Font << /F 4 0 R >> >> >> endobj
4 0 obj << /Type /Font /Subtype /Type1 /BaseFont /Times-Roman >> endobj
5 0 obj << /Length {length} >> stream
{drawn}
endstream endobj
trailer << /Root 1 0 R >>
"""


def specimen(*lines: str) -> bytes:
    """A PDF of one page in a frame: the first line large, the others below it. Latin letters only."""
    drawn = ["1.5 w 14 14 392 272 re S 0.5 w 20 20 380 260 re S", "BT /F 20 Tf 42 232 Td 28 TL"]
    for at, line in enumerate(lines):
        text = re.sub(r"([\\()])", r"\\\1", line)
        drawn.append(f"({text}) Tj T*" + (" /F 13 Tf" if at == 0 else ""))
    content = "\n".join([*drawn, "ET"])
    return _PAGE.format(length=len(content), drawn=content).encode("latin-1", "replace")
