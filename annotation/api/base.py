"""What every handler starts from."""

from typing import Any, TypeVar

from django.db.models import Model, QuerySet
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers
from rest_framework.exceptions import NotAuthenticated
from rest_framework.request import Request
from rest_framework.views import APIView

from core.models import User
from core.refusals import InvalidInput, NotFound, OtherAccount

M = TypeVar("M", bound=Model)


ACCOUNT = "X-Assay-Account"
"""The header by which a page says for whom it was made: what is kept there is sent in nobody else's name."""


class Handler(APIView):
    """A handler for people who are logged in. `body` reads and checks what was sent."""

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Raises OtherAccount where the caller is not who the page says."""
        super().initial(request, *args, **kwargs)
        meant = request.headers.get(ACCOUNT)
        if meant and meant != getattr(request.user, "uid", ""):
            raise OtherAccount

    def body(self, request: Request, form: type[serializers.Serializer[Any]]) -> dict[str, Any]:
        """The checked body; raises DRF's ValidationError."""
        given = form(data=request.data)
        given.is_valid(raise_exception=True)
        return dict(given.validated_data)


class Nothing(Handler):
    """An address that leads nowhere is answered in the API's own form."""

    schema = None

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Whatever the method is. Raises NotFound."""
        super().initial(request, *args, **kwargs)
        raise NotFound


def person(request: Request) -> User:
    """The caller, who is logged in: the permission class saw to it."""
    if not isinstance(request.user, User):
        raise NotAuthenticated
    return request.user


def one(rows: QuerySet[M], uid: str) -> M:
    """The row of that uid among those the caller may see; raises NotFound."""
    found = rows.filter(uid=uid).first()
    if found is None:
        raise NotFound
    return found


def page_after(
    rows: QuerySet[M],
    after: str,
    size: int = 100,
    *,
    newest_first: bool = False,
    among: QuerySet[M] | None = None,
) -> tuple[list[M], str | None]:
    """The page after the row of that uid (empty: the first), and what to ask the next one with. Raises NotFound.

    `among`: where that row is looked up, when it may have left `rows` since the page before.
    """
    here = rows.order_by("-pk" if newest_first else "pk")
    if after:
        last = one(rows if among is None else among, after).pk
        here = here.filter(pk__lt=last) if newest_first else here.filter(pk__gt=last)
    found = list(here[: size + 1])
    more = len(found) > size
    return found[:size], str(getattr(found[size - 1], "uid", "")) if more else None


class Result(serializers.JSONField):
    """An answer: a list of regions, as ARCHITECTURE.md shows. The stage checks it."""


def seen_version(versions: Any, name: str, given: dict[str, Any], otherwise: Any) -> Any:
    """The version that the caller saw, which may be older than the newest. Raises InvalidInput naming the field."""
    number = given.get(name)
    if number is None or number == otherwise.version:
        return otherwise
    seen = versions.filter(version=number).first()
    if seen is None:
        raise InvalidInput(
            _("There is no version %(number)s."),
            action=_("Load the item again."),
            where=name,
            params={"number": number},
        )
    return seen
