"""Passwords as routers store them. The first of each kind are known from published examples."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hanse.devices.napalm.owned.passwords import cisco_7, cisco_7_of, eos_7, eos_7_of, junos_9, junos_9_of

plain_words = st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=1, max_size=80)


@pytest.mark.parametrize("stored", ["094F471A1A0A", "0822455D0A16", "060506324F41"])
def test_ciscos_published_examples(stored: str) -> None:
    assert cisco_7(stored) == "cisco"


def test_junipers_published_example() -> None:
    assert junos_9("$9$LbHX-wg4Z") == "lc"


@pytest.mark.parametrize(
    ("peer", "stored", "plain"),
    [
        ("2001:db8:6939::1", "1f2k70WMa17KyMEW72GaNg==", "swordfish"),
        ("TEST", "AEeZkeT2qaavxk5/S9QDbUpTTtf7PgqU", "testtesttesttest"),
    ],
)
def test_aristas_published_examples(peer: str, stored: str, plain: str) -> None:
    assert eos_7(stored, peer=peer) == plain
    assert eos_7_of(plain, peer=peer) == stored


def test_aristas_form_belongs_to_one_neighbour() -> None:
    assert eos_7(eos_7_of("Strandkorb-7", peer="192.0.2.11"), peer="192.0.2.12") is None


@given(plain_words, st.integers(min_value=0, max_value=15))
def test_ciscos_form_goes_there_and_back(plain: str, place: int) -> None:
    assert cisco_7(cisco_7_of(plain, place=place)) == plain


@given(plain_words)
def test_junipers_form_goes_there_and_back(plain: str) -> None:
    assert junos_9(junos_9_of(plain)) == plain


@given(plain_words)
def test_aristas_form_goes_there_and_back(plain: str) -> None:
    assert eos_7(eos_7_of(plain, peer="192.0.2.11"), peer="192.0.2.11") == plain


@pytest.mark.parametrize("stored", ["", "zz", "09zz", "$8$aes256", "$9$", "$9$Q", "not base 64", "AAAA"])
def test_what_is_no_stored_password_is_none(stored: str) -> None:
    assert junos_9(stored) is None
    assert eos_7(stored, peer="192.0.2.11") is None


@given(st.text(max_size=40))
def test_nothing_that_is_read_breaks(stored: str) -> None:
    for read in (cisco_7(stored), junos_9(stored), eos_7(stored, peer="192.0.2.11")):
        assert read is None or isinstance(read, str)
