"""What a large body needed goes back to the machine: glibc keeps freed memory at hand for good, 30 MB a process."""

import ctypes
import sys
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

LARGE = 1 << 20
"""Bytes that were sent. An answer that long is made and sent in pieces."""


class GiveBackMiddleware:
    """After a large body, with the next answer: by then nothing of it is held."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self._trim = getattr(ctypes.CDLL(None), "malloc_trim", None) if sys.platform == "linux" else None
        self._due = False

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        due, self._due = self._due, _is_large(request, response)
        if due and not self._due and self._trim is not None:
            self._trim(0)
        return response


def _is_large(request: HttpRequest, response: HttpResponse) -> bool:
    length = request.META.get("CONTENT_LENGTH") or ""
    return response.streaming or (length.isdigit() and int(length) > LARGE)
