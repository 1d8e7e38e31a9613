"""Files that items show: a picture, the pages of a document as pictures, and where each of their characters stands.

A file's name is the hash of its content, so what is under an address never changes: browsers keep it. Whether the
caller may see it is asked all the same, each time they ask.
"""

import gzip
from collections.abc import Callable
from typing import Any

from django.core.files.storage import default_storage
from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import path
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.request import Request

from annotation.api.base import Handler, person
from annotation.models import Asset, Project
from annotation.models.asset import PDF, SIZES
from annotation.models.asset_reading import readable_asset
from core.refusals import InvalidInput, NotAllowed, NotFound
from core.roles import Capability

KEPT = "private, max-age=31536000, immutable"
ALONE = "default-src 'none'; sandbox; frame-ancestors 'none'"
"""Nothing of a stranger's file may run, whatever a browser takes it for."""
PICTURES = ("image/png", "image/jpeg", "image/webp")


class AnyAccept(DefaultContentNegotiation):
    """An image element asks for images, and the refusals of this module are JSON all the same."""

    def select_renderer(self, request: Any, renderers: Any, format_suffix: Any = None) -> Any:
        """The only one."""
        return renderers[0], renderers[0].media_type


class PageText(serializers.Serializer[Any]):
    """Places are in points from the upper left corner of the page, which is `width` by `height`."""

    width = serializers.FloatField()
    height = serializers.FloatField()
    text = serializers.CharField(help_text="As in the item's data; offsets are code points.")
    runs = serializers.ListField(
        child=serializers.ListField(),
        help_text=(
            "Characters that follow one another on a line, `[start, top, bottom, edges]`: character i of the run, the "
            "`start + i`-th of the text, stands between `edges[i]` and `edges[i + 1]`. Line ends stand nowhere."
        ),
    )


class AssetHandler(Handler):
    """One file, if an item that shows it is the caller's to see."""

    content_negotiation_class = AnyAccept

    def load(self, request: Request, uid: str) -> Asset:
        """The file. Raises NotFound; NotAllowed where the undertaking is missing."""
        return readable_asset(person(request), uid)

    def page(self, request: Request, uid: str, number: int) -> Asset:
        """The same, if it has that page; pages count from 1. Raises as `load`."""
        found = self.load(request, uid)
        if not 1 <= number <= found.pages:
            raise NotFound
        return found


class AssetFile(AssetHandler):
    """The file itself: a picture to show; a PDF to save, for who sees the project's work."""

    @extend_schema(
        responses={(200, kind): OpenApiTypes.BINARY for kind in (*PICTURES, PDF)}, operation_id="get_asset"
    )
    def get(self, request: Request, uid: str) -> HttpResponseBase:
        found = self.load(request, uid)
        is_pdf = found.media_type == PDF
        if is_pdf and not _sees_work(request, found):
            raise NotAllowed(  # it may hold what its pages do not show
                _("The whole PDF is for those who see the project's work."),
                action=_("Its pages are shown one by one."),
            )
        return kept(
            request,
            found.sha256,
            lambda: FileResponse(
                default_storage.open(found.path),
                content_type=found.media_type,
                as_attachment=is_pdf,
                filename=found.file_name,
            ),
        )


class AssetPage(AssetHandler):
    """A page as a picture: `large` is at most 1600 pixels wide, `small` half of that."""

    @extend_schema(
        parameters=[OpenApiParameter("size", str, enum=SIZES, default=SIZES[0])],
        responses={(200, "image/webp"): OpenApiTypes.BINARY},
        operation_id="get_asset_page",
    )
    def get(self, request: Request, uid: str, page: int) -> HttpResponseBase:
        found = self.page(request, uid, page)
        size = request.query_params.get("size", SIZES[0])
        if size not in SIZES:
            raise InvalidInput(_("There is no such choice."), where="size")
        return kept(
            request,
            f"{found.sha256}-{page}-{size}",
            lambda: FileResponse(
                default_storage.open(found.picture_path(page, size)),
                content_type="image/webp",
                filename=f"page-{page}.webp",
            ),
        )


class AssetPageText(AssetHandler):
    """A page's text, and where each of its characters stands."""

    @extend_schema(responses=PageText, operation_id="get_asset_page_text")
    def get(self, request: Request, uid: str, page: int) -> HttpResponseBase:
        found = self.page(request, uid, page)

        def answer() -> HttpResponseBase:
            with default_storage.open(found.text_path(page)) as file:
                packed = file.read()
            if "gzip" in request.headers.get("Accept-Encoding", ""):
                response = HttpResponse(packed, content_type="application/json")
                response["Content-Encoding"] = "gzip"
                return response
            return HttpResponse(gzip.decompress(packed), content_type="application/json")

        response = kept(request, f"{found.sha256}-{page}-text", answer)
        patch_vary_headers(response, ["Accept-Encoding"])
        return response


def kept(request: Request, name: str, make: Callable[[], HttpResponseBase]) -> HttpResponseBase:
    """The answer under headers that let the caller's browser keep it; 304 where it has it."""
    etag = f'W/"{name}"'
    response = get_conditional_response(request._request, etag=etag) or make()
    response["ETag"] = etag
    response["Cache-Control"] = KEPT
    response["Content-Security-Policy"] = ALONE
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _sees_work(request: Request, asset: Asset) -> bool:
    projects = Project.objects.where(person(request), Capability.SEE_WORK)
    return Asset.objects.filter(sha256=asset.sha256, project__in=projects.values("pk")).exists()


urls = [
    path("assets/<slug:uid>", AssetFile.as_view(), name="asset"),
    path("assets/<slug:uid>/pages/<int:page>", AssetPage.as_view(), name="asset-page"),
    path("assets/<slug:uid>/pages/<int:page>/text", AssetPageText.as_view(), name="asset-page-text"),
]
