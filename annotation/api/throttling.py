"""How often one may call: a limit a minute for each person's programs, one for their pages, one for each address.

Headers as draft-ietf-httpapi-ratelimit-headers has them. The limits are settings (ASSAY_RATE_…).
"""

from django.conf import settings
from rest_framework.authentication import SessionAuthentication
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import BaseThrottle

from core import audit, rates
from core.models import User


class PerCaller(BaseThrottle):
    """Counts a request once, however often it is asked about it."""

    def allow_request(self, request: Request, view: object) -> bool:
        """Whether this call is within the caller's limit."""
        asked = request._request
        if not hasattr(asked, "calls"):
            asked.calls = rates.count(*_caller(request))  # type: ignore[attr-defined]
        self.count: rates.Count | None = asked.calls  # type: ignore[attr-defined]
        return self.count is None or self.count.is_allowed

    def wait(self) -> float | None:
        """Seconds until calls are let through again."""
        return self.count.seconds if self.count else None


def _caller(request: Request) -> tuple[str, int]:
    """Who is counted, and their limit."""
    user = request.user
    if not isinstance(user, User):
        return f"address:{audit.address.get()}", settings.ASSAY_RATE_ANONYMOUS
    if isinstance(request.successful_authenticator, SessionAuthentication):
        return f"page:{user.uid}", settings.ASSAY_RATE_PAGES
    return f"person:{user.uid}", settings.ASSAY_RATE_KEYS


def tell(request: Request, response: Response) -> None:
    """Write into the answer how many calls are left."""
    count: rates.Count | None = getattr(request._request, "calls", None)
    if count is not None:
        response["RateLimit-Policy"] = f'"calls";q={count.limit};w={rates.WINDOW}'
        response["RateLimit"] = f'"calls";r={max(0, count.left)};t={count.seconds}'
