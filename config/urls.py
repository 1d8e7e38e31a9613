"""Every route: pages, accounts, the API."""

from django.urls import include, path

from config.health import health

urlpatterns = [
    path("health", health, name="health"),
    path("accounts/", include("allauth.account.urls")),
    path("api/", include("annotation.api.urls")),
    path("", include("core.web.urls")),
    path("", include("annotation.web.urls")),
]
handler400 = "core.web.errors.bad_request"
handler403 = "core.web.errors.forbidden"
handler404 = "core.web.errors.missing"
handler500 = "core.web.errors.broken"
