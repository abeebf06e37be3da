"""One SSH connection to a router: the pinned host key is checked, and everything has an end.

All errors of paramiko and of sockets become driver errors in `translated`, and nowhere else.
"""

import base64
import shlex
import socket
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

import paramiko

from hanse.devices.driver import HostKeyChanged, HostKeyUnknown, LoginRefused, Target, Unreachable
from hanse.devices.way import Ran

PORT: Final = 22
SEARCH: Final = "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin; LC_ALL=C; export PATH LC_ALL; "
CHUNK: Final = 65536  # bytes
LOOKS_EVERY: Final = 0.005  # seconds
LONGEST: Final = 900.0  # seconds for one command that shows signs of life


@contextmanager
def translated(target: Target) -> Generator[None]:
    """Turn what paramiko and sockets raise into the errors of the driver's door."""
    where = f"{target.name} ({target.host})"
    try:
        yield
    except paramiko.BadHostKeyException as error:
        raise _changed(target) from error
    except (paramiko.AuthenticationException, paramiko.PasswordRequiredException) as error:
        raise LoginRefused(f"{where} refuses the login of {user_of(target)!r}: {error}") from error
    except TimeoutError as error:
        raise Unreachable(f"{where} does not answer in time") from error
    except (paramiko.SSHException, OSError, EOFError) as error:
        raise Unreachable(f"{where} cannot be reached: {str(error) or type(error).__name__}") from error


def user_of(target: Target) -> str:
    """Return who logs in: root unless told otherwise."""
    return target.username or "root"


def limit_of(target: Target, silence: float | None = None) -> float:
    """Return how many seconds a command may say nothing: the target's own limit unless told otherwise."""
    return silence or target.timeout.total_seconds()


def _changed(target: Target) -> HostKeyChanged:
    return HostKeyChanged(
        f"{target.name} ({target.host}) shows another host key than the one learned: "
        "it is another machine now, or somebody is in between"
    )


def pinned_key(target: Target) -> paramiko.PKey:
    """Return the learned host key.

    :raises HostKeyUnknown: none was learned, or its text is no key
    """
    again = f"`hanse ping {target.name} --learn` learns it"
    kind, _, rest = target.host_key.strip().partition(" ")
    if not rest:
        raise HostKeyUnknown(f"the host key of {target.name} was never learned: {again}")
    try:
        return paramiko.PKey.from_type_string(kind, base64.b64decode(rest.split()[0], validate=True))
    except (paramiko.SSHException, paramiko.pkey.UnknownKeyType, ValueError) as error:
        raise HostKeyUnknown(f"the host key of {target.name} cannot be read: {again} again") from error


def learn_host_key(target: Target) -> str:
    """Return the host key that the router shows now, as "ssh-ed25519 AAAA...", unchecked.

    :raises Unreachable:
    """
    seconds = target.timeout.total_seconds()
    with (
        translated(target),
        socket.create_connection((target.host, target.port or PORT), timeout=seconds) as connection,
    ):
        transport = paramiko.Transport(connection)
        transport.banner_timeout = seconds
        try:
            transport.start_client(timeout=seconds)
            key = transport.get_remote_server_key()
        finally:
            transport.close()
    return f"{key.get_name()} {key.get_base64()}"


