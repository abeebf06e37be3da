"""Every address: the pages at the root, the API below `api/`."""

from typing import Final

from django.urls import include, path

from hanse.web import health

handler500: Final = "hanse.web.bugs.bug"
urlpatterns = [
    path("", include("hanse.web.pages.urls")),
    path("api/", include("hanse.web.api.urls")),
    path("healthz", health.healthz, name="healthz"),
    path("metrics", health.metrics, name="metrics"),
    path("accounts/", include("hanse.web.accounts_urls")),
]
