from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from ipaddress import ip_interface

import pytest
from napalm.base.exceptions import CommandErrorException, LockError, ReplaceConfigException
from napalm_teststub import Router

from hanse.devices.driver import (
    CandidateRefused,
    CommitFailed,
    Driver,
    LoginRefused,
    NothingOpen,
    NotOffered,
    Target,
    Unreachable,
    Verdict,
)
from hanse.devices.napalm.driver import napalm_kind
from hanse.devices.napalm.errors import ConfigurationLocked
from hanse.network.seen.bgp import BgpState
from hanse.network.values.secrets import UnknownSecret

OLD = "hostname edge\n"
NEW = "hostname edge1\n"
TRIAL = timedelta(seconds=30)


@pytest.fixture
def device(router: Router, target: Target) -> Iterator[Driver]:
    with napalm_kind("teststub").open(target) as opened:
        yield opened


def test_staging_shows_the_devices_diff_and_changes_nothing(device: Driver, router: Router) -> None:
    staged = device.stage("city-7", NEW)

    assert staged.diff == "- hostname edge\n+ hostname edge1"
    assert router.running == OLD


def test_staging_what_runs_already_has_no_diff(device: Driver) -> None:
    assert device.stage("city-7", OLD).diff == ""


def test_a_refused_candidate_says_what_the_device_said(device: Driver) -> None:
    with pytest.raises(CandidateRefused, match=r"edge1 \(stage\): cannot read: syntax error"):
        device.stage("city-7", "syntax error\n")


def test_a_commit_is_on_trial_until_another_connection_confirms(router: Router, target: Target) -> None:
    kind = napalm_kind("teststub")
    with kind.open(target) as mine:
        mine.stage("city-7", NEW)
        mine.commit("city-7", undo_after=TRIAL)
        assert mine.verdict("city-7") is Verdict.TRIAL

    with kind.open(target) as another:
        another.confirm("city-7")
        another.confirm("city-7")
        assert another.verdict("city-7") is Verdict.KEPT

    router.timer_runs_out()
    assert (router.running, router.revert_in) == (NEW, 30)


def test_without_a_confirmation_the_device_goes_back_by_itself(device: Driver, router: Router) -> None:
    device.stage("city-7", NEW)
    device.commit("city-7", undo_after=TRIAL)

    router.timer_runs_out()

    assert (router.running, device.verdict("city-7")) == (OLD, Verdict.UNKNOWN)
    with pytest.raises(NothingOpen):
        device.confirm("city-7")


def test_undo_puts_the_old_configuration_back_at_once(router: Router, target: Target) -> None:
    kind = napalm_kind("teststub")
    with kind.open(target) as mine:
        mine.stage("city-7", NEW)
        mine.commit("city-7", undo_after=TRIAL)

    with kind.open(target) as another:
        another.undo("city-7")

    assert (router.running, router.before) == (OLD, None)


def test_without_a_timer_a_commit_is_kept_at_once(device: Driver, router: Router) -> None:
    device.stage("city-7", NEW)
    device.commit("city-7", undo_after=None)

    device.confirm("city-7")

    assert router.running == NEW
    with pytest.raises(NothingOpen):
        device.undo("city-7")


def test_a_platform_without_a_timer_refuses_one_before_anything_is_sent(router: Router, target: Target) -> None:
    with napalm_kind("teststub_plain").open(target) as device:
        device.stage("city-7", NEW)

        with pytest.raises(NotOffered, match="no undo timer"):
            device.commit("city-7", undo_after=TRIAL)

    assert router.running == OLD


def test_a_platform_without_a_timer_is_rolled_back_by_the_connection_that_committed(
    router: Router, target: Target
) -> None:
    with napalm_kind("teststub_plain").open(target) as device:
        device.stage("city-7", NEW)
        device.commit("city-7", undo_after=None)
        device.undo("city-7")

    assert router.running == OLD


def test_a_candidate_does_not_outlive_its_connection(router: Router, target: Target) -> None:
    kind = napalm_kind("teststub")
    with kind.open(target) as mine:
        mine.stage("city-7", NEW)

    with kind.open(target) as another, pytest.raises(NothingOpen, match="stage it again"):
        another.commit("city-7", undo_after=TRIAL)

    assert (router.running, router.discarded) == (OLD, 1)


def test_discarding_takes_the_candidate_away_once(device: Driver, router: Router) -> None:
    device.stage("city-7", NEW)

    device.discard("city-7")
    device.discard("city-7")

    assert router.discarded == 1


