"""One's own API keys: see and reset the legacy key, make and revoke the personal access token."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from core import keys as stage
from core.models import LegacyKey
from core.web.page import page, person


@never_cache
@login_required
def keys(request: HttpRequest) -> HttpResponse:
    """Both kinds, and when each was used last."""
    return _page(request)


@require_POST
@login_required
def reset_legacy_key(request: HttpRequest) -> HttpResponse:
    """Make the legacy key, or another one in its place."""
    stage.reset_legacy_key(user=person(request))
    messages.success(
        request, gettext("There is a new legacy key. Programs that have the old one must be told.")
    )
    return redirect("core:keys")


@never_cache
@require_POST
@login_required
def make_token(request: HttpRequest) -> HttpResponse:
    """The only page that shows the token: there is no address to which one could come back for it."""
    made = stage.make_token(user=person(request))
    return _page(request, stage.token_text(made))


@require_POST
@login_required
def revoke_token(request: HttpRequest) -> HttpResponse:
    """End the token that the page showed."""
    stage.revoke_token(user=person(request), jti=request.POST.get("token", ""))
    messages.success(request, gettext("The token is revoked."))
    return redirect("core:keys")


def _page(request: HttpRequest, made: str = "") -> HttpResponse:
    user = person(request)
    context = {
        "made": made,
        "token": next(iter(stage.tokens_of(user)), None),
        "legacy": LegacyKey.objects.filter(user=user).first(),
        "legacy_key": stage.legacy_key(user),
        "allowed": stage.kinds_allowed(user),
    }
    return page(request, "me/keys.html", context)
