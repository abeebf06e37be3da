"""NAPALM's own mock driver, which answers from the files in `mocked/`, call by call."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from hanse.devices.driver import Target, Unreachable, Verdict
from hanse.devices.napalm.driver import napalm_kind
from hanse.network.seen.bgp import BgpState

EDGE = str(Path(__file__).parent / "mocked" / "edge")
TARGET = Target(name="edge1", host="192.0.2.1", arguments={"path": EDGE})


def test_a_whole_deployment_over_the_mock() -> None:
    with napalm_kind("mock").open(TARGET) as device:
        staged = device.stage("city-7", "hostname edge1\n")
        device.commit("city-7", undo_after=timedelta(seconds=30))
        on_trial = device.verdict("city-7")
        device.confirm("city-7")

        assert (staged.diff, on_trial) == ("+ hostname edge1", Verdict.TRIAL)
        assert device.verdict("city-7") is Verdict.KEPT


def test_facts_and_sessions_of_the_mock() -> None:
    with napalm_kind("mock").open(TARGET) as device:
        facts = device.facts()
        sessions = device.bgp_sessions()

    assert (facts.vendor, facts.uptime) == ("Arista", timedelta(seconds=151005))
    assert [(seen.vrf, str(seen.remote_asn), seen.state) for seen in sessions] == [
        ("blue", "64502", BgpState.ADMIN_DOWN),
        ("global", "64501", BgpState.ESTABLISHED),
    ]


def test_a_mock_that_does_not_open_is_unreachable() -> None:
    target = replace(TARGET, arguments={"fail_on_open": True})

    with pytest.raises(Unreachable, match="You told me to do this"), napalm_kind("mock").open(target):
        pass
