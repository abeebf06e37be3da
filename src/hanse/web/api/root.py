"""The way in: which apps there are and what each has, what runs here, NetBox's address for plugins, and no page."""

import platform
from importlib.metadata import version
from typing import Final

import django
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import resolve, reverse
from django.views.decorators.csrf import csrf_exempt
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response

from hanse.web.api.operations import Asked, Operation
from hanse.web.api.shapes import Shape

SHAPE: Final = "4.6"  # the NetBox whose shape this is: clients ask for it
LINKS: Final = Shape(schema={"type": "object", "additionalProperties": {"type": "string", "format": "uri"}}, parts={})
STATUS: Final = Shape(schema={"type": "object", "additionalProperties": {"type": "string"}}, parts={})
START: Final = "api/"
PLUGINS: Final = "plugins/"


def root(routes: dict[str, str]) -> Operation:
    """Return the operation that tells every app, or every list of one app, by name."""

    def answer(asked: Asked) -> Response:
        found = {name: asked.request.build_absolute_uri(reverse(route)) for name, route in routes.items()}
        return Response(found, headers={"API-Version": SHAPE})

    return Operation(answer=answer, summary="Tell what is here", gives=LINKS)


def status() -> Operation:
    """Return the operation that tells what runs here."""

    def answer(asked: Asked) -> Response:
        return Response(
            {
                "hanse-version": version("hanse"),
                "netbox-version": SHAPE,
                "django-version": django.get_version(),
                "python-version": platform.python_version(),
            }
        )

    return Operation(answer=answer, summary="Tell what runs here", gives=STATUS)


@extend_schema(exclude=True)
@api_view(["GET", "POST", "PUT", "PATCH", "DELETE"])
def nothing(request: Request, rest: str) -> Response:
    """Answer below every address that is none: there is nothing."""
    raise Http404


@csrf_exempt
@login_not_required
def plugin(request: HttpRequest, rest: str) -> HttpResponseBase:
    """Answer below `plugins/` as without that word: a client of NetBox knows apps that are not NetBox's so."""
    found = resolve(f"/{START}{'nothing' if rest.startswith(PLUGINS) else rest}")
    answer: HttpResponseBase = found.func(request, *found.args, **found.kwargs)
    return answer
