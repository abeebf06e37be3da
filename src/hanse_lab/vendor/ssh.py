"""An SSH server for the routers that are spoken to over SSH: one login, shells, commands and subsystems."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Final

import paramiko

from hanse_lab.vendor.device import Box, Login

ACCEPTED: Final = paramiko.common.AUTH_SUCCESSFUL
REFUSED: Final = paramiko.common.AUTH_FAILED
OPEN: Final = paramiko.common.OPEN_SUCCEEDED
Serve = Callable[[paramiko.Channel, str], None]  # the channel, and the command or subsystem


def new_host_key() -> paramiko.PKey:
    """Return a host key for one router."""
    return paramiko.ECDSAKey.generate()


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    """What runs in a channel once somebody asks for it; each in a thread of its own."""

    shell: Serve | None = None
    command: Serve | None = None
    subsystem: Serve | None = None


class Gate(paramiko.ServerInterface):
    """One connection's side of the server: who may in, and what is started."""

    def __init__(self, login: Login, services: Services) -> None:
        self._login = login
        self._services = services

    def check_auth_password(self, username: str, password: str) -> int:
        """Let the one user in."""
        return ACCEPTED if (username, password) == (self._login.user, self._login.password) else REFUSED

    def get_allowed_auths(self, username: str) -> str:
        """Offer passwords only."""
        return "password"

    def check_channel_request(self, kind: str, chanid: int) -> int:
        """Open sessions, and nothing else."""
        return OPEN if kind == "session" else paramiko.common.OPEN_FAILED_ADMINISTRATIVELY_PROHIBITED

    def check_channel_pty_request(self, *_: object) -> bool:
        """Grant a terminal."""
        return True

    def check_channel_window_change_request(self, *_: object) -> bool:
        """Take any size."""
        return True

    def check_channel_env_request(self, *_: object) -> bool:
        """Take no variables."""
        return False

    def check_channel_shell_request(self, channel: paramiko.Channel) -> bool:
        """Start a shell."""
        return self._start(self._services.shell, channel, "")

    def check_channel_exec_request(self, channel: paramiko.Channel, command: bytes) -> bool:
        """Run a command."""
        return self._start(self._services.command, channel, command.decode())

    def check_channel_subsystem_request(self, channel: paramiko.Channel, name: str) -> bool:
        """Start a subsystem."""
        return self._start(self._services.subsystem, channel, name)

    def _start(self, serve: Serve | None, channel: paramiko.Channel, words: str) -> bool:
        if serve is None:
            return False
        threading.Thread(target=_served, args=(serve, channel, words), daemon=True).start()
        return True


def _served(serve: Serve, channel: paramiko.Channel, words: str) -> None:
    # The client may hang up at any time, in the middle of whatever is being written to it.
    with suppress(OSError, EOFError, paramiko.SSHException):
        serve(channel, words)
    with suppress(OSError, EOFError, paramiko.SSHException):
        channel.close()


@dataclass(slots=True)
class SshServer:
    """A listening socket whose connections are served in threads."""

    box: Box
    services: Services
    host_key: paramiko.PKey = field(default_factory=new_host_key)
    sock: socket.socket = field(init=False)
    transports: list[paramiko.Transport] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.sock = socket.create_server((self.box.listen, self.box.port))
        self.box.port = self.sock.getsockname()[1]

    def serve_forever(self) -> None:
        """Take connections until the socket is closed."""
        while True:
            try:
                connection, _ = self.sock.accept()
            except OSError:
                return
            threading.Thread(target=self._connected, args=(connection,), daemon=True).start()

    def _connected(self, connection: socket.socket) -> None:
        transport = paramiko.Transport(connection)
        transport.add_server_key(self.host_key)
        self.transports.append(transport)
        try:
            transport.start_server(server=Gate(self.box.login, self.services))
        except (paramiko.SSHException, EOFError, OSError):
            transport.close()

    def hang_up(self) -> None:
        """End all connections at once."""
        for transport in self.transports:
            transport.close()
        self.transports.clear()

    def shutdown(self) -> None:
        """Close the socket and all connections."""
        with suppress(OSError):
            self.sock.shutdown(socket.SHUT_RDWR)
        self.sock.close()
        self.hang_up()


@contextmanager
def ssh_server(box: Box, services: Services, host_key: paramiko.PKey | None = None) -> Iterator[SshServer]:
    """Serve SSH on the box's address; `box.port` is where it listens."""
    server = SshServer(box, services, host_key or new_host_key())
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        box.misbehaviour.over.set()
        server.shutdown()
        thread.join(5)


def lines_of(channel: paramiko.Channel, end: bytes) -> Iterator[bytes]:
    """Return what comes over the channel, cut at `end`."""
    kept = b""
    while piece := channel.recv(65536):
        kept += piece
        *whole, kept = kept.split(end)
        yield from whole


def received_file(channel: paramiko.Channel) -> bytes:
    """Take one file as `scp -t` does: a head with its length, the octets, each acknowledged."""
    channel.sendall(b"\0")
    head = b""
    while not head.endswith(b"\n"):
        head += received(channel, 1)
    if head[:1] == b"T":  # times, which are of no use here
        return received_file(channel)
    length = int(head.split()[1])
    channel.sendall(b"\0")
    octets = received(channel, length)
    received(channel, 1)
    channel.sendall(b"\0")
    return octets


def received(channel: paramiko.Channel, length: int) -> bytes:
    """Return exactly so many octets.

    :raises EOFError:
    """
    octets = b""
    while len(octets) < length:
        piece = channel.recv(length - len(octets))
        if not piece:
            raise EOFError
        octets += piece
    return octets
