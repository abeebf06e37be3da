"""Errors as problem details (RFC 9457), with the sentence that the command line gives."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.http import Http404, JsonResponse
from rest_framework import exceptions

from hanse.actions.alerts import AlertAcknowledged, AlertIsOver, NoSuchAlert
from hanse.actions.deploying import NotRollingOut, NotWaiting
from hanse.actions.drafts import Conflicting
from hanse.actions.jobs import JobHasEnded, NoSuchJob, NotRepeatable
from hanse.actions.peering.finding import NoSuchExchange
from hanse.actions.peering.remembering import NoSuchAs
from hanse.actions.recipients import NotGivenUp
from hanse.actions.registries import SyncUnderWay
from hanse.actions.rights import NotAllowed
from hanse.actions.rollouts import AppliedBefore, StalePlan
from hanse.network.errors import HanseError, OutsideError, WantedError
from hanse.network.wanted.problem import Contradictory, Problem
from hanse.store.change_sets import NoSuchChangeSet
from hanse.store.deployments import AlreadyDeploying, NoSuchDeployment
from hanse.store.draft_states import NotOpen
from hanse.store.drafts import NoSuchDraft
from hanse.store.peering import NoSuchRequest
from hanse.store.request_states import NoSuchRequestStep
from hanse.store.snapshot import ChangedMeanwhile
from hanse.web.api.shapes import Shape, Unreadable, named

MEDIA: Final = "application/problem+json"


class NotAsRead(WantedError):
    """The object is not any more as it was when it was read: the version in If-Match is another."""


# What an address names by its number, and is not there or not for this person.
NOT_HERE: Final = (
    NoSuchAlert,
    NoSuchAs,
    NoSuchChangeSet,
    NoSuchDeployment,
    NoSuchDraft,
    NoSuchExchange,
    NoSuchJob,
    NoSuchRequest,
)
# What was so when somebody looked, and is not so any more.
TOO_LATE: Final = (
    AlertAcknowledged,
    AlertIsOver,
    AlreadyDeploying,
    AppliedBefore,
    ChangedMeanwhile,
    Conflicting,
    JobHasEnded,
    NoSuchRequestStep,
    NotGivenUp,
    NotOpen,
    NotRepeatable,
    NotRollingOut,
    NotWaiting,
    StalePlan,
    SyncUnderWay,
)
# The first that fits, so the narrower stand first.
STATUS: Final[tuple[tuple[type[HanseError], HTTPStatus], ...]] = (
    (NotAllowed, HTTPStatus.FORBIDDEN),
    (Unreadable, HTTPStatus.BAD_REQUEST),
    (NotAsRead, HTTPStatus.PRECONDITION_FAILED),
    *((kind, HTTPStatus.NOT_FOUND) for kind in NOT_HERE),
    *((kind, HTTPStatus.CONFLICT) for kind in TOO_LATE),
    (WantedError, HTTPStatus.UNPROCESSABLE_ENTITY),
    (OutsideError, HTTPStatus.BAD_GATEWAY),
)

PROBLEM: Final[Shape] = named(
    "ProblemDetails",
    {
        "type": "object",
        "description": "What went wrong (RFC 9457), in the words that the command line uses.",
        "properties": {
            "type": {"type": "string"},
            "title": {"type": "string", "description": "the kind of error, in few words"},
            "status": {"type": "integer"},
            "detail": {"type": "string", "description": "a sentence for people"},
            "problems": {
                "type": "array",
                "description": "each place that is wrong: the way to the field, and a sentence",
                "items": {
                    "type": "object",
                    "properties": {
                        "path": {"type": "array", "items": {"type": "string"}},
                        "sentence": {"type": "string"},
                    },
                    "required": ["path", "sentence"],
                },
            },
        },
        "required": ["type", "title", "status", "detail"],
    },
)


def problem_response(error: Exception, context: Mapping[str, Any]) -> JsonResponse | None:
    """Return the answer to a request that failed; None: it is a mistake in Hanse."""
    if isinstance(error, HanseError):
        status = next(status for kind, status in STATUS if isinstance(error, kind))
        return problem(status, _words(type(error).__name__), str(error), _located(error))
    if isinstance(error, Http404):
        return problem(HTTPStatus.NOT_FOUND, "Not here", "there is nothing here that you may see")
    if isinstance(error, PermissionDenied):
        return problem(HTTPStatus.FORBIDDEN, "Not allowed", str(error) or "you may not do this")
    if isinstance(error, exceptions.APIException):
        answer = problem(HTTPStatus(error.status_code), _words(type(error).__name__), _sentence(error.detail))
        if header := getattr(error, "auth_header", ""):
            answer["WWW-Authenticate"] = header
        return answer
    return None


def problem(status: HTTPStatus, title: str, detail: str, problems: tuple[Problem, ...] = ()) -> JsonResponse:
    """Return an answer that says what went wrong."""
    body: dict[str, Any] = {"type": "about:blank", "title": title, "status": status.value, "detail": detail}
    if problems:
        body["problems"] = [{"path": list(one.path), "sentence": one.sentence} for one in problems]
    return JsonResponse(body, status=status, content_type=MEDIA)


def _located(error: HanseError) -> tuple[Problem, ...]:
    return error.problems if isinstance(error, Contradictory | Unreadable) else ()


def _words(name: str) -> str:
    """Return `ChangedMeanwhile` as "Changed meanwhile"."""
    spaced = "".join(f" {letter.lower()}" if letter.isupper() else letter for letter in name)
    return spaced.strip().capitalize()


def _sentence(detail: Any) -> str:
    if isinstance(detail, list):
        return "; ".join(map(_sentence, detail))
    if isinstance(detail, dict):
        return "; ".join(f"{field}: {_sentence(one)}" for field, one in detail.items())
    return str(detail)
