"""Passwords as the local routers show them are read by Hanse as what they are: two writings of the same ciphers."""

import pytest

from hanse.devices.napalm.owned.passwords import cisco_7, eos_7, junos_9
from hanse_lab.vendor.obfuscation import arista, cisco, hidden, juniper

PASSWORDS = ("cisco", "Strandkorb-7", "x", "with+/=signs and more than sixteen")
PEERS = ("192.0.2.11", "2001:db8:100::11")


@pytest.mark.parametrize("password", PASSWORDS)
def test_what_a_router_shows_is_the_password(password: str) -> None:
    assert cisco_7(cisco("", password)) == password
    assert junos_9(juniper(password)) == password
    assert [eos_7(arista(peer, password), peer=peer) for peer in PEERS] == [password, password]


def test_no_password_is_shown_plain() -> None:
    text = "   neighbor 192.0.2.11 password Strandkorb-7\n   neighbor 192.0.2.12 password 0 Leuchtturm-3"

    shown = hidden(text, arista)

    assert shown.count("password 7 ") == 2
    assert "Strandkorb" not in shown
    assert "Leuchtturm" not in shown


def test_what_is_shown_hidden_stays_as_it_is() -> None:
    line = " neighbor 192.0.2.11 password 7 094F471A1A0A"

    assert hidden(line, cisco) == line
