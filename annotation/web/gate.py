"""The door of every page of a project: who stands before it, and what they may do there."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from annotation.models import Project
from annotation.web.tabs import Tab, dashboard_tabs, dispute_tabs, routing_tabs, tabs
from core.models import User
from core.refusals import NotAllowed, NotFound
from core.roles import ALLOWED, Capability, Role
from core.web.page import page, person

P = ParamSpec("P")


@dataclass(frozen=True)
class Here:
    """A person in a project. Templates ask `here.may.lead_project`."""

    request: HttpRequest
    user: User
    project: Project
    roles: frozenset[Role]
    may: dict[str, bool]

    def can(self, capability: Capability) -> bool:
        return self.may[capability.value]

    @property
    def tabs(self) -> list[Tab]:
        return tabs(self.project.uid, self.request.path, self.may)

    @property
    def dashboard_tabs(self) -> list[Tab]:
        return dashboard_tabs(self.project.uid, self.request.path, self.may)

    @property
    def dispute_tabs(self) -> list[Tab]:
        return dispute_tabs(self.project.uid, self.request.path, self.may)

    @property
    def routing_tabs(self) -> list[Tab]:
        return routing_tabs(self.project.uid, self.request.path, self.may)

    def render(
        self, template: str, context: dict[str, Any] | None = None, *, status: int = 200
    ) -> HttpResponse:
        """The template inside the project's frame."""
        return page(
            self.request, template, {"here": self, "project": self.project, **(context or {})}, status=status
        )


def in_project(
    *needs: Capability,
) -> Callable[[Callable[Concatenate[Here, P], HttpResponseBase]], Callable[..., HttpResponseBase]]:
    """A view of `/projects/<uid>/…` for who has one of the capabilities.

    404 for whom the project does not exist, 403 for who sees it but may not do this.
    """

    def decorate(view: Callable[Concatenate[Here, P], HttpResponseBase]) -> Callable[..., HttpResponseBase]:
        @login_required
        @wraps(view)
        def guarded(
            request: HttpRequest, project: str, *args: P.args, **kwargs: P.kwargs
        ) -> HttpResponseBase:
            return view(enter(request, project, *needs), *args, **kwargs)

        return guarded

    return decorate


def enter(request: HttpRequest, uid: str, *needs: Capability) -> Here:
    """Raises NotFound or NotAllowed as `in_project` says."""
    user = person(request)
    project = (
        Project.objects.visible_to(user)
        .select_related("organisation", "sector")
        .filter(uid=uid)
        .distinct()
        .first()
    )
    if project is None:
        raise NotFound
    roles = frozenset(project.roles_of(user))
    may = {one.value: not roles.isdisjoint(ALLOWED[one]) for one in Capability}
    if project.open_to_members:
        may[Capability.LABEL.value] = project.allows(user, Capability.LABEL)
    if not any(may[need.value] for need in needs):
        raise NotAllowed
    return Here(request, user, project, roles, may)
