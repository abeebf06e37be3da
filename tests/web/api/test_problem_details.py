"""Errors as problem details: whose fault it is decides the status, and the sentence is that of the command line."""

import json

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404
from rest_framework.exceptions import MethodNotAllowed

from hanse.actions.drafts import Conflicting
from hanse.actions.jobs import NoSuchJob
from hanse.actions.rights import NotAllowed
from hanse.devices.driver import Unreachable
from hanse.network.errors import HanseError, WantedError
from hanse.network.wanted.problem import Contradictory, Problem
from hanse.store.deployments import AlreadyDeploying
from hanse.store.draft_states import NotOpen
from hanse.store.snapshot import ChangedMeanwhile, NothingWanted
from hanse.web.api.problems import STATUS, NotAsRead, problem_response
from hanse.web.api.shapes import Unreadable


@pytest.mark.parametrize(
    ("error", "status", "title"),
    [
        (NotAllowed("no"), 403, "Not allowed"),
        (Unreadable("no"), 400, "Unreadable"),
        (NotAsRead("no"), 412, "Not as read"),
        (ChangedMeanwhile("no"), 409, "Changed meanwhile"),
        (Conflicting("no"), 409, "Conflicting"),
        (NotOpen("no"), 409, "Not open"),
        (AlreadyDeploying("no"), 409, "Already deploying"),
        (NoSuchJob("no"), 404, "No such job"),
        (NothingWanted("no"), 422, "Nothing wanted"),
        (Unreachable("no"), 502, "Unreachable"),
        (PermissionDenied("no"), 403, "Not allowed"),
        (MethodNotAllowed("POST", "no"), 405, "Method not allowed"),
    ],
)
def test_whose_fault_it_is_decides_the_status(error: Exception, status: int, title: str) -> None:
    answer = problem_response(error, {})

    assert answer is not None
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert json.loads(answer.content) == {"type": "about:blank", "title": title, "status": status, "detail": "no"}


def test_every_place_that_is_wrong_is_told() -> None:
    answer = problem_response(Contradictory((Problem(("sites", "hall"), "is wrong"),)), {})

    assert answer is not None
    assert json.loads(answer.content)["problems"] == [{"path": ["sites", "hall"], "sentence": "is wrong"}]


def test_what_is_not_there_is_told_like_what_is_out_of_sight() -> None:
    answer = problem_response(Http404("a router of Carol's"), {})

    assert answer is not None
    assert json.loads(answer.content)["detail"] == "there is nothing here that you may see"


def test_a_mistake_in_hanse_is_no_problem_of_the_asker() -> None:
    assert problem_response(ValueError("oops"), {}) is None


def test_every_kind_of_error_has_a_status() -> None:
    kinds = [kind for kind in HanseError.__subclasses__() if kind.__module__ == "hanse.network.errors"]

    assert {kind for kind, _ in STATUS} >= set(kinds)
    assert issubclass(STATUS[-2][0], WantedError)
