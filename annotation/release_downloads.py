"""Releases as they come down: one file or all of it, whole or from any byte on. Pages and API send the same.

Whether the caller may have it is asked before; here only whether it is there.
"""

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from annotation.models import Release
from annotation.models.release_store import exists, listed, open_listed
from annotation.models.release_tar import FIRST, length_of, open_archive, root_of
from core.refusals import NotFound
from core.web.ranges import Download, respond

TAR = "application/x-tar"


def file_response(request: HttpRequest, release: Release, path: str) -> HttpResponseBase:
    """One file of a published release, by its path. Raises NotFound, FileDamaged, StoreAway, StoreRefuses."""
    file = listed(release, path)
    return respond(
        request,
        Download(
            name=path.rpartition("/")[2],
            size=file.size,
            tag=file.sha256,
            open=lambda start, length: open_listed(release, file, start, length),
        ),
    )


def archive_name(release: Release) -> str:
    """What its tar file is called."""
    return f"{release.about.get('key') or 'release'}-r{release.number}.tar"


def archive_response(request: HttpRequest, release: Release) -> HttpResponseBase:
    """A published release as one tar file. Raises NotFound, StoreAway, StoreRefuses."""
    if not exists(release, FIRST[0]):  # asked before the first byte: later a failure can only break off
        raise NotFound
    return respond(
        request,
        Download(
            name=archive_name(release),
            size=length_of(release),
            tag=f"tar-{root_of(release)}-{release.uid}",
            open=lambda start, length: open_archive(release, start, length),
            content_type=TAR,
        ),
    )
