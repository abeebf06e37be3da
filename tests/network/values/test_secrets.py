"""Secrets: the name stands in every text, the value only on the way to the device."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hanse.network.values.secrets import UnknownSecret, conceal, reveal, secret_names, secret_token

values = st.text(st.characters(categories=("Lu", "Nd")), min_size=8, max_size=12)


@given(values)
def test_what_was_revealed_is_concealed_again(value: str) -> None:
    secrets = {"pix-rs": value}
    text = f"password {secret_token('pix-rs')};\n"

    assert conceal(reveal(text, secrets), secrets) == text


def test_a_value_that_holds_another_is_concealed_whole() -> None:
    secrets = {"short": "winter", "long": "winterthur"}

    assert conceal("winterthur winter", secrets) == "@secret(long)@ @secret(short)@"


def test_an_empty_value_conceals_nothing() -> None:
    assert conceal("text", {"none": ""}) == "text"


def test_an_unknown_secret_says_how_to_put_it_down() -> None:
    with pytest.raises(UnknownSecret, match="hanse secret set pix-rs"):
        reveal("x @secret(pix-rs)@", {})


def test_names_are_found_in_a_text() -> None:
    assert secret_names("@secret(a)@ @secret(b.c)@ secret(d)") == {"a", "b.c"}
