"""The door of every page of an organisation."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from core.models import Membership, Organisation, User
from core.refusals import NotAllowed, NotFound
from core.roles import ALLOWED, Capability
from core.web.page import page, person

P = ParamSpec("P")


@dataclass(frozen=True)
class Inside:
    """A person in an organisation; `may` counts roles in the whole of it, not in single projects."""

    request: HttpRequest
    user: User
    organisation: Organisation
    may: dict[str, bool]

    def render(
        self, template: str, context: dict[str, Any] | None = None, *, status: int = 200
    ) -> HttpResponse:
        known = {"inside": self, "organisation": self.organisation}
        return page(self.request, template, {**known, **(context or {})}, status=status)


def in_organisation(
    *needs: Capability,
) -> Callable[[Callable[Concatenate[Inside, P], HttpResponseBase]], Callable[..., HttpResponseBase]]:
    """A view of `/organisations/<uid>/…`; without needs, for everybody who has a role in it.

    404 for whom it does not exist, 403 for who sees it but may not do this.
    """

    def decorate(view: Callable[Concatenate[Inside, P], HttpResponseBase]) -> Callable[..., HttpResponseBase]:
        @login_required
        @wraps(view)
        def guarded(
            request: HttpRequest, organisation: str, *args: P.args, **kwargs: P.kwargs
        ) -> HttpResponseBase:
            user = person(request)
            found = Organisation.objects.visible_to(user).filter(uid=organisation).first()
            if found is None:
                raise NotFound
            inside = Inside(request, user, found, _may(user, found))
            if needs and not any(inside.may[need.value] for need in needs):
                raise NotAllowed
            return view(inside, *args, **kwargs)

        return guarded

    return decorate


def _may(user: User, organisation: Organisation) -> dict[str, bool]:
    held = Membership.objects.current().filter(user=user, organisation=organisation, project_id=None)
    roles = set(held.values_list("role", flat=True))
    return {capability.value: bool(ALLOWED[capability] & roles) for capability in Capability}
