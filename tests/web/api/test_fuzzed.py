"""Schemathesis over the whole API: whatever is asked, nothing breaks, and the answer is what the document says.

It asks a few things of every operation, always the same ones. `HANSE_FUZZ=200` asks that many of each.
"""

import os
from collections import Counter
from collections.abc import Generator
from contextlib import suppress
from http import HTTPStatus
from typing import Any, Final

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode, checks
from schemathesis.specs.openapi import checks as openapi_checks

from hanse.actions.rights import operator
from hanse.actions.tokens import make
from hanse.devices.clock import SystemClock
from hanse.store.models import AuditEntry, Draft, Grant, Job, Secret, TemplateOverride, User, WantedObject
from web.conftest import Office

pytestmark = pytest.mark.django_db
EXAMPLES: Final = int(os.environ.get("HANSE_FUZZ", "2"))
CHECKS: Final = [
    checks.not_a_server_error,
    openapi_checks.response_schema_conformance,
    openapi_checks.status_code_conformance,
    openapi_checks.content_type_conformance,
]
QUESTIONS: Final = {("POST", "/api/check/"), ("POST", "/api/lifecycle/as-if/")}  # these change nothing
KNOWN: Final = {"node": "core1", "name": "radius", "key": "hanse_0000", "exchange": "pix"}
TEMPLATE: Final = "bird2/bird.conf.j2"
Asked = Counter[tuple[str, str, int]]


@pytest.fixture(autouse=True)
def _one_connection() -> Generator[None]:
    """Keep the connection, and so the test's transaction, from one request to the next, as Django's own client does."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def token_of(name: str, *, may_write: bool) -> str:
    """Return the text of a new token."""
    return make(name="fuzz", may_write=may_write, person=operator(name), clock=SystemClock())


def ask_everything(headers: dict[str, str], examples: int, reading: str, *, wrongly: bool = True) -> Asked:
    """Ask every operation, and return how often each was answered with what; a check that fails raises.

    `reading` is the token that reads the document; `wrongly`: ask for what the document does not allow, too.
    """
    document = schemathesis.openapi.from_wsgi(
        "/api/schema/", get_wsgi_application(), headers={"Authorization": reading}
    )
    answered: Asked = Counter()
    for found in document.get_all_operations():
        operation: Any = found.ok()  # type: ignore[union-attr]  # it raises for what is no operation
        _ask(operation, GenerationMode.POSITIVE, headers, examples, answered)
        if wrongly and (operation.body or operation.query):
            _ask(operation, GenerationMode.NEGATIVE, headers, examples, answered)
    return answered


def _ask(operation: Any, mode: GenerationMode, headers: dict[str, str], examples: int, answered: Asked) -> None:
    numbers = st.sampled_from([*range(1, 30), 0, 2**63, 10**30])

    @seed(64500)
    @settings(
        max_examples=examples,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode), number=numbers)
    def ask(case: Any, number: int) -> None:
        if "number" in case.path_parameters:
            case.path_parameters["number"] = number
        for word in KNOWN.keys() & case.path_parameters.keys():
            case.path_parameters[word] = TEMPLATE if "templates" in case.operation.path else KNOWN[word]
        answer = case.call(headers=headers)
        answered[case.method, case.operation.path, answer.status_code] += 1
        if answer.status_code != HTTPStatus.UNAUTHORIZED:
            case.validate_response(answer, checks=CHECKS)

    with suppress(Unsatisfiable):  # nothing can be wrong about an address that takes nothing
        ask()


def everything_kept() -> tuple[Any, ...]:
    """Return what somebody without rights must not be able to change."""
    return (
        list(WantedObject.objects.order_by("pk").values_list("pk", "version")),
        *(kind.objects.count() for kind in (AuditEntry, Draft, Grant, Job, Secret, TemplateOverride, User)),
    )


def test_nothing_breaks_for_the_administrator(office: Office) -> None:
    header = f"Token {token_of('admin', may_write=True)}"

    answered = ask_everything({"Authorization": header}, EXAMPLES, header)

    assert not [one for one in answered if one[2] >= 500]
    assert any(status == 201 for _, _, status in answered)


def test_a_reader_reads_and_changes_nothing(office: Office) -> None:
    admin, header = token_of("admin", may_write=False), f"Token {token_of('reader', may_write=False)}"
    before = everything_kept()

    answered = ask_everything({"Authorization": header}, max(1, EXAMPLES // 2), f"Token {admin}")

    assert everything_kept() == before
    assert not [one for one in answered if one[2] >= 500]
    assert {(method, path) for method, path, status in answered if method != "GET" and status < 400} <= QUESTIONS


def test_nobody_is_answered_nothing(office: Office) -> None:
    admin = token_of("admin", may_write=False)
    before = everything_kept()

    answered = ask_everything({}, 1, f"Token {admin}", wrongly=False)

    assert everything_kept() == before
    assert {status for _, _, status in answered} == {401}