def test_a_failed_commit_lets_go_of_the_device(device: Driver, router: Router) -> None:
    router.raises["commit_config"] = ReplaceConfigException("commit check failed")
    device.stage("city-7", NEW)

    with pytest.raises(CommitFailed, match="commit check failed"):
        device.commit("city-7", undo_after=TRIAL)

    assert (router.running, router.discarded) == (OLD, 1)


def test_a_connection_lost_during_commit_is_no_failed_commit(device: Driver, router: Router) -> None:
    device.stage("city-7", NEW)
    router.raises["commit_config"] = ConnectionResetError("connection reset by peer")

    with pytest.raises(Unreachable):
        device.commit("city-7", undo_after=TRIAL)


def test_a_locked_configuration_is_worth_another_try(device: Driver, router: Router) -> None:
    router.raises["load_replace_candidate"] = LockError("locked by carol")

    with pytest.raises(ConfigurationLocked, match="carol") as caught:
        device.stage("city-7", NEW)

    assert caught.value.retry


def test_secrets_go_in_as_values_and_come_back_as_names(router: Router, target: Target) -> None:
    target = replace(target, secrets={"peer": "s3cret"})
    with napalm_kind("teststub").open(target) as device:
        staged = device.stage("city-7", "password @secret(peer)@\n")
        device.commit("city-7", undo_after=None)

        assert "+ password @secret(peer)@" in staged.diff
        assert router.running == "password s3cret\n"
        assert device.running() == "password @secret(peer)@\n"


def test_an_unknown_secret_stops_before_the_device_is_asked(device: Driver, router: Router) -> None:
    router.raises["load_replace_candidate"] = AssertionError("asked")

    with pytest.raises(UnknownSecret):
        device.stage("city-7", "password @secret(peer)@\n")


def test_wrong_credentials_are_told_from_a_dead_device(router: Router, target: Target) -> None:
    with pytest.raises(LoginRefused), napalm_kind("teststub").open(replace(target, password="wrong")):
        pass

    router.reachable = False
    with pytest.raises(Unreachable, match=r"edge1 \(connect\): no route to host"), napalm_kind("teststub").open(target):
        pass


def test_a_connection_that_breaks_while_closing_hides_nothing(router: Router, target: Target) -> None:
    router.raises["close"] = CommandErrorException("gone")

    with napalm_kind("teststub").open(target) as device:
        running = device.running()

    assert (running, router.connections) == (OLD, 0)


def test_reaching_asks_the_device_itself(device: Driver, router: Router) -> None:
    router.answers["get_facts"] = {"hostname": "edge1", "vendor": "Stub", "model": "memory", "os_version": "1.2"}

    reached = device.reach()

    assert reached.version == "1.2"
    router.reachable = False
    with pytest.raises(Unreachable):
        device.reach()


def test_interfaces_without_addresses_where_the_driver_has_none(device: Driver, router: Router) -> None:
    link = {"is_enabled": True, "is_up": False, "mtu": 1500, "mac_address": "02:00:5E:00:00:01", "speed": -1.0}
    router.answers["get_interfaces"] = {"eth1": link, "eth0": link}

    first, second = device.interfaces()

    assert (first.name, second.name, first.mac, first.speed) == ("eth0", "eth1", "02:00:5e:00:00:01", None)
    router.answers["get_interfaces_ip"] = {"eth0": {"ipv4": {"192.0.2.1": {"prefix_length": 31}}}}
    assert device.interfaces()[0].addresses == (ip_interface("192.0.2.1/31"),)


def test_sessions_come_from_the_plain_answer_where_there_is_no_detailed_one(device: Driver, router: Router) -> None:
    peer = {"remote_as": 64501, "is_up": True, "is_enabled": True, "uptime": 5, "address_family": {}}
    router.answers["get_bgp_neighbors"] = {"global": {"peers": {"192.0.2.2": peer}}}

    (session,) = device.bgp_sessions()

    assert session.state is BgpState.ESTABLISHED
    assert session.since is not None


def test_what_napalm_cannot_ask_is_not_offered(device: Driver) -> None:
    with pytest.raises(NotOffered):
        device.ospf_neighbours()
    with pytest.raises(NotOffered):
        device.routes()
    assert device.lldp_neighbours() == ()


def test_lldp_neighbours_by_interface(device: Driver, router: Router) -> None:
    router.answers["get_lldp_neighbors"] = {"eth0": [{"hostname": "core1", "port": "eth3"}]}

    (neighbour,) = device.lldp_neighbours()

    assert (neighbour.interface, neighbour.remote_system, neighbour.remote_port) == ("eth0", "core1", "eth3")
