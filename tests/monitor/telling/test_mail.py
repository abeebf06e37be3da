"""A mail is handed to the server that is set, or it is said why not."""

from collections.abc import Iterator

import pytest

from fakes.clock import FakeClock
from fakes.listeners import HOST, Heard, mail_listener, silent_port
from hanse.monitor.telling.mail import MailNotTaken, NoMailServer, Post


@pytest.fixture
def heard() -> Iterator[Heard]:
    with mail_listener() as found:
        yield found


def send(post: Post) -> None:
    post.tell("bob@example.net", subject="[hanse] test", text="Zeile für Bob\n", number=7, clock=FakeClock())


def post(port: int, security: str = "none") -> Post:
    return Post(host=HOST, port=port, security=security, sender="hanse@example.net")


def test_the_server_gets_the_mail(heard: Heard) -> None:
    send(post(heard.port))

    (mail,) = heard.mails
    assert "From: hanse@example.net" in mail
    assert "To: bob@example.net" in mail
    assert "Subject: [hanse] test" in mail
    assert "Message-ID: <hanse-7@example.net>" in mail
    assert "Auto-Submitted: auto-generated" in mail


def test_a_refused_address_is_not_taken(heard: Heard) -> None:
    heard.refuse_mail = "550 no such person"

    with pytest.raises(MailNotTaken, match="no such person"):
        send(post(heard.port))


def test_a_server_without_tls_gets_nothing_if_tls_is_wanted(heard: Heard) -> None:
    with pytest.raises(MailNotTaken, match="STARTTLS"):
        send(post(heard.port, security="starttls"))

    assert heard.mails == []


def test_a_silent_server_is_said() -> None:
    with pytest.raises(MailNotTaken, match="refused"):
        send(post(silent_port()))


def test_without_a_server_it_can_never_be_sent() -> None:
    with pytest.raises(NoMailServer) as caught:
        send(Post())

    assert caught.value.retry is False
