"""Language and theme: remembered with the person, and in a cookie before they sign in."""

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from core.models import User
from core.preferences import THEME_COOKIE, THEMES, rename
from core.refusals import InvalidInput
from core.web.page import person

_YEAR = 365 * 24 * 3600


@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Raises InvalidInput for a language that the pages do not speak."""
    chosen = request.POST.get("language", "")
    if chosen not in dict(settings.LANGUAGES):
        raise InvalidInput(where="language")
    return _remember(request, "language", settings.LANGUAGE_COOKIE_NAME, chosen)


@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    """Empty: like the device. Raises InvalidInput for anything but light and dark."""
    chosen = request.POST.get("theme", "")
    if chosen not in THEMES:
        raise InvalidInput(where="theme")
    return _remember(request, "theme", THEME_COOKIE, chosen)


@require_POST
@login_required
def name(request: HttpRequest) -> HttpResponse:
    """The name under which colleagues see a person. Raises InvalidInput for one that is too long."""
    rename(user=person(request), name=request.POST.get("name", ""))
    return HttpResponseRedirect(_next(request))


def _remember(request: HttpRequest, field: str, cookie: str, value: str) -> HttpResponse:
    if isinstance(request.user, User):
        User.objects.filter(pk=request.user.pk).update(**{field: value})
    response = HttpResponseRedirect(_next(request))
    if value:
        response.set_cookie(
            cookie, value, max_age=_YEAR, samesite="Lax", httponly=True, secure=settings.SESSION_COOKIE_SECURE
        )
    else:
        response.delete_cookie(cookie)
    return response


def _next(request: HttpRequest) -> str:
    wanted = request.POST.get("next", "")
    here = url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return wanted if here and wanted.startswith("/") else "/"
