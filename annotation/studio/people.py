"""Users as Label Studio's API tells of them."""

from typing import Any

from core.models import Membership, User


def name_parts(user: User) -> tuple[str, str]:
    """First and last name: Assay keeps one name, whose last word is the last name."""
    first, _, last = user.name.rpartition(" ")
    return (first, last) if first else (last, "")


def simple(user: User) -> dict[str, Any]:
    """As annotations and projects name who made them."""
    first, last = name_parts(user)
    return {"id": user.pk, "first_name": first, "last_name": last, "email": user.email, "avatar": None}


def whole(user: User, organisation: int | None) -> dict[str, Any]:
    """As `/api/users/` and `whoami` do."""
    first, last = name_parts(user)
    letters = "".join(part[0] for part in (first, last) if part) or user.email[:2]
    return {
        **simple(user),
        "username": user.email.partition("@")[0],
        "last_activity": user.last_login or user.date_joined,
        "custom_hotkeys": {},
        "initials": letters.lower(),
        "phone": "",
        "active_organization": organisation,
        "active_organization_meta": {"title": "", "email": ""},
        "allow_newsletters": False,
        "date_joined": user.date_joined,
    }


def home_of(user: User) -> int | None:
    """The organisation that the person acts for when they say nothing else: the first that they joined as a whole."""
    mine = Membership.objects.current().filter(user=user).order_by("project_id", "pk")
    whole_first = mine.filter(project_id=None).values_list("organisation", flat=True).first()
    return whole_first or mine.values_list("organisation", flat=True).first()
