"""What Label Studio has and Assay has not yet: a 404 that says so, in JSON, for whoever is known."""

from typing import Any

from django.urls import path
from django.utils.translation import gettext_lazy as _
from rest_framework.request import Request

from annotation.api.label_studio.base import Studio
from core.refusals import NotFound


class Later(Studio):
    """Import and export storages and machine learning back ends."""

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Whatever the method is. Raises NotFound."""
        super().initial(request)
        raise NotFound(
            _("Assay has no storages and no machine learning back ends yet."),
            action=_("Import tasks and predictions: POST /api/projects/ID/import."),
        )


urls = [
    made
    for part in ("storages", "ml")
    for made in (
        path(part, Later.as_view(), name="studio-later"),
        path(f"{part}/<path:rest>", Later.as_view(), name="studio-later-below"),
    )
]
