"""NAPALM's own EOS driver, unchanged, over a router in memory: its sessions end with the connection unless held."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from napalm_teststub.eapi import ROUTERS, EapiRouter

from hanse.devices.driver import CandidateRefused, NothingOpen, Target, Verdict
from hanse.devices.napalm.driver import napalm_kind
from hanse.network.wanted.nodes import Extent

NEW = "hostname edge1\nip routing\n"
TRIAL = timedelta(minutes=5)
EOS = napalm_kind("eos")


@pytest.fixture
def switch() -> Iterator[EapiRouter]:
    ROUTERS["edge.example"] = EapiRouter()
    yield ROUTERS["edge.example"]
    ROUTERS.clear()


@pytest.fixture
def target(target: Target) -> Target:
    return replace(target, extent=Extent.WHOLE, arguments={"transport": "napalm_teststub.eapi.MemoryEapi"})


def test_hanging_up_leaves_a_commit_on_trial(switch: EapiRouter, target: Target) -> None:
    with EOS.open(target) as device:
        staged = device.stage("city-7", NEW)
        device.commit("city-7", undo_after=TRIAL)

    assert staged.is_whole
    assert switch.running == ("hostname edge1", "ip routing")
    assert "configure session hanse_city-7 commit timer 00:05:00" in switch.said
    with EOS.open(target) as another:
        assert another.verdict("city-7") is Verdict.TRIAL
    assert switch.on_trial == "hanse_city-7"


def test_another_connection_confirms(switch: EapiRouter, target: Target) -> None:
    with EOS.open(target) as device:
        device.stage("city-7", NEW)
        device.commit("city-7", undo_after=TRIAL)

    with EOS.open(target) as another:
        another.confirm("city-7")

    assert (switch.running, switch.on_trial) == (("hostname edge1", "ip routing"), "")


def test_another_connection_undoes(switch: EapiRouter, target: Target) -> None:
    with EOS.open(target) as device:
        device.stage("city-7", NEW)
        device.commit("city-7", undo_after=TRIAL)

    with EOS.open(target) as another:
        another.undo("city-7")

    assert (switch.running, switch.on_trial) == (("hostname edge",), "")


def test_somebody_elses_trial_is_not_confirmed(switch: EapiRouter, target: Target) -> None:
    with EOS.open(target) as device:
        device.stage("city-7", NEW)
        device.commit("city-7", undo_after=TRIAL)

    with EOS.open(target) as another, pytest.raises(NothingOpen, match="No pending commit-confirm"):
        another.confirm("city-8")

    assert switch.on_trial == "hanse_city-7"


def test_a_candidate_is_aborted_when_its_connection_ends(switch: EapiRouter, target: Target) -> None:
    with EOS.open(target) as device:
        staged = device.stage("city-7", NEW)

    assert staged.diff == "-hostname edge\n+hostname edge1\n+ip routing"
    assert (switch.sessions, switch.running) == ({}, ("hostname edge",))


def test_a_candidate_that_the_switch_cannot_read_is_refused(switch: EapiRouter, target: Target) -> None:
    with EOS.open(target) as device, pytest.raises(CandidateRefused, match="invalid command"):
        device.stage("city-7", "nonsense\n")

    assert switch.sessions == {}
