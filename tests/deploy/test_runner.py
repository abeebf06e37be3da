"""One device's deployment while everything answers, against the fake device."""

from dataclasses import replace
from datetime import timedelta

from fakes.deploying import (
    CORE,
    NEW,
    OLD,
    OTHER_PEER,
    PEER,
    START,
    TIMES,
    Bench,
    drop_peer,
    reviewed,
)
from hanse.deploy.stages import Event, Stage
from hanse.devices.driver import Verdict
from hanse.devices.fake.driver import FakeDevice
from hanse.network.seen.device import OspfState


def test_a_good_configuration_is_kept(bench: Bench) -> None:
    outcome = bench.deploy()

    assert outcome.stage is Stage.KEPT
    assert bench.router.running_text == NEW
    assert bench.router.verdicts["hanse-1"] is Verdict.KEPT
    assert bench.journal.events == [
        Event.BEGUN,
        Event.STAGED,
        Event.COMMIT_BEGUN,
        Event.INSTALLED,
        Event.VERIFIED,
        Event.CONFIRMED,
    ]


def test_what_was_up_is_in_the_record(bench: Bench) -> None:
    bench.deploy()

    assert bench.journal.before is not None
    assert bench.journal.after == bench.journal.before
    assert len(bench.journal.before.sessions) == 2


def test_a_device_that_runs_it_already_is_left_alone(bench: Bench) -> None:
    bench.router.running_text = NEW

    outcome = bench.deploy()

    assert outcome.stage is Stage.UNCHANGED
    assert "commit" not in bench.router.calls
    assert bench.router.staged() is None


def test_without_the_commit_check_it_is_installed_even_so(bench: Bench) -> None:
    bench.router.running_text = NEW
    bench.plan = reviewed(bench.router)
    bench.commit_check = False

    outcome = bench.deploy()

    assert outcome.stage is Stage.KEPT
    assert "commit" in bench.router.calls


def test_a_device_that_changed_since_the_review_refuses(bench: Bench) -> None:
    bench.router.running_text = OLD + "somebody was here;\n"

    outcome = bench.deploy()

    assert outcome.stage is Stage.REFUSED
    assert "other lines than those reviewed" in outcome.sentence
    assert bench.router.running_text == OLD + "somebody was here;\n"
    assert bench.router.staged() is None


def test_a_device_that_refuses_the_candidate_is_left_as_it_was(bench: Bench) -> None:
    bench.router.refuse = "/etc/bird/bird.conf:3: syntax error"

    outcome = bench.deploy()

    assert (outcome.stage, outcome.sentence) == (Stage.REFUSED, "/etc/bird/bird.conf:3: syntax error")
    assert bench.router.running_text == OLD


def test_a_commit_that_the_device_takes_back_is_reverted(bench: Bench) -> None:
    bench.router.fail_commit = "ifreload: eth1 is not up"

    outcome = bench.deploy()

    assert (outcome.stage, outcome.sentence) == (Stage.REVERTED, "ifreload: eth1 is not up")
    assert bench.router.running_text == OLD


def test_nothing_is_sent_to_a_device_that_does_not_answer(bench: Bench) -> None:
    bench.router.reachable = False

    outcome = bench.deploy()

    assert (outcome.stage, outcome.is_harm) == (Stage.DISCARDED, False)
    assert bench.journal.events == [Event.LOST]


def test_a_session_that_stays_down_is_harm_and_is_undone(bench: Bench) -> None:
    bench.router.harm = drop_peer

    outcome = bench.deploy()

    assert outcome.stage is Stage.REVERTED
    assert outcome.sentence == "undone: the BGP session with 192.0.2.11 was up before and is not now"
    assert bench.router.running_text == OLD
    assert timedelta(seconds=20) <= bench.clock.passed < timedelta(seconds=22)


def test_an_ospf_neighbour_that_stays_away_is_harm(bench: Bench) -> None:
    def stop_ospf(device: FakeDevice) -> None:
        device.ospf = (replace(CORE, state=OspfState.INIT),)

    bench.router.harm = stop_ospf

    outcome = bench.deploy()

    assert outcome.stage is Stage.REVERTED
    assert "OSPFv2 neighbour 10.0.0.2 on eth1" in outcome.sentence


def test_a_session_gets_its_time_to_come_up_again(bench: Bench) -> None:
    def drop_for_a_while(device: FakeDevice) -> None:
        drop_peer(device)
        back = device.now + timedelta(seconds=10)
        bench.clock.told.append(lambda _: setattr(device, "sessions", up_since(10)) if device.now >= back else None)

    def up_since(seconds: int) -> tuple[object, ...]:
        return (replace(PEER, since=START + timedelta(seconds=seconds)), OTHER_PEER)

    bench.router.harm = drop_for_a_while

    outcome = bench.deploy()

    assert outcome.stage is Stage.KEPT
    assert bench.journal.notes == ["began anew meanwhile: BGP session with 192.0.2.11"]


def test_a_slow_installation_takes_nothing_from_the_time_to_settle(bench: Bench) -> None:
    def install_slowly(device: FakeDevice) -> None:
        drop_peer(device)
        bench.clock.sleep(timedelta(seconds=30))
        back = device.now + timedelta(seconds=15)
        bench.clock.told.append(
            lambda _: setattr(device, "sessions", (PEER, OTHER_PEER)) if device.now >= back else None
        )

    bench.router.harm = install_slowly

    outcome = bench.deploy()

    assert outcome.stage is Stage.KEPT


def test_judging_ends_before_the_devices_timer(bench: Bench) -> None:
    def install_very_slowly(device: FakeDevice) -> None:
        drop_peer(device)
        bench.clock.sleep(timedelta(seconds=50))

    bench.router.harm = install_very_slowly

    outcome = bench.deploy()

    assert outcome.stage is Stage.REVERTED
    assert outcome.sentence.startswith("undone: the BGP session with 192.0.2.11")
    assert bench.clock.passed <= TIMES.undo_after


def test_a_session_that_is_not_wanted_any_more_may_go(bench: Bench) -> None:
    bench.router.harm = drop_peer
    fewer = bench.plan.still_wanted.sessions - {("global", PEER.remote_address)}
    bench.plan = replace(bench.plan, still_wanted=replace(bench.plan.still_wanted, sessions=fewer))

    outcome = bench.deploy()

    assert outcome.stage is Stage.KEPT


def test_a_session_that_was_down_before_is_not_waited_for(bench: Bench) -> None:
    drop_peer(bench.router)

    outcome = bench.deploy()

    assert outcome.stage is Stage.KEPT
