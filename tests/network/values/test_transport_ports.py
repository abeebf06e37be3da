"""Ports of TCP and UDP: read, checked, printed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hanse.network.values.transport_ports import NotATransportPort, TransportPorts

numbers = st.integers(1, 65535)


@given(numbers, numbers)
def test_what_is_printed_is_read_again(one: int, other: int) -> None:
    ports = TransportPorts(first=min(one, other), last=max(one, other))

    assert TransportPorts.parse(str(ports)) == ports


@pytest.mark.parametrize(
    ("text", "first", "last"), [(443, 443, 443), (" 22 ", 22, 22), ("8000-8010", 8000, 8010), ("1 - 65535", 1, 65535)]
)
def test_a_port_is_a_run_of_one(text: str | int, first: int, last: int) -> None:
    ports = TransportPorts.parse(text)

    assert (ports.first, ports.last) == (first, last)


@pytest.mark.parametrize("text", ["", "ssh", "0", "65536", "9-8", "1-", "-1", "1.5", "1-2-3", "9999999"])
def test_what_is_no_port_says_so(text: str) -> None:
    with pytest.raises(NotATransportPort):
        TransportPorts.parse(text)


def test_one_port_alone() -> None:
    assert TransportPorts.one(179) == TransportPorts.parse(179)
