"""Turn a refusal into one clear page (or fragment, or message) that says what to do next."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from core.refusals import Refusal


class RefusalMiddleware:
    """Only `process_exception`: the API turns its refusals into problem+json before they get here."""

    def __init__(self, get_response: object) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)  # type: ignore[operator,no-any-return]

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, Refusal):
            return None
        return render(request, "refused.html", {"refusal": error}, status=error.status)
