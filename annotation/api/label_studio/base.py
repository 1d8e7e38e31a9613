"""What every handler of this API starts from: the caller, the body, and errors in Label Studio's shape."""

import re
import uuid
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.db import DataError
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _
from rest_framework import exceptions
from rest_framework.parsers import BaseParser, FormParser, MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.urls import replace_query_param
from rest_framework.views import exception_handler

from annotation.api.base import Handler, M
from annotation.api.label_studio.waiting import wait_until_stored
from annotation.api.parser import StrictJSONParser
from annotation.models import Project
from annotation.models.access import demand
from annotation.models.arriving import arriving
from annotation.models.project import roles_at
from core.models import User
from core.questions import NUMBER, Question, Rows, ask_all
from core.refusals import InvalidInput, NotFound, NotReady, Refusal, TooLarge
from core.regexes import took_too_long
from core.roles import Capability
from experts.evidence.credentials import OF_USER, know

ID: dict[str, Any] = {"min_value": 1, "max_value": 2**63 - 1}
"""What a number in a body may be that names a row."""
UNNAMED = "undefined"
"""The model version of imported predictions that name none, as in Label Studio."""
_LAST_PAGE = 2**31
EVERYWHERE = "non_field_errors"
"""Where an error stands that is about no field in particular."""


_project = Question[Project](
    lambda user, project: (
        Project.objects.visible_to(user)
        .select_related("organisation", "sector", "studio")
        .filter(pk=project)
        .annotate(arriving=Exists(arriving(OuterRef("pk"))))
        .order_by()
    ),
    user=NUMBER,
    project=NUMBER,
)
_roles = Rows[Any](
    lambda user, project: roles_at(user, Project.objects.filter(pk=project)), user=NUMBER, project=NUMBER
)


class Studio(Handler):
    """A handler of this API. What it raises comes out as `problem` says."""

    schema = None
    has_manners = False
    says_everywhere = False
    """Whether what is refused stands under `non_field_errors` too, where Label Studio's clients look for it here."""
    parser_classes: Sequence[type[BaseParser]] = (StrictJSONParser, FormParser, MultiPartParser)

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """What a person may do is read once a request."""
        super().initial(request, *args, **kwargs)
        if isinstance(request.user, User):
            request.user.known = {}

    def get_exception_handler(self) -> Any:
        """Errors in Label Studio's shape, whoever raises them."""
        return handle


class Missing(Studio):
    """An address that leads nowhere: 404 with a sentence, whatever the method is."""

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Raises NotFound, after the caller is known."""
        super().initial(request, *args, **kwargs)
        raise NotFound(_("Assay has nothing at this address."), action=_("Check the address."))


def project_of(
    user: User, pk: int, capability: Capability = Capability.SEE_PROJECT, *, whole: bool = True
) -> Project:
    """The project of that number, if the person sees it and may do this in it. Raises NotFound, NotAllowed.

    A script expects to find what it imported: so this waits until it is stored, unless it need not be `whole`. Raises
    NotReady when that takes too long.
    """
    project = row_for(user, _project, _roles, lambda found: found, project=pk)
    demand(user, project, capability)
    if whole and is_arriving(project):
        wait_until_stored(project)
    return project


def row_for(user: User, row: Question[M], roles: Rows[Any], of: Callable[[M], Project], **number: int) -> M:
    """What `row` finds of that number for the person; what they are in the project it is `of` is known then (`roles`).

    So is their expert; all is asked together. Raises NotFound.
    """
    asked = {"user": user.pk, **number}
    found, held, expert = ask_all((row, asked), (roles, asked), (OF_USER, {"user": user.pk}))
    if not found:
        raise NotFound
    of(found[0]).know_roles(user, held)
    know(user, expert)
    first: M = found[0]
    return first


def is_arriving(project: Project) -> bool:
    """Whether tasks of a project that `project_of` gave were still to be stored then."""
    return bool(getattr(project, "arriving", False))


def whole(value: Any, where: str, otherwise: int | None = None, *, least: int = 0) -> int:
    """A number of the query string. Raises InvalidInput naming it."""
    if value in (None, "") and otherwise is not None:
        return otherwise
    try:
        number = int(str(value))
    except ValueError:
        number = least - 1
    if not least <= number < 2**63:
        raise InvalidInput(_("%(value)s is no number that fits here."), where=where, params={"value": value})
    return number


def page_of(given: Mapping[str, Any]) -> int:
    """Which page is asked for. Raises NotFound for what is no page."""
    try:
        return min(whole(given.get("page"), "page", 1, least=1), _LAST_PAGE)
    except InvalidInput as error:
        raise no_such_page() from error


def no_such_page() -> NotFound:
    """A page that is none, or beyond the last."""
    return NotFound(_("There is no such page."), action=_("Ask for an earlier one."))


def only(rows: list[dict[str, Any]], names: str) -> list[dict[str, Any]]:
    """Of each row the fields that are named (`id,title`), and its number; all of them where none is."""
    wanted = {"id", *(name.strip() for name in names.split(",") if name.strip())}
    return rows if len(wanted) == 1 else [{name: one[name] for name in one if name in wanted} for one in rows]


def links(request: Request, page: int, size: int, count: int) -> dict[str, Any]:
    """`count`, and the addresses of the pages beside this one, which ask for the same."""
    here = request.build_absolute_uri()

    def to(number: int) -> str:
        return replace_query_param(replace_query_param(here, "page", number), "page_size", size)

    return {
        "count": count,
        "next": to(page + 1) if page * size < count else None,
        "previous": to(page - 1) if page > 1 else None,
    }


def yes(value: Any) -> bool:
    """A yes or no of the query string."""
    return str(value).lower() in {"1", "true", "yes", "on"}


def problem(status: int, detail: str, fields: Mapping[str, Any] | None = None) -> Response:
    """An error as Label Studio's client reads it: `detail` in words, `validation_errors` by field."""
    body: dict[str, Any] = {
        "id": str(uuid.uuid4()),
        "status_code": status,
        "version": settings.ASSAY_VERSION,
        "detail": detail,
        "exc_info": None,
    }
    if fields:
        body["validation_errors"] = {name: _sentences(said) for name, said in fields.items()}
    return Response(body, status=status)


