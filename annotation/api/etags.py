"""Entity tags: reading a thing only when it has changed, changing it only when it has not.

A tag is a hash of the answer as it is sent, so it saves bytes, not work, and is right for everything that can be read.
On its way an answer may be compressed, which makes its tag a weak one; so tags are compared by what they say.
"""

import hashlib
from collections.abc import Callable
from typing import Any

from django.db import connection
from django.http import HttpResponse, HttpResponseNotModified
from django.utils.http import parse_etags
from django.utils.translation import gettext_lazy as _
from rest_framework.authentication import SessionAuthentication
from rest_framework.request import Request
from rest_framework.response import Response

from core.refusals import Refusal


class Changed(Refusal):
    """`If-Match` names what is not there any more."""

    status, code = 412, "changed_meanwhile"
    title = _("It has changed meanwhile")
    detail = _("What stands here now is not what If-Match names.")
    action = _("Read it again, and make your change to what you find.")


def tag_of(content: bytes) -> str:
    """The tag of an answer."""
    return f'"{hashlib.sha256(content).hexdigest()[:32]}"'


def names(header: str, tag: str) -> bool:
    """Whether a header's list of tags has this one."""
    tags = parse_etags(header)
    return "*" in tags or tag in {one.removeprefix("W/") for one in tags}


def tag(request: Request, response: Response) -> None:
    """Have an answer to GET tagged once it is rendered, and left out where the caller has it already."""

    def conditional(rendered: Any) -> HttpResponse | None:
        made = tag_of(rendered.content)
        rendered["ETag"] = made
        if not names(request.headers.get("If-None-Match", ""), made):
            return None
        same = HttpResponseNotModified()
        for name, value in rendered.items():
            if not name.startswith("Content-"):
                same[name] = value
        return same

    response.add_post_render_callback(conditional)


def keep_private(request: Request, response: HttpResponse) -> None:
    """No cache between keeps it, and a caller's own asks again. A browser's session keeps nothing on its device."""
    on_page = isinstance(request.successful_authenticator, SessionAuthentication)
    response.headers.setdefault("Cache-Control", "private, no-store" if on_page else "private, no-cache")


def check_unchanged(request: Request, read: Callable[[], Response] | None) -> None:
    """Raise Changed where `If-Match` does not name what `read` gives now. In the transaction of the change.

    Two who change the same thing at once come one after the other. An address that cannot be read has no tag.
    """
    if read is None:
        raise Changed(
            _("What is changed here cannot be read here, so it has no ETag."),
            action=_("Leave If-Match out; where a body has a revision, that does the same."),
        )
    if connection.vendor == "postgresql":  # SQLite has one writer at a time anyway
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [request.path])
    now = read()
    if now.status_code != 200 or not names(request.headers["If-Match"], tag_of(now.rendered_content)):
        raise Changed
