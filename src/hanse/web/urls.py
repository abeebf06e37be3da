"""Every address: the pages at the root, the API below `api/`."""

from django.urls import include, path

urlpatterns = [
    path("", include("hanse.web.pages.urls")),
    path("api/", include("hanse.web.api.urls")),
    path("accounts/", include("allauth.urls")),
]
