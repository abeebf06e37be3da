"""A webhook is signed, dialled at the address that was checked, and taken at its word only with a 2xx."""

import hashlib
import hmac
import json
from collections.abc import Iterator
from ipaddress import ip_address

import pytest

from fakes.listeners import Heard, silent_port, web_listener
from hanse.monitor.telling.dialling import Address, NoSuchHost, PrivateAddress, chosen_address, is_public
from hanse.monitor.telling.targets import shown
from hanse.monitor.telling.webhook import NotAWebhook, NotTaken, Webhooks, parsed

BODY = {"id": 7, "event": "fired"}


@pytest.fixture
def heard() -> Iterator[Heard]:
    with web_listener() as found:
        yield found


def here(host: str, port: int) -> tuple[Address, ...]:
    """Resolve every name to this machine."""
    return (ip_address("127.0.0.1"),)


def webhooks() -> Webhooks:
    return Webhooks(private_allowed=True, resolve=here, clock=lambda: 1700000000.5)


def test_the_other_side_gets_the_body_under_its_own_name(heard: Heard) -> None:
    webhooks().tell(f"http://hooks.example.net:{heard.port}/T0?x=1", secret="", body=BODY)

    ((path, headers, body),) = heard.requests
    assert (path, headers["Host"]) == ("/T0?x=1", f"hooks.example.net:{heard.port}")
    assert (json.loads(body), headers["X-Hanse-Delivery"]) == (BODY, "7")
    assert "X-Hanse-Signature" not in headers


def test_the_signature_is_what_the_documentation_says(heard: Heard) -> None:
    webhooks().tell(f"http://hooks.example.net:{heard.port}/", secret="river", body=BODY)

    ((_, headers, body),) = heard.requests
    expected = hmac.new(b"river", b"1700000000." + body, hashlib.sha256).hexdigest()
    assert headers["X-Hanse-Signature"] == f"t=1700000000,v1={expected}"


@pytest.mark.parametrize("status", [301, 307, 404, 500])
def test_anything_but_success_is_not_taken_and_redirects_are_not_followed(heard: Heard, status: int) -> None:
    heard.status = status

    with pytest.raises(NotTaken, match=f"answered {status}"):
        webhooks().tell(f"http://hooks.example.net:{heard.port}/river", secret="", body=BODY)

    assert [path for path, _, _ in heard.requests] == ["/river"]


def test_nobody_listening_is_not_taken_and_the_path_stays_hidden() -> None:
    with pytest.raises(NotTaken) as caught:
        webhooks().tell(f"http://hooks.example.net:{silent_port()}/river", secret="", body=BODY)

    assert "river" not in str(caught.value)


def test_a_private_address_is_not_dialled(heard: Heard) -> None:
    with pytest.raises(PrivateAddress, match=r"127\.0\.0\.1"):
        Webhooks(resolve=here).tell(f"http://hooks.example.net:{heard.port}/", secret="", body=BODY)

    assert heard.requests == []


def test_a_name_is_resolved_once_so_that_its_second_answer_counts_for_nothing(heard: Heard) -> None:
    answers = [(ip_address("127.0.0.1"),), (ip_address("203.0.113.1"),)]

    Webhooks(private_allowed=True, resolve=lambda host, port: answers.pop(0)).tell(
        f"http://hooks.example.net:{heard.port}/", secret="", body=BODY
    )

    assert (len(heard.requests), len(answers)) == (1, 1)


def test_one_private_address_among_public_ones_is_enough_to_refuse() -> None:
    found = (ip_address("9.9.9.9"), ip_address("10.0.0.1"))

    with pytest.raises(PrivateAddress):
        chosen_address("hooks.example.net", 443, private_allowed=False, resolve=lambda host, port: found)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("9.9.9.9", True),
        ("2620:fe::fe", True),
        ("10.1.2.3", False),
        ("127.0.0.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("192.0.2.1", False),
        ("224.0.0.5", False),
        ("0.0.0.0", False),
        ("::1", False),
        ("fe80::1", False),
        ("fd00::1", False),
        ("ff02::1", False),
        ("::ffff:10.0.0.1", False),
        ("64:ff9b::a00:1", False),
        ("64:ff9b::909:909", True),
        ("2002:a00:1::1", False),
    ],
)
def test_public_is_what_the_whole_internet_reaches(text: str, expected: bool) -> None:
    assert is_public(ip_address(text)) is expected


def test_a_name_that_leads_nowhere_is_said() -> None:
    with pytest.raises(NoSuchHost, match="leads to no address"):
        chosen_address(f"{'a' * 70}.example", 443, private_allowed=True)


@pytest.mark.parametrize(
    "text", ["", "hooks.example.net", "ftp://a.example/", "https://", "http://a:99999/", "https://a b/"]
)
def test_what_is_no_url_is_refused(text: str) -> None:
    with pytest.raises(NotAWebhook):
        parsed(text)


def test_of_a_url_only_the_host_is_shown() -> None:
    assert shown("https://bob:river@hooks.example.net:8443/T0/river?token=river") == "https://hooks.example.net:8443/…"
