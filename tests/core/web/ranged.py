"""A server of one file for `test_ranges`, run by gunicorn: what it sends is the file that RANGED names."""

import os
from pathlib import Path

import django
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import path

settings.configure(
    ROOT_URLCONF=__name__,
    SECRET_KEY="only for a test",
    ALLOWED_HOSTS=["*"],
    MIDDLEWARE=["django.middleware.common.CommonMiddleware"],
)
django.setup()

from core.web.ranges import Download, respond  # noqa: E402 (needs the settings)

CONTENT = Path(os.environ["RANGED"])


def _pieces(start: int, length: int) -> list[bytes]:
    with CONTENT.open("rb") as file:
        file.seek(start)
        return [file.read(length)]


def _file(request: HttpRequest) -> HttpResponseBase:
    return respond(request, Download("file.bin", CONTENT.stat().st_size, "tag", _pieces))


urlpatterns = [path("file", _file)]
application = get_wsgi_application()
