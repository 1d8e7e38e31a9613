"""The page behind an invitation's link."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext

from core import organisations as stage
from core.models import User
from core.web.page import page


def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """What is offered and by whom; POST accepts. A stranger is asked to sign in or sign up first."""
    offer = stage.invitation_of(token)
    if not isinstance(request.user, User):
        request.session["invitation"] = token
    elif request.method == "POST":
        stage.accept(invitation=offer, by=request.user)
        request.session.pop("invitation", None)
        messages.success(request, gettext("Welcome to %(name)s.") % {"name": offer.organisation.name})
        return redirect("web:home")
    return page(request, "organisations/invitation.html", {"offer": offer})
