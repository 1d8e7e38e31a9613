"""Render a page inside the common frame."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from core.models import User
from core.refusals import NotAllowed
from core.web.navigation import navigation


def page(
    request: HttpRequest, template: str, context: Mapping[str, Any] | None = None, *, status: int = 200
) -> HttpResponse:
    """The template with the person's navigation around it."""
    return render(request, template, {"navigation": navigation(request), **(context or {})}, status=status)


def person(request: HttpRequest) -> User:
    """Who is signed in. Raises NotAllowed for nobody; views behind `login_required` never see that."""
    if not isinstance(request.user, User):
        raise NotAllowed
    return request.user
