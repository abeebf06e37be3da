"""Errors of actions as pages: by whose fault, as a sentence, in the part of the page that asked."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse
from django.test import Client, RequestFactory

from hanse.actions.rights import NotAllowed
from hanse.network.errors import HanseError, OutsideError, WantedError
from hanse.store.models import User
from hanse.web.pages.errors import ErrorsAsPages, status_of

pytestmark = pytest.mark.django_db


def answer_to(error: Exception, path: str = "/routers/", **headers: str) -> HttpResponse | None:
    request = RequestFactory().post(path, headers=headers)
    request.user = AnonymousUser()
    return ErrorsAsPages(lambda request: HttpResponse()).process_exception(request, error)


@pytest.mark.parametrize(
    ("error", "status"), [(WantedError("mend it"), 422), (NotAllowed("not you"), 403), (OutsideError("gone"), 502)]
)
def test_the_status_says_whose_fault_it_is(error: HanseError, status: int) -> None:
    answer = answer_to(error)

    assert status_of(error) == status
    assert answer is not None
    assert answer.status_code == status
    assert str(error) in answer.content.decode()


def test_a_part_of_a_page_gets_the_sentence_at_the_top_of_the_page() -> None:
    answer = answer_to(WantedError("mend it"), **{"HX-Request": "true"})

    assert answer is not None
    assert answer.headers["HX-Retarget"] == "#problems"
    assert "<html" not in answer.content.decode()


def test_a_bug_is_left_to_be_one() -> None:
    assert answer_to(ValueError("ours")) is None


def test_the_api_has_its_own_words() -> None:
    assert answer_to(WantedError("mend it"), path="/api/plugins/") is None


def test_whoever_was_logged_out_meanwhile_sees_the_whole_page_anew(client: Client) -> None:
    answer = client.get("/routers/", headers={"HX-Request": "true", "HX-Target": "rows"})

    assert answer.status_code == 204
    assert answer.headers["HX-Refresh"] == "true"


def test_a_sentence_is_no_markup() -> None:
    answer = answer_to(WantedError("<script>alert(1)</script>"))

    assert answer is not None
    assert b"<script>alert" not in answer.content


def test_what_is_not_there_is_said_in_the_shell(client: Client) -> None:
    client.force_login(User.objects.create_user("bob"))

    answer = client.get("/not/here/")

    assert answer.status_code == 404
    assert "There is no such page" in answer.content.decode()
