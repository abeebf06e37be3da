"""What an address of the API answers to, by method: one value each, from which view and OpenAPI both come."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any, Final

from django.http.response import HttpResponseBase
from django.urls import reverse
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response

from hanse.actions.rights import Person
from hanse.actions.world import World
from hanse.conf.outside import outside
from hanse.web.api.doors import asker
from hanse.web.api.problems import PROBLEM
from hanse.web.api.shapes import NOTHING, Shape, read_as

View = Callable[..., HttpResponseBase]
FAILURES: Final = {
    HTTPStatus.BAD_REQUEST: "The request cannot be read.",
    HTTPStatus.UNAUTHORIZED: "Nobody is logged in.",
    HTTPStatus.FORBIDDEN: "A right is lacking.",
}
NOT_HERE: Final = {HTTPStatus.NOT_FOUND: "There is nothing here that the asker may see."}
MEND: Final = {HTTPStatus.UNPROCESSABLE_ENTITY: "It contradicts what is wanted: mend it."}
CONFLICT: Final = {
    HTTPStatus.CONFLICT: "Somebody else was there before: look again.",
    HTTPStatus.PRECONDITION_FAILED: "It is not any more what If-Match says.",
}
OUTSIDE: Final = {HTTPStatus.BAD_GATEWAY: "A router or another part of the world failed."}


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One request and who is behind it."""

    request: Request
    person: Person

    @property
    def world(self) -> World:
        """Return the real routers, clock and engine."""
        return outside()

    def url(self, route: str, *parts: int | str) -> str:
        """Return the address of something."""
        return self.request.build_absolute_uri(reverse(route, args=parts))

    def body(self, form: Any) -> Any:
        """Return the body, read as a `form`.

        :raises Unreadable:
        """
        return read_as(form, self.request.data)


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """What is done for one method. `answer` gets the path's parts by name."""

    answer: Callable[..., Response]
    summary: str
    gives: Shape = NOTHING
    takes: Shape = NOTHING
    status: HTTPStatus = HTTPStatus.OK
    failures: Mapping[HTTPStatus, str] = field(default_factory=dict)
    parameters: tuple[OpenApiParameter, ...] = ()


def endpoint(tag: str, name: str, **operations: Operation) -> View:
    """Return the view of one address. `name` is unique: the operations are called after it in OpenAPI."""

    def answer(request: Request, **path: Any) -> Response:
        asked = operations["GET" if request.method == "HEAD" else str(request.method)]
        return asked.answer(Asked(request=request, person=asker(request)), **path)

    answer.__name__ = name
    view: View = api_view(list(operations))(answer)
    view.cls.operations = operations  # type: ignore[attr-defined]  # the class that DRF made of it
    for method, one in operations.items():
        view = extend_schema(
            methods=[method],
            tags=[tag],
            operation_id=f"{name}_{VERBS[method]}",
            summary=one.summary,
            description="",
            parameters=list(one.parameters),
            request={"application/json": one.takes.schema} if one.takes is not NOTHING else None,
            responses=_responses(one),
        )(view)
    return view


VERBS: Final = {"GET": "read", "POST": "create", "PUT": "replace", "PATCH": "change", "DELETE": "remove"}


def _responses(operation: Operation) -> dict[Any, Any]:
    answers: dict[Any, Any] = {}
    if operation.gives is NOTHING:
        answers[operation.status.value] = OpenApiResponse(description="done")
    else:
        answers[operation.status.value, "application/json"] = operation.gives.schema
    for status, meaning in {**FAILURES, **operation.failures}.items():
        answers[status.value, "application/problem+json"] = OpenApiResponse(
            response=PROBLEM.schema, description=meaning
        )
    return answers
