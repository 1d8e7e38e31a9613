"""Every error of the API as problem+json (RFC 9457): what happened, where, and what to do next."""

import logging
import math
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.http import Http404
from django.utils.translation import gettext as _
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import exception_handler

from core.refusals import InvalidInput, Refusal, TooLarge

log = logging.getLogger(__name__)
CONTENT_TYPE = "application/problem+json"


def problem(status: int, code: str, title: str, detail: str, action: str, **more: Any) -> Response:
    """The answer itself."""
    body = {
        "type": f"https://assay.invalid/problems/{code}",
        "title": title,
        "status": status,
        "code": code,
        "detail": detail,
        "action": action,
        "where": None,
    }
    return Response({**body, **more}, status=status, content_type=CONTENT_TYPE)


def refused(refusal: Refusal) -> Response:
    """A refusal of a stage, in the caller's language."""
    answer = problem(
        refusal.status,
        refusal.code,
        str(refusal.title),
        refusal.sentence,
        refusal.advice,
        **{"where": refusal.where, **refusal.extra},
    )
    if refusal.wait:
        answer["Retry-After"] = str(refusal.wait)
    return answer


def handle(error: Exception, context: dict[str, Any]) -> Response | None:
    """DRF's exception handler: refusals, DRF's own errors, and 404s, each as a problem."""
    if isinstance(error, Refusal):
        return refused(error)
    if isinstance(error, RequestDataTooBig):  # Django refuses by the length that was announced
        return refused(TooLarge(params={"limit": settings.DATA_UPLOAD_MAX_MEMORY_SIZE}))
    if isinstance(error, SuspiciousOperation):
        return refused(InvalidInput())
    response = exception_handler(error, context)
    if response is None:
        return None
    if isinstance(error, exceptions.ValidationError):
        fields = error.get_full_details()
        where = next(iter(fields), None) if isinstance(fields, dict) else None
        answer = problem(
            400,
            "invalid",
            _("Something in the input is not right"),
            _first_message(error.detail),
            _("Correct the input and send it again."),
            where=where,
            fields=error.detail,
        )
    else:
        answer = problem(response.status_code, *_words(error))
    for name in ("WWW-Authenticate", "Retry-After"):
        if name in response:
            answer[name] = response[name]
    return answer


def _first_message(detail: Any) -> str:
    while isinstance(detail, dict | list) and detail:
        detail = next(iter(detail.values())) if isinstance(detail, dict) else detail[0]
    return str(detail) if detail else ""


def _words(error: Exception) -> tuple[str, str, str, str]:
    if isinstance(error, Http404 | exceptions.NotFound):
        return (
            "not_found",
            _("Not found"),
            _("There is nothing here, or nothing that you may see."),
            _("Check the address."),
        )
    if isinstance(error, exceptions.AuthenticationFailed):
        return (
            "key_refused",
            _("This key is not accepted"),
            str(error.detail),
            _("Look at your API keys in your profile, and use the one that stands there."),
        )
    if isinstance(error, exceptions.NotAuthenticated):
        return "not_logged_in", _("Log in first"), _("You are not logged in."), _("Log in and try again.")
    if isinstance(error, PermissionDenied | exceptions.PermissionDenied):
        detail = str(getattr(error, "detail", "")) or _("Your role does not allow this.")
        return "not_allowed", _("You may not do this"), detail, _("Ask a lead of the project.")
    if isinstance(error, exceptions.Throttled):
        wait = _("Wait %(seconds)s seconds and try again.") % {
            "seconds": math.ceil(getattr(error, "wait", None) or 1)
        }
        return "throttled", _("Too many calls"), _("You have called too often within a minute."), wait
    detail = str(getattr(error, "detail", error))
    return (
        str(getattr(error, "default_code", "invalid")),
        _("That cannot be done"),
        detail,
        _("Check what was sent."),
    )
