"""The tables in README.md: each stands between two marks that name the part that printed it.

<!-- table agreement -->
…
<!-- end agreement -->
"""

import re
from pathlib import Path

README = Path(__file__).with_name("README.md")


def put(part: str, printed: str, page: Path = README) -> None:
    """Replace what stands between the marks of `part`. Raises LookupError where the page has no such marks."""
    begin, end = f"<!-- table {part} -->", f"<!-- end {part} -->"
    text = page.read_text(encoding="utf-8")
    place = re.compile(f"{re.escape(begin)}\n.*?{re.escape(end)}", re.DOTALL)
    if not place.search(text):
        raise LookupError(f"{page.name} has no “{begin}” … “{end}”.")
    tidy = _narrow(printed)
    page.write_text(place.sub(lambda _: f"{begin}\n\n{tidy}\n\n{end}", text, count=1), encoding="utf-8")


def _narrow(printed: str) -> str:
    """Without the spaces that line up columns on a screen."""
    lines = [re.sub(r" {2,}\|", " |", line.rstrip()) for line in printed.strip().splitlines()]
    return "\n".join(re.sub(r"\| {2,}", "| ", line) for line in lines)
