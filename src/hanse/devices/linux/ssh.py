"""One SSH connection to a router: the pinned host key is checked, and everything has an end.

All errors of paramiko and of sockets become driver errors in `translated`, and nowhere else.
"""

import base64
import shlex
import socket
import time
from collections.abc import Generator
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
        words = f"sh -c {shlex.quote(SEARCH + command)}"
        if user_of(self.target) != "root":
            words = f"sudo -n {words}"
        with translated(self.target):
            transport = self.client.get_transport()
            if transport is None:
                raise EOFError("the connection is closed")
            limit = silence or self.target.timeout.total_seconds()
            channel = transport.open_session(timeout=limit)
            try:
                channel.settimeout(limit)
                channel.exec_command(words)
                _feed(channel, text.encode("utf-8", "surrogateescape") if isinstance(text, str) else text)
                return _ended(channel, limit)
            finally:
                channel.close()


def _feed(channel: paramiko.Channel, content: bytes) -> None:
    """Send all of `content`; a command that ends without having read it is no trouble of the connection."""
    try:
        channel.sendall(content)
        channel.shutdown_write()
    except TimeoutError:
        raise
    except OSError:
        if not channel.get_transport().is_active():
            raise


def _ended(channel: paramiko.Channel, limit: float) -> Ran:
    """Read both outputs until the command has ended; silence longer than `limit` raises TimeoutError."""
    out, err = bytearray(), bytearray()
    ends, heard = time.monotonic() + LONGEST, time.monotonic()
    while True:
        is_last = channel.exit_status_ready() and (channel.eof_received or channel.closed)
        if _drain(channel, out, err):
            heard = time.monotonic()
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
