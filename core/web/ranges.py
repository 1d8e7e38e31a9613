"""Files sent whole or in part (RFC 9110, 13 and 14): a download that broke off goes on where it stopped.

One range of bytes is served; where several are asked for, the whole file is, as the standard allows. Nothing is held in
memory but a piece.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header

BYTES = "application/octet-stream"
_RANGE = re.compile(r"([0-9]*)-([0-9]*)")
_TAG = re.compile(r'(?:W/)?"[\x21\x23-\x7e\x80-\xff]*"')
_FAR = 10**30


@dataclass(frozen=True)
class Span:
    """Bytes `start` to `start + length` (left out) of a file."""

    start: int
    length: int


class Unsatisfiable(Exception):
    """A range that lies behind the end of the file."""


@dataclass(frozen=True)
class Download:
    """A file to send. `tag` is a hash of its content, or of what it is made of; `open` gives bytes from a start."""

    name: str
    size: int
    tag: str
    open: Callable[[int, int], Iterable[bytes]]
    content_type: str = BYTES


def span_of(header: str, size: int) -> Span | None:
    """What a Range header asks for of `size` bytes; None where it is to be ignored. Raises Unsatisfiable."""
    unit, _, ranges = header.partition("=")
    asked = [one.strip(" \t") for one in ranges.split(",") if one.strip(" \t")]
    found = _RANGE.fullmatch(asked[0]) if unit.strip(" \t").lower() == "bytes" and len(asked) == 1 else None
    if found is None or found.group() == "-":
        return None
    first, last = found.groups()
    if not first:
        length = min(_number(last), size)
        if not _number(last):
            raise Unsatisfiable
        return Span(size - length, length) if length else None
    start, end = _number(first), _number(last) if last else _FAR
    if end < start:
        return None
    if start >= size:
        raise Unsatisfiable
    return Span(start, min(end, size - 1) - start + 1)


def respond(request: HttpRequest, file: Download) -> HttpResponseBase:
    """Answer GET or HEAD with the file, a part of it, or that the caller has it (304), or not this one (412)."""
    tag = f'"{file.tag}"'
    if (wanted := request.headers.get("If-Match")) is not None and not _names(wanted, tag, weak=False):
        return _dressed(HttpResponse(status=412), tag)
    if (known := request.headers.get("If-None-Match")) is not None and _names(known, tag, weak=True):
        return _dressed(HttpResponseNotModified(), tag)
    try:
        part = _part(request, tag, file.size)
    except Unsatisfiable:
        response = _dressed(HttpResponse(status=416), tag)
        response["Content-Range"] = f"bytes */{file.size}"
        return response
    span = part or Span(0, file.size)
    response = _body(request, file, span, status=206 if part else 200)
    response["Content-Length"] = str(span.length)
    response["Content-Disposition"] = content_disposition_header(True, file.name) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    if part:
        response["Content-Range"] = f"bytes {span.start}-{span.start + span.length - 1}/{file.size}"
    return _dressed(response, tag)


def _part(request: HttpRequest, tag: str, size: int) -> Span | None:
    """The range that is asked for, if it is one of this very content. Only GET knows ranges (RFC 9110, 14.2)."""
    header = request.headers.get("Range", "")
    if request.method != "GET" or not header:
        return None
    only_if = request.headers.get("If-Range")
    if only_if is not None and only_if.strip() != tag:  # another content, a weak tag, or a date
        return None
    return span_of(header, size)


def _body(request: HttpRequest, file: Download, span: Span, *, status: int) -> HttpResponseBase:
    if request.method == "HEAD":
        return HttpResponse(status=status, content_type=file.content_type)
    return StreamingHttpResponse(
        file.open(span.start, span.length), status=status, content_type=file.content_type
    )


def _dressed(response: HttpResponseBase, tag: str) -> HttpResponseBase:
    response["ETag"] = tag
    response["Accept-Ranges"] = "bytes"
    response["Cache-Control"] = "private, no-store"  # the caller keeps what it has got; nobody between does
    return response


def _names(header: str, tag: str, *, weak: bool) -> bool:
    """Whether a list of tags has this one, which is strong; "*" names any."""
    if header.strip() == "*":
        return True
    return any(one.removeprefix("W/") == tag if weak else one == tag for one in _TAG.findall(header))


def _number(digits: str) -> int:
    """A number of any length; beyond every file it is only far."""
    plain = digits.lstrip("0")
    return int(plain or "0") if len(plain) <= 30 else _FAR
