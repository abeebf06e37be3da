"""What Django REST framework has to be told: who may come in, what OPTIONS say. It takes classes for both.

The framework imports this file before its own views exist, so nothing here may import those.
"""

from dataclasses import replace
from typing import Any

from allauth.account.adapter import get_adapter
from django.core.exceptions import PermissionDenied
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.metadata import BaseMetadata
from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from hanse.actions import tokens
from hanse.actions.rights import Person
from hanse.conf.outside import outside
from hanse.web.person import person_of


def asker(request: Request) -> Person:
    """Return who is behind a request: whom the token speaks for, else who is logged in."""
    if isinstance(request.auth, Person):
        return request.auth
    behind = person_of(request._request, "api")  # noqa: SLF001  # DRF's own wrapper
    return replace(behind, door="api")  # a middleware may have asked before


class TokenInHeader(BaseAuthentication):
    """`Authorization: Token TEXT`, or Bearer: the person is whom the token speaks for, read-only if it says so."""

    def authenticate(self, request: Request) -> tuple[Any, Person] | None:
        """Return whom the token speaks for; None: there is no token."""
        scheme, _, text = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() not in {"token", "bearer"}:
            return None
        try:
            person = tokens.person_for(text.strip(), _address(request), outside().clock)
        except tokens.NotAToken as error:
            raise AuthenticationFailed(str(error)) from error
        return person, person

    def authenticate_header(self, request: Request) -> str:
        """Return what a request without a token is told to bring."""
        return "Token"


def _address(request: Request) -> str:
    """Return where a request comes from; empty, as over a socket that is a file, if nobody can tell."""
    try:
        return str(get_adapter().get_client_ip(request))
    except PermissionDenied:
        return ""


class SomebodyOnly(BasePermission):
    """Nothing is answered to nobody. What somebody may do is for the actions to say."""

    def has_permission(self, request: Request, view: Any) -> bool:
        """Say whether anybody at all is behind the request."""
        return bool(asker(request).who)


class Described(BaseMetadata):
    """Answers OPTIONS: which methods there are, and which fields a body has, in NetBox's manner."""

    def determine_metadata(self, request: Request, view: Any) -> dict[str, Any]:
        """Return what the address answers to."""
        operations = getattr(view, "operations", {})
        return {
            "name": view.get_view_name(),
            "description": "; ".join(operation.summary for operation in operations.values()),
            "renders": ["application/json"],
            "parses": ["application/json"],
            "actions": {
                method: fields_of(operation)
                for method, operation in operations.items()
                if method in {"POST", "PUT"} and operation.takes.parts
            },
        }


def fields_of(operation: Any) -> dict[str, Any]:
    """Return the fields of the body that an operation takes, with the words that a field can hold."""
    schema = _resolved(operation.takes.schema, operation)
    if "anyOf" in schema and "properties" not in schema:
        schema = _resolved(schema["anyOf"][0], operation)
    required = schema.get("required", [])
    return {
        name: {"type": part.get("type", "field"), "required": name in required, "label": part.get("title", name)}
        | _choices(_resolved(part, operation))
        for name, part in schema.get("properties", {}).items()
    }


def _choices(part: dict[str, Any]) -> dict[str, Any]:
    words = part.get("enum")
    return {"choices": [{"value": word, "display_name": word} for word in words]} if words else {}


def _resolved(schema: dict[str, Any], operation: Any) -> dict[str, Any]:
    name = schema.get("$ref", "").rpartition("/")[2]
    return operation.takes.parts[name] if name else schema
