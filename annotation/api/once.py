"""Idempotency keys (draft-ietf-httpapi-idempotency-key-header): a call that is sent again is carried out once."""

import hashlib
import re
from collections.abc import Callable, Iterator
from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext_lazy as _
from rest_framework.request import Request

from core import faults
from core import once as stage
from core.models import KeptAnswer, User
from core.refusals import InvalidInput

KEY = "Idempotency-Key"
REPLAYED = "Idempotent-Replayed"
TOLD = ("Content-Type", "Content-Language", "Location", "Link")
"""The headers that are kept."""
PASSING = frozenset({401, 408, 429})
"""Answers that say nothing about the call."""
_FORM = re.compile(r'"([\x20\x21\x23-\x5b\x5d-\x7e]{1,255})"|([\x21\x23-\x5b\x5d-\x7e]{1,255})')


def key_of(request: Request) -> str:
    """The key, quoted or not; empty where there is none. Raises InvalidInput."""
    given = request.headers.get(KEY, "").strip()
    if not given:
        return ""
    found = _FORM.fullmatch(given)
    if found is None:
        raise InvalidInput(
            _("An idempotency key has 1 to 255 letters, digits and signs of ASCII."),
            action=_("Send a UUID, for example."),
            where=KEY,
        )
    return found[1] or found[2]


def check_is_none(request: Request) -> None:
    """Raise InvalidInput where a key is sent to an address whose answers are not kept."""
    if key_of(request):
        raise InvalidInput(
            _("What this address answers is secret, so it is not kept, and takes no idempotency key."),
            action=_("Leave the key out."),
            where=KEY,
        )


def carry_out(
    request: Request, user: User, key: str, act: Callable[[], HttpResponseBase]
) -> HttpResponseBase:
    """The answer of `act`, or what it was answered before. What `act` does is done whole or not at all.

    Raises as `core.once.begin` does, and what `act` raises, which then came to nothing.
    """
    call = _digest([key.encode(), (request.method or "").encode(), request.path.encode()])
    begun = stage.begin(user=user, call=call, sent=_digest(_sent(request)))
    if isinstance(begun, stage.Answer):
        return _replayed(begun)
    try:
        with transaction.atomic():
            response: Any = act()
            if kept := _is_to_keep(response):
                faults.point("once.before_kept")
                _keep(begun, response)
            elif response.status_code >= 500:
                transaction.set_rollback(True)
    except BaseException:
        stage.release(begun)
        raise
    if not kept:
        stage.release(begun)
    return response  # type: ignore[no-any-return]


def _is_to_keep(response: HttpResponseBase) -> bool:
    return response.status_code < 500 and response.status_code not in PASSING and not response.streaming


def _keep(claim: KeptAnswer, response: HttpResponse) -> None:
    if hasattr(response, "render"):
        response.render()
    headers = {name: response[name] for name in TOLD if name in response}
    stage.keep(claim, stage.Answer(response.status_code, headers, response.content))


def _replayed(kept: stage.Answer) -> HttpResponse:
    response = HttpResponse(kept.body, status=kept.status)
    if "Content-Type" not in kept.headers:
        del response["Content-Type"]
    for name, value in kept.headers.items():
        response[name] = value
    response[REPLAYED] = "true"
    return response


def _sent(request: Request) -> Iterator[bytes]:
    """What makes it the same call. Parts of a form are read one by one: each sending has other boundaries."""
    yield request.META.get("QUERY_STRING", "").encode()
    yield request.headers.get("If-Match", "").encode()
    if not (request.content_type or "").startswith("multipart/"):
        yield request._request.body
        return
    form: Any = request.data
    for name in sorted(form):
        for value in form.getlist(name):
            yield name.encode(errors="surrogatepass")
            if hasattr(value, "chunks"):
                yield str(value.name).encode(errors="surrogatepass")
                yield _of_file(value)
            else:
                yield str(value).encode(errors="surrogatepass")


def _of_file(file: Any) -> bytes:
    found = hashlib.sha256()
    for chunk in file.chunks():
        found.update(chunk)
    file.seek(0)
    return found.digest()


def _digest(parts: Any) -> str:
    found = hashlib.sha256()
    for part in parts:
        found.update(len(part).to_bytes(8, "big") + part)
    return found.hexdigest()
