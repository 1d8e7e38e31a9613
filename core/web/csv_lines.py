"""Rows as lines of CSV, sent while they are made. A spreadsheet must not take a cell for a formula."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.http import StreamingHttpResponse

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


class _Echo:
    def write(self, text: str) -> str:
        return text


def safe(cell: Any) -> Any:
    """Text that a spreadsheet would compute gets an apostrophe before it (OWASP, CSV injection); numbers stay."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell


def lines(rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    """The first begins with a byte order mark, so that a spreadsheet reads UTF-8."""
    writer = csv.writer(_Echo())
    for at, row in enumerate(rows):
        line = writer.writerow([safe(cell) for cell in row])
        yield f"\ufeff{line}" if at == 0 else str(line)


def download(name: str, rows: Iterable[Sequence[Any]]) -> StreamingHttpResponse:
    """A file of that name, streamed."""
    response = StreamingHttpResponse(lines(rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response
