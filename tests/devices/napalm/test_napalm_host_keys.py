"""A host key that was learned is looked at before a vendor's router is given a password."""

import socket
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import paramiko
import pytest

from hanse.devices.driver import HostKeyChanged, Target, Unreachable
from hanse.devices.napalm.driver import napalm_kind
from hanse.devices.napalm.host_keys import insist_on_host_key, shown_host_key

KEY = paramiko.ECDSAKey.generate()
ANOTHER = paramiko.ECDSAKey.generate()


def pinned(key: paramiko.PKey) -> str:
    return f"{key.get_name()} {key.get_base64()}"


@pytest.fixture
def router() -> Iterator[Target]:
    """A port on which an SSH server shows its key, to any number of clients, and lets nobody in."""
    listening = socket.create_server(("127.0.0.1", 0))
    transports: list[paramiko.Transport] = []

    def serve() -> None:
        while True:
            try:
                connection, _ = listening.accept()
            except OSError:
                return
            transport = paramiko.Transport(connection)
            transport.add_server_key(KEY)
            transport.start_server(event=threading.Event(), server=paramiko.ServerInterface())
            transports.append(transport)

    thread = threading.Thread(target=serve)
    thread.start()
    yield Target(name="edge1", host="127.0.0.1", port=listening.getsockname()[1], timeout=timedelta(seconds=10))
    listening.shutdown(socket.SHUT_RDWR)
    listening.close()
    thread.join()
    for transport in transports:
        transport.close()


def test_the_key_that_a_router_shows_can_be_learned(router: Target) -> None:
    learn = napalm_kind("ios").learn_host_key

    assert learn is not None
    assert learn(router) == pinned(KEY)


def test_the_learned_key_passes_and_so_does_a_router_whose_key_was_never_learned(router: Target) -> None:
    insist_on_host_key(replace(router, host_key=pinned(KEY)))
    insist_on_host_key(Target(name="edge1", host="192.0.2.1"))


def test_another_key_stops_before_the_driver_connects(router: Target) -> None:
    target = replace(router, host_key=pinned(ANOTHER))

    with (
        pytest.raises(HostKeyChanged, match=r"edge1: .* another host key .* --relearn"),
        napalm_kind("junos").open(target),
    ):
        pass


def test_a_router_that_is_not_there_is_unreachable() -> None:
    closed = socket.create_server(("127.0.0.1", 0))
    port = closed.getsockname()[1]
    closed.close()

    with pytest.raises(Unreachable, match="refused"):
        shown_host_key(Target(name="edge1", host="127.0.0.1", port=port))


def test_a_driver_that_speaks_https_shows_no_host_key() -> None:
    assert napalm_kind("eos").learn_host_key is None
