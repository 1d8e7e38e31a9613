"""One call to the outside, past the guard. Workers and commands only: it imports httpx."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urljoin

import httpx
from django.utils.translation import gettext_lazy as _

from core.outbound import guard
from core.outbound.backend import Deadline
from core.outbound.refusing import AddressRefused, AnswerTooLarge, CallFailed
from core.outbound.target import Target
from core.outbound.transport import GuardedTransport, Limits

MOST_REDIRECTS = 3
_REDIRECTS = {301, 302, 303, 307, 308}
LIMITS = Limits()


@dataclass(frozen=True)
class Answer:
    """What came back. `body` as it was sent (no compression is asked for), cut where `is_whole` is false."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    is_whole: bool


def call(
    method: str,
    url: str,
    *,
    content: bytes | None = None,
    headers: Mapping[str, str] | None = None,
    private: Mapping[str, str] | None = None,
    limits: Limits = LIMITS,
) -> Answer:
    """Call the address. Redirects keep method and body (303: GET); `private` headers stay with the first origin.

    Raises AddressRefused when the guard refuses it or where it leads to, CallFailed when no answer comes of it.
    """
    target = guard.check(url)
    first, deadline = target.origin, Deadline(limits.total)
    transport = GuardedTransport(limits, deadline)
    with httpx.Client(transport=transport, trust_env=False, follow_redirects=False) as client:
        for _turn in range(MOST_REDIRECTS + 1):
            mine = private if target.origin == first else None
            # Compression off, so that the limit counts what there is to read.
            sent = {"Accept-Encoding": "identity", "User-Agent": "Assay", **(headers or {}), **(mine or {})}
            answer = _send(client, method, target, content, sent)
            if answer.status not in _REDIRECTS or "location" not in answer.headers:
                return answer
            target = _led_on(target, answer.headers["location"])
            if answer.status == 303:
                method, content = "GET", None
    raise CallFailed(target.host, _("it sends us on from one address to another for ever."))


def _send(
    client: httpx.Client, method: str, target: Target, content: bytes | None, headers: Mapping[str, str]
) -> Answer:
    try:
        with client.stream(method, target.url, content=content, headers=headers, timeout=None) as response:
            body, is_whole = _read(response)
            return Answer(response.status_code, dict(response.headers), body, is_whole)
    except httpx.TimeoutException as error:
        raise CallFailed(target.host, _("the time for an answer is over.")) from error
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        why = _("no connection, or no answer that can be read (%(error)s).")
        raise CallFailed(target.host, why % {"error": str(error)[:200]}) from error


def _read(response: httpx.Response) -> tuple[bytes, bool]:
    body = bytearray()
    try:
        for chunk in response.iter_raw():
            body += chunk
    except AnswerTooLarge:
        return bytes(body), False
    return bytes(body), True


def _led_on(target: Target, location: str) -> Target:
    """Where a redirect goes. Raises AddressRefused."""
    try:
        led = urljoin(target.url, location)
    except ValueError:
        raise AddressRefused(location, _("it is no address.")) from None
    found = guard.check(led)
    if target.scheme == "https" and found.scheme == "http":
        raise AddressRefused(found.host, _("an encrypted call is not sent on without encryption."))
    return found
