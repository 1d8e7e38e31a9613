"""Who is asking, from where, in which language."""

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.utils import translation
from django.utils.cache import patch_vary_headers

from core import audit

Answer = Callable[[HttpRequest], HttpResponse]


class ActorMiddleware:
    """Remember the caller's address for the audit events that this request writes."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        where = request.META.get("REMOTE_ADDR", "")
        if settings.SECURE_PROXY_SSL_HEADER:  # only a proxy that we were told of is believed
            where = request.META.get("HTTP_X_FORWARDED_FOR", where).split(",")[-1].strip()
        token = audit.address.set(where)
        try:
            return self.get_response(request)
        finally:
            audit.address.reset(token)


class CompressedMiddleware(GZipMiddleware):
    """Pages and JSON are compressed; files are sent as they are, with their length, so that a download can be resumed.

    Django pads each answer by a random length: what a secret beside a reader's own words is cannot be told by its size.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Compress what is text and whole."""
        kind = response.headers.get("Content-Type", "").partition(";")[0]
        if response.streaming or kind not in {"text/html", "application/json", "application/problem+json"}:
            return response
        return super().process_response(request, response)


class FinalSlashMiddleware:
    """The API's addresses have no final slash; one that is sent is taken away, since a redirect would lose a body."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info.startswith("/api/") and request.path_info.endswith("/"):
            request.path_info = request.path_info.rstrip("/")
        return self.get_response(request)


class PersonLocaleMiddleware:
    """The language is the person's; before they log in, the cookie's, then the browser's."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chosen = getattr(request.user, "language", "") or translation.get_language_from_request(request)
        with translation.override(chosen):
            request.LANGUAGE_CODE = translation.get_language() or settings.LANGUAGE_CODE
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", request.LANGUAGE_CODE)
        patch_vary_headers(response, ["Accept-Language", "Cookie"])
        return response


class ReadableQueryMiddleware:
    """A page whose query string has a NUL is a bad request: PostgreSQL holds no such text, so nothing has that name.

    Forms and the API's own readers refuse it themselves, and say where.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        query = request.META.get("QUERY_STRING", "")
        if ("%00" in query or "\0" in query) and not request.path.startswith("/api/"):
            raise BadRequest("a NUL in the query string")
        return self.get_response(request)
