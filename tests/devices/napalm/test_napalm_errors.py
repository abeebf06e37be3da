import pytest
from jnpr.junos.exception import CommitError as JunosCommitError
from jnpr.junos.exception import ConfigLoadError, ConnectAuthError, RpcTimeoutError
from napalm.base import exceptions as napalm_errors
from netmiko.exceptions import NetmikoAuthenticationException, NetmikoTimeoutException, ReadTimeout
from paramiko import AuthenticationException, SSHException
from pyeapi.eapilib import CommandError
from pyeapi.eapilib import ConnectionError as EapiConnectionError

from hanse.devices.driver import (
    CandidateRefused,
    CommitFailed,
    LoginRefused,
    NothingOpen,
    NotOffered,
    Target,
    Unreachable,
)
from hanse.devices.napalm.errors import ConfigurationLocked, DriverBroke, Step, error_class, in_our_words
from hanse.network.errors import OutsideError


def bare(kind: type[Exception]) -> Exception:
    """Return an error without calling its constructor: PyEZ's want an RPC's answer."""
    return kind.__new__(kind)


@pytest.mark.parametrize(
    ("raised", "at", "ours"),
    [
        (napalm_errors.ConnectAuthError, Step.OPEN, LoginRefused),
        (NetmikoAuthenticationException, Step.OPEN, LoginRefused),
        (AuthenticationException, Step.OPEN, LoginRefused),
        (ConnectAuthError, Step.OPEN, LoginRefused),
        (napalm_errors.ConnectionClosedException, Step.COMMIT, Unreachable),
        (NetmikoTimeoutException, Step.OPEN, Unreachable),
        (ReadTimeout, Step.COMMIT, Unreachable),
        (SSHException, Step.ASK, Unreachable),
        (EapiConnectionError, Step.OPEN, Unreachable),
        (RpcTimeoutError, Step.COMMIT, Unreachable),
        (ConnectionResetError, Step.STAGE, Unreachable),
        (EOFError, Step.ASK, Unreachable),
        (napalm_errors.UnsupportedVersion, Step.OPEN, NotOffered),
        (NotImplementedError, Step.ASK, NotOffered),
        (napalm_errors.LockError, Step.STAGE, ConfigurationLocked),
        (napalm_errors.ReplaceConfigException, Step.STAGE, CandidateRefused),
        (ConfigLoadError, Step.STAGE, CandidateRefused),
        (CommandError, Step.STAGE, CandidateRefused),
        (napalm_errors.ReplaceConfigException, Step.COMMIT, CommitFailed),
        (JunosCommitError, Step.COMMIT, CommitFailed),
        (napalm_errors.CommitError, Step.SETTLE, NothingOpen),
        (napalm_errors.CommandErrorException, Step.SETTLE, DriverBroke),
        (KeyError, Step.COMMIT, DriverBroke),
    ],
)
def test_each_librarys_error_becomes_ours(raised: type[Exception], at: Step, ours: type[OutsideError]) -> None:
    assert error_class(bare(raised), at) is ours


def test_an_error_names_device_and_step_and_keeps_its_cause() -> None:
    cause = ValueError("no such knob")

    with (
        pytest.raises(DriverBroke, match=r"edge1 \(commit\): ValueError: no such knob") as caught,
        in_our_words(Step.COMMIT, Target(name="edge1", host="192.0.2.1")),
    ):
        raise cause

    assert caught.value.__cause__ is cause


def test_an_errors_text_and_traceback_hold_no_secret() -> None:
    target = Target(name="edge1", host="192.0.2.1", password="pass-7", secrets={"bgp": "s3cret"})

    with (
        pytest.raises(CandidateRefused, match=r"password @secret\(bgp\)@, @secret\(login-password\)@") as caught,
        in_our_words(Step.STAGE, target),
    ):
        raise napalm_errors.ReplaceConfigException("password s3cret, pass-7")

    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__
