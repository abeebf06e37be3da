"""The OpenAPI document, and a page to read it by."""

from collections.abc import Callable
from typing import Any

from django.http.response import HttpResponseBase
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView

View = Callable[..., HttpResponseBase]


def document() -> View:
    """Return the view of the OpenAPI document, in YAML or, as Accept asks, in JSON."""
    view: View = SpectacularAPIView.as_view()
    return view


def reading_page() -> View:
    """Return the view of the document for people. Its script is an address of its own: nothing stands in the page."""
    settings: dict[str, Any] = {"url_name": "api-schema", "template_name": "api/docs.html"}
    view: View = SpectacularSwaggerSplitView.as_view(**settings)
    return view
