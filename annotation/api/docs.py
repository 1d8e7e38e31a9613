"""The API's description as a page."""

from csp.constants import UNSAFE_INLINE
from csp.decorators import csp_update
from django.utils.decorators import method_decorator
from drf_spectacular.views import SpectacularRedocView


@method_decorator(csp_update({"style-src": [UNSAFE_INLINE]}), name="dispatch")
class Docs(SpectacularRedocView):
    """Redoc from our own files. It styles itself from JavaScript, so this page alone allows inline styles."""

    template_name = "api/docs.html"