def handle(error: Exception, context: dict[str, Any]) -> Response | None:
    """DRF's exception handler for this API."""
    if isinstance(error, RequestDataTooBig):  # Django refuses by the length that was announced
        error = TooLarge(params={"limit": settings.DATA_UPLOAD_MAX_MEMORY_SIZE})
    elif isinstance(error, SuspiciousOperation):
        error = InvalidInput()
    elif isinstance(error, DataError | OverflowError):
        # What the database cannot read: a number beyond its reach (SQLite's driver says OverflowError), an odd regex.
        error = InvalidInput(_("A value of the request is none that the database can read."))
    elif took_too_long(error):
        error = InvalidInput(
            _("The regular expression takes too long on these texts."), action=_("Ask for a simpler one.")
        )
    if isinstance(error, Refusal):
        return _refused(error, everywhere=getattr(context.get("view"), "says_everywhere", False))
    response = exception_handler(error, context)
    if response is None:
        return None
    if isinstance(error, exceptions.ValidationError):
        fields = error.detail if isinstance(error.detail, dict) else {EVERYWHERE: error.detail}
        answer = problem(400, _("Something in the input is not right: ") + _told(fields), fields)
    else:
        answer = problem(response.status_code, str(getattr(error, "detail", "")) or _("Not found."))
    for name in ("WWW-Authenticate", "Retry-After"):
        if name in response:
            answer[name] = response[name]
    return answer


def _refused(refusal: Refusal, *, everywhere: bool = False) -> Response:
    """A refusal of a stage. 422 and 409 come out as 400: clients send again what is answered 409.

    `everywhere`: its bare sentence is told as an error of no field, beside the field's own with place and advice.
    """
    status = 400 if refusal.status in {409, 422} else refusal.status
    said = f"{refusal.sentence} {refusal.advice}".strip()
    place = refusal.where or ""
    field = re.split(r"[.\[]", place, maxsplit=1)[0] or EVERYWHERE
    if place != field and place:
        said = f"{place}: {said}"
    fields = {field: [said], **({EVERYWHERE: [refusal.sentence]} if everywhere else {})}
    answer = problem(status, said, fields if status == 400 else None)
    if status == NotReady.status:
        answer["Retry-After"] = "1"
    return answer


def _sentences(said: Any) -> list[str]:
    if isinstance(said, Mapping):
        return [f"{name}: {one}" for name, inner in said.items() for one in _sentences(inner)]
    if isinstance(said, list | tuple):
        return [sentence for one in said for sentence in _sentences(one)]
    return [str(said)]


def _told(fields: Mapping[str, Any]) -> str:
    return "; ".join(f"{name}: {' '.join(_sentences(said))}" for name, said in fields.items())