class _RefuseOtherKeys(paramiko.MissingHostKeyPolicy):
    """The router shows a key of another kind than the pinned one."""

    def __init__(self, target: Target) -> None:
        self.target = target

    def missing_host_key(self, client: paramiko.SSHClient, hostname: str, key: paramiko.PKey) -> None:
        raise _changed(self.target)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shell:
    """An open, logged-in connection to a router."""

    target: Target
    client: paramiko.SSHClient

    def run(self, command: str, *, text: str | bytes = "", silence: float | None = None) -> Ran:
        """Run a shell command as root and return how it ended.

        `text` goes to its standard input. `silence` is how many seconds it may say nothing; the target's timeout
        unless told otherwise.

        :raises Unreachable: the connection died, or the silence was too long
        """
        with translated(self.target):
            limit = limit_of(self.target, silence)
            channel = self._begun(command, limit)
            try:
                _feed(channel, text.encode("utf-8", "surrogateescape") if isinstance(text, str) else text)
                _shut(channel)
                return _ended(channel, limit)
            finally:
                channel.close()

    def talk(self, command: str) -> "Talk":
        """Start a shell command as root that answers line by line.

        :raises Unreachable: the connection died
        """
        with translated(self.target):
            return Talk(shell=self, channel=self._begun(command, limit_of(self.target)))

    def _begun(self, command: str, limit: float) -> paramiko.Channel:
        words = f"sh -c {shlex.quote(SEARCH + command)}"
        if user_of(self.target) != "root":
            words = f"sudo -n {words}"
        transport = self.client.get_transport()
        if transport is None:
            raise EOFError("the connection is closed")
        channel = transport.open_session(timeout=limit)
        channel.settimeout(limit)
        channel.exec_command(words)
        return channel


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk:
    """A command that runs on: it reads a line, and answers with a line."""

    shell: Shell
    channel: paramiko.Channel

    @property
    def is_over(self) -> bool:
        """Say whether the command has ended."""
        return self.channel.closed or self.channel.exit_status_ready()

    def ask(self, line: str, *, silence: float | None = None) -> Ran:
        """Return the answer to a line, or how the command ended instead; blank lines are signs of life.

        :raises Unreachable: the connection died, or the silence was too long
        """
        with translated(self.shell.target):
            limit = limit_of(self.shell.target, silence)
            self.channel.settimeout(limit)
            _feed(self.channel, f"{line}\n".encode("utf-8", "surrogateescape"))
            return _ended(self.channel, limit, is_enough=_has_a_line)


def _has_a_line(out: bytearray) -> bool:
    return out.endswith(b"\n") and not out.isspace()


def _feed(channel: paramiko.Channel, content: bytes) -> None:
    """Send all of `content`; a command that ends without having read it is no trouble of the connection."""
    try:
        channel.sendall(content)
    except TimeoutError:
        raise
    except OSError:
        if not channel.get_transport().is_active():
            raise


def _shut(channel: paramiko.Channel) -> None:
    """Say that nothing more comes."""
    try:
        channel.shutdown_write()
    except OSError:
        if not channel.get_transport().is_active():
            raise


def _ended(channel: paramiko.Channel, limit: float, is_enough: Callable[[bytearray], bool] = lambda out: False) -> Ran:
    """Read both outputs until the command has ended or said enough; silence longer than `limit` raises TimeoutError."""
    out, err = bytearray(), bytearray()
    ends, heard = time.monotonic() + LONGEST, time.monotonic()
    while True:
        is_last = channel.exit_status_ready() and (channel.eof_received or channel.closed)
        if _drain(channel, out, err):
            heard = time.monotonic()
            if is_enough(out):
                return _ran(0, out, err)
        elif is_last:
            break
        elif channel.closed and not channel.exit_status_ready():
            raise EOFError("the connection was lost")
        elif time.monotonic() > min(heard + limit, ends):
            raise TimeoutError
        else:
            time.sleep(LOOKS_EVERY)
    status = channel.recv_exit_status()
    if status < 0:
        raise EOFError("the connection was lost")
    return _ran(status, out, err)


def _ran(status: int, out: bytearray, err: bytearray) -> Ran:
    return Ran(status=status, out=out.decode("utf-8", "replace"), err=err.decode("utf-8", "replace"))


def _drain(channel: paramiko.Channel, out: bytearray, err: bytearray) -> bool:
    """Take what has come on both outputs; False if nothing has."""
    before = len(out) + len(err)
    while channel.recv_ready():
        out += channel.recv(CHUNK)
    while channel.recv_stderr_ready():
        err += channel.recv_stderr(CHUNK)
    return len(out) + len(err) > before


@contextmanager
def connected(target: Target) -> Generator[Shell]:
    """Log in and out again. No agent and no keys from the home directory: only what the target names.

    :raises HostKeyUnknown:
    :raises HostKeyChanged:
    :raises LoginRefused:
    :raises Unreachable:
    """
    key, port = pinned_key(target), target.port or PORT
    seconds = target.timeout.total_seconds()
    client = paramiko.SSHClient()
    client.set_missing_host_key_policy(_RefuseOtherKeys(target))
    named = target.host if port == PORT else f"[{target.host}]:{port}"
    client.get_host_keys().add(named, key.get_name(), key)
    try:
        with translated(target):
            client.connect(
                target.host,
                port=port,
                username=user_of(target),
                password=target.password or None,
                key_filename=target.key_file or None,
                allow_agent=False,
                look_for_keys=False,
                timeout=seconds,
                banner_timeout=seconds,
                auth_timeout=seconds,
                channel_timeout=seconds,
            )
        yield Shell(target=target, client=client)
    finally:
        client.close()
