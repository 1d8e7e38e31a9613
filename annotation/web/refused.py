"""Turn a refusal into one clear page, or fragment, that says what to do next."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from core.refusals import Refusal
from core.web.page import page


class RefusalMiddleware:
    """Only `process_exception`: the API turns its refusals into problem+json before they get here."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, Refusal):
            return None
        if request.headers.get("HX-Request"):
            return render(request, "partials/refusal.html", {"refusal": error}, status=error.status)
        back = request.path if request.method == "GET" else request.headers.get("Referer", "")
        return page(
            request, "refused.html", {"refusal": error, "back": _own(request, back)}, status=error.status
        )


def _own(request: HttpRequest, address: str) -> str:
    """The address if it is a page of ours, and not the one that refuses."""
    start = f"{request.scheme}://{request.get_host()}/"
    return address if address.startswith(start) else ""
