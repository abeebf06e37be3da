"""The one place where what NAPALM and its libraries raise becomes a driver's error.

Errors are known by the names of their classes, the most special first: NAPALM, netmiko, paramiko, ncclient, PyEZ,
pyeapi, pyIOSXR and nxapi_plumbing each bring their own, and not all of them are there where a driver is used.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from enum import StrEnum
from typing import Final

from hanse.devices.driver import (
    CandidateRefused,
    CommitFailed,
    HostKeyChanged,
    HostKeyUnknown,
    LoginRefused,
    NothingOpen,
    NotOffered,
    Target,
    Unreachable,
)
from hanse.network.errors import OutsideError
from hanse.network.values.secrets import conceal


class ConfigurationLocked(OutsideError):
    """Somebody else is changing the device's configuration and holds its lock."""


class DriverBroke(OutsideError):
    """A NAPALM driver raised what no driver may; its words follow. What the device does now is not known."""

    retry = False


class Step(StrEnum):
    """What was being asked of the driver."""

    OPEN = "connect"
    STAGE = "stage"
    COMMIT = "commit"
    SETTLE = "confirm or undo"
    ASK = "ask"


ANY_STEP: Final[Mapping[str, type[OutsideError]]] = {
    "AuthenticationError": LoginRefused,  # ncclient
    "AuthenticationException": LoginRefused,  # paramiko
    "ConnectAuthError": LoginRefused,  # NAPALM, PyEZ
    "NetmikoAuthenticationException": LoginRefused,
    "NXAPIAuthError": LoginRefused,
    "BadHostKeyException": HostKeyChanged,  # paramiko
    "SSHUnknownHostError": HostKeyUnknown,  # ncclient
    "NotImplementedError": NotOffered,
    "UnsupportedVersion": NotOffered,
    "LockError": ConfigurationLocked,
    "SessionLockedException": ConfigurationLocked,
    "CommandTimeoutException": Unreachable,
    "ConnectError": Unreachable,  # PyEZ, pyIOSXR
    "ConnectionError": Unreachable,  # pyeapi's is no OSError
    "ConnectionException": Unreachable,
    "EOFError": Unreachable,
    "HTTPException": Unreachable,  # half an answer: http.client.IncompleteRead
    "NXAPIConnectionError": Unreachable,
    "NetmikoTimeoutException": Unreachable,
    "OSError": Unreachable,  # sockets, requests
    "ProbeError": Unreachable,
    "ReadException": Unreachable,  # netmiko
    "RpcTimeoutError": Unreachable,
    "SSHError": Unreachable,
    "SSHException": Unreachable,
    "SessionError": Unreachable,
    "TimeoutError": Unreachable,  # pyIOSXR's is no OSError
    "TimeoutExpiredError": Unreachable,
    "TransportError": Unreachable,
}

# The device, or the driver in its name, said no.
SAID_NO: Final = (
    "CommandError",
    "CommitError",
    "ConfigInvalidException",
    "ConfigLoadError",
    "InvalidInputError",
    "NXAPICommandError",
    "NapalmException",
    "RPCError",
    "RpcError",
    "XMLCLIError",
)
AT_STEP: Final[Mapping[Step, Mapping[str, type[OutsideError]]]] = {
    Step.OPEN: dict.fromkeys(SAID_NO, Unreachable),
    Step.STAGE: dict.fromkeys(SAID_NO, CandidateRefused),
    Step.COMMIT: dict.fromkeys(SAID_NO, CommitFailed),
    Step.SETTLE: {"CommitError": NothingOpen, "CommitConfirmException": NothingOpen},
    Step.ASK: {},
}
UNAUTHORISED: Final = "Unauthorized"  # pyeapi says what HTTP's 401 is in its words only


def error_class(error: Exception, step: Step) -> type[OutsideError]:
    """Return which driver's error this is."""
    known = {**AT_STEP[step], **ANY_STEP}
    kinds = (known[ancestor.__name__] for ancestor in type(error).__mro__ if ancestor.__name__ in known)
    kind = next(kinds, DriverBroke)
    return LoginRefused if kind is Unreachable and step is Step.OPEN and UNAUTHORISED in str(error) else kind


@contextmanager
def in_our_words(step: Step, target: Target) -> Iterator[None]:
    """Let nothing but a driver's error out; its text holds secrets by name only.

    Where a secret's value was in the text, the cause is left out too: a traceback would print it.
    """
    try:
        yield
    except Exception as error:  # noqa: BLE001  # the one place where any library's error becomes ours
        told = str(error).strip() or type(error).__name__
        shown = conceal(told, {**target.secrets, "login-password": target.password})
        kind = error_class(error, step)
        words = f"{_before(kind, error, target, shown)}{shown}"
        raise kind(f"{target.name} ({step}): {words}") from (error if shown == told else None)


def _before(kind: type[OutsideError], error: Exception, target: Target, shown: str) -> str:
    """Return what stands before a library's own words; PyEZ's are no more than a name and an address."""
    if kind is LoginRefused:
        return f"it refuses the login of {target.username!r}: "
    if kind is Unreachable and " " not in shown:
        return "it does not answer: "
    return f"{type(error).__name__}: " if kind is DriverBroke else ""
