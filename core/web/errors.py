"""Error pages. The first two are drawn without a request: nothing about it can be trusted then."""

import uuid

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from core.web.page import page


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: the request cannot be read."""
    return HttpResponse(render_to_string("400.html"), status=400)


def broken(request: HttpRequest) -> HttpResponse:
    """500: our mistake. Programs are told in JSON, in the words of both APIs."""
    if request.path.startswith("/api/"):
        said = _("Something went wrong on our side.")
        told = {
            "code": "broken",
            "title": said,
            "detail": said,
            "action": _("Try again later."),
            "where": None,
        }
        older = {
            "id": str(uuid.uuid4()),
            "status_code": 500,
            "version": settings.ASSAY_VERSION,
            "exc_info": None,
        }
        return JsonResponse({"type": "about:blank", "status": 500, **told, **older}, status=500)
    return HttpResponse(render_to_string("500.html"), status=500)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403: seen, not allowed."""
    return page(request, "403.html", status=403)


def missing(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: nothing there, or nothing for this person."""
    return page(request, "404.html", status=404)
