"""The links at the top, by what the person may do anywhere."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext

from core.models import Membership, User
from core.roles import ALLOWED, Capability, Role


@dataclass(frozen=True)
class Link:
    """One link; `current` marks the page that it leads to and the pages below it."""

    text: str
    href: str
    current: bool


def navigation(request: HttpRequest) -> list[Link]:
    """Nothing for a stranger. One query: the roles that the person holds now."""
    user = getattr(request, "user", None)
    if not isinstance(user, User):
        return []
    roles = {
        Role(role) for role in Membership.objects.current().filter(user=user).values_list("role", flat=True)
    }
    wanted = [(gettext("Home"), "web:home")]
    if roles & ALLOWED[Capability.LABEL]:
        wanted.append((gettext("My work"), "web:my-work"))
    if roles:
        wanted.append((gettext("Projects"), "web:projects"))
    if roles & (ALLOWED[Capability.ADJUDICATE] | ALLOWED[Capability.SEE_WORK]):
        wanted.append((gettext("Disputes"), "web:disputes"))
    wanted.append((gettext("Organisations"), "core:organisations"))
    return [_link(text, reverse(name), request.path) for text, name in wanted]


def _link(text: str, href: str, path: str) -> Link:
    return Link(text, href, path == href if href == "/" else path.startswith(href))
