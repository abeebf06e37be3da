"""What a browser is told it may do, and that no page needs more."""

from html.parser import HTMLParser

import pytest
from django.conf import settings
from django.test import Client

from hanse.conf.page_settings import origins_of, tiles
from hanse.web.pages.security import policy_text
from web.conftest import Office
from web.five_people import client_in
from web.plain_pages import OF_THE_CITY, plain_pages

STRICT = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'"
)


class Findings(HTMLParser):
    """Notes what the policy would forbid."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag == "style" or (tag == "script" and "src" not in values):
            self.found.append(f"<{tag}>")
        for name, value in values.items():
            inline = name == "style" or (name.startswith("on") and name != "one") or name.startswith("hx-on")
            evaluated = value.startswith("js:") or (name == "hx-trigger" and "[" in value.replace("[type=", ""))
            foreign = name in {"src", "action"} and "//" in value
            if inline or evaluated or foreign or value.lower().startswith("javascript:"):
                self.found.append(f"<{tag} {name}={value!r}>")


@pytest.mark.django_db
def test_no_page_has_anything_inline_or_from_elsewhere(office: Office) -> None:
    alice = client_in(office.sessions["admin"])
    wrong = {}
    for address in (*plain_pages(alice), *OF_THE_CITY):
        findings = Findings()
        findings.feed(alice.get(address).content.decode())
        if findings.found:
            wrong[address] = findings.found

    assert wrong == {}


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/accounts/login/", "/", "/not/here/", "/api/", "/static/hanse/hanse.js"])
def test_every_answer_has_the_policy(client: Client, address: str) -> None:
    answer = client.get(address)
    answer.close()

    assert answer.headers["Content-Security-Policy"] == STRICT
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "same-origin"


def test_nothing_is_let_through_unless_it_is_set() -> None:
    assert policy_text(settings.CONTENT_SECURITY_MORE) == STRICT


def test_tiles_are_let_through_as_pictures_from_their_host_alone() -> None:
    policy = policy_text({"img-src": origins_of("https://tiles.example.net/{z}/{x}/{y}.png")})

    assert "img-src 'self' data: https://tiles.example.net;" in policy
    assert policy.count("example.net") == 1


@pytest.mark.parametrize(
    "address",
    [
        "ftp://tiles.example.net/{z}",
        "tiles",
        "https://{z}.example.net/",
        "https://a.example/{0}",
        "https://a.example/{q}",
    ],
)
def test_tiles_from_an_address_that_cannot_be_one_are_refused(address: str) -> None:
    with pytest.raises(ValueError, match=r"wanted|stand"):
        tiles(address)
