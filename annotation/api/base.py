"""What every handler starts from."""

from collections.abc import Callable
from typing import Any, ClassVar, TypeVar

from django.db import transaction
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers
from rest_framework.exceptions import NotAuthenticated
from rest_framework.permissions import SAFE_METHODS
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from annotation.api import etags, once, throttling
from core.models import User
from core.refusals import InvalidInput, NotFound, OtherAccount

M = TypeVar("M", bound=Model)
Act = Callable[[], Any]
"""What answers: with a Response, a file, an answer that was kept."""

ACCOUNT = "X-Assay-Account"
"""The header by which a page says for whom it was made: what is kept there is sent in nobody else's name."""


class Handler(APIView):
    """A handler for people who are logged in. `body` reads and checks what was sent.

    Calls are counted before anything else is done. What a method answers to GET is tagged; what changes something is
    carried out once for an idempotency key, and only on what `If-Match` names.
    """

    has_manners: ClassVar[bool] = True
    """Whether there are tags and idempotency keys here."""
    tells_secrets: ClassVar[bool] = False
    """Whether an answer holds what must not be stored: then there are no idempotency keys."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """As DRF's, with `_perform` in the place of the method."""
        self.args, self.kwargs = args, kwargs
        self.request: Request = self.initialize_request(request, *args, **kwargs)
        self.headers = self.default_response_headers

        def whole() -> Any:
            self.initial(self.request, *args, **kwargs)
            name = (self.request.method or "").lower()
            method = getattr(self, name, None) if name in self.http_method_names else None
            return self._perform(
                lambda: (method or self.http_method_not_allowed)(self.request, *args, **kwargs)
            )

        self.response = self._answer(whole)
        return self.response

    def _answer(self, act: Act) -> Any:
        try:
            response = act()
        except Exception as error:  # noqa: BLE001 (what is no refusal is raised again there)
            response = self.handle_exception(error)
        return self.finalize_response(self.request, response, *self.args, **self.kwargs)

    def _perform(self, act: Act) -> Any:
        """Run the method, with the manners that the call asks for."""
        request = self.request
        if not self.has_manners or request.method in SAFE_METHODS:
            return act()
        if "If-Match" in request.headers:
            act = self._if_unchanged(act)
        if self.tells_secrets:
            once.check_is_none(request)
        elif key := once.key_of(request):
            return once.carry_out(request, person(request), key, lambda: self._answer(act))
        return act()

    def _if_unchanged(self, act: Act) -> Act:
        read: Any = getattr(self, "get", None)

        @transaction.atomic
        def checked() -> Any:
            found = read and (lambda: self._answer(lambda: read(self.request, *self.args, **self.kwargs)))
            etags.check_unchanged(self.request, found)
            return act()

        return checked

    def perform_authentication(self, request: Request) -> None:
        """Whoever calls is counted, also who is let in nowhere."""
        try:
            super().perform_authentication(request)
        finally:
            self.check_throttles(request)

    def finalize_response(self, request: Request, response: Response, *args: Any, **kwargs: Any) -> Response:
        """With what caches and callers have to know."""
        answer = super().finalize_response(request, response, *args, **kwargs)
        throttling.tell(request, answer)
        etags.keep_private(request, answer)
        patch_vary_headers(answer, ["Authorization"])
        whole: HttpResponseBase = answer  # a file or a kept answer is no Response
        reads = self.has_manners and request.method == "GET" and whole.status_code == 200
        if reads and isinstance(whole, Response):
            etags.tag(request, whole)
        return answer

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
