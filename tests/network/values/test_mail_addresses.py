"""Mail addresses are those that may stand on an envelope, and nothing that could smuggle in a second one."""

import pytest

from hanse.network.values.mail import NotAMailAddress, insist_on_mail_address, parse_mail_address


@pytest.mark.parametrize(
    "text", ["", "bob", "bob@", "bob@example.net\nBcc: carol@example.net", "a b@example.net", "<b@e>"]
)
def test_what_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(NotAMailAddress):
        insist_on_mail_address(text)


def test_an_address_is_taken() -> None:
    insist_on_mail_address("noc+alerts@example.net")


def test_no_address_at_all_may_stand_in_a_field() -> None:
    assert parse_mail_address(" ") == ""
