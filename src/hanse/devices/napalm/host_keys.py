"""The SSH host key of a vendor's router: learned once and on purpose, and looked at before each connection.

NAPALM's drivers take any key, so it is looked at over a connection of its own, just before the driver makes its own.
That finds a router that was exchanged and a wrong address; it does not stop somebody who lets this look through.
"""

import socket
from collections.abc import Sequence
from typing import Final

import paramiko

from hanse.devices.driver import HostKeyChanged, Target
from hanse.devices.napalm.errors import Step, in_our_words

SSH_PORT: Final = 22


def shown_host_key(target: Target, *, port: int = SSH_PORT) -> str:
    """Return the host key that the router shows now, as "ssh-ed25519 AAAA...", unchecked.

    :raises Unreachable:
    """
    seconds = target.timeout.total_seconds()
    with (
        in_our_words(Step.OPEN, target),
        socket.create_connection((target.host, target.port or port), timeout=seconds) as connection,
    ):
        transport = paramiko.Transport(connection)
        transport.banner_timeout = seconds
        if target.host_key:  # of several keys, the router is to show the kind that was learned
            transport.get_security_options().key_types = _first(
                target.host_key.split()[0], transport.get_security_options().key_types
            )
        try:
            transport.start_client(timeout=seconds)
            key = transport.get_remote_server_key()
        finally:
            transport.close()
    return f"{key.get_name()} {key.get_base64()}"


def insist_on_host_key(target: Target, *, port: int = SSH_PORT) -> None:
    """Return if the router shows the key that was learned; one of which none was learned is let pass.

    :raises HostKeyChanged:
    :raises Unreachable:
    """
    if target.host_key and shown_host_key(target, port=port) != target.host_key:
        raise HostKeyChanged(
            f"{target.name}: the router at {target.host} shows another host key than the one that was learned: if it "
            f"was exchanged, `hanse ping {target.name} --relearn`"
        )


def _first(kind: str, kinds: Sequence[str]) -> tuple[str, ...]:
    return (kind, *(one for one in kinds if one != kind)) if kind in kinds else tuple(kinds)
