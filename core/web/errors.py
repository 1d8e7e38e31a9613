"""Error pages. The first two are drawn without a request: nothing about it can be trusted then."""

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from core.web.page import page


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: the request cannot be read."""
    return HttpResponse(render_to_string("400.html"), status=400)


def broken(request: HttpRequest) -> HttpResponse:
    """500: our mistake."""
    return HttpResponse(render_to_string("500.html"), status=500)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403: seen, not allowed."""
    return page(request, "403.html", status=403)


def missing(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: nothing there, or nothing for this person."""
    return page(request, "404.html", status=404)
