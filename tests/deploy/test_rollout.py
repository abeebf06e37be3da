"""Many devices: the canary, the batches, the stop, and what has to change together."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field, replace

import pytest

from fakes.clock import FakeClock
from fakes.deploying import CORE, NEW, OLD, TIMES, opener, reviewed, router_called
from fakes.journal import FakeJournal
from hanse.deploy.journal import Outcome
from hanse.deploy.means import Means
from hanse.deploy.plan import DevicePlan, Plan
from hanse.deploy.rollout import Pace, roll_out
from hanse.deploy.stages import Event, Stage
from hanse.deploy.together import Joint, groups
from hanse.devices.fake.driver import FakeDevice
from hanse.network.seen.device import OspfState

JOINT = Joint(mine=("core1", "eth1"), yours=("core2", "eth2"))


@dataclass
class Ring:
    """Some routers that are deployed together."""

    names: tuple[str, ...]
    routers: dict[str, FakeDevice] = field(init=False)
    journals: dict[str, FakeJournal] = field(init=False)
    clock: FakeClock = field(default_factory=FakeClock)
    told: list[Outcome] = field(default_factory=list)
    left: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.routers = {name: router_called(name) for name in self.names}
        self.journals = {name: FakeJournal(f"hanse-{name}") for name in self.names}
        self.clock.told += [router.advance for router in self.routers.values()]

    def plan(self, text: str = NEW) -> Plan:
        return Plan(devices=tuple(reviewed(router, text) for router in self.routers.values()))

    def roll_out(
        self,
        plan: Plan,
        pace: Pace | None = None,
        joints: tuple[Joint, ...] = (),
        go_on: Callable[[], bool] = lambda: True,
    ) -> dict[str, Stage]:
        means = Means(
            open_device=opener(*self.routers.values()),
            clock=self.clock,
            times=TIMES,
            leave=lambda: self.left.append(threading.current_thread().name),
        )
        outcomes = roll_out(
            plan,
            journals=self.journals,
            means=means,
            pace=pace,
            joints=joints,
            told=self.told.append,
            go_on=go_on,
        )
        return {outcome.node: outcome.stage for outcome in outcomes}


@pytest.fixture
def ring() -> Ring:
    return Ring(("core1", "core2", "core3", "core4"))


def drop_all(device: FakeDevice) -> None:
    device.sessions = ()


def test_all_are_kept_and_each_is_told_once(ring: Ring) -> None:
    stages = ring.roll_out(ring.plan())

    assert stages == dict.fromkeys(ring.names, Stage.KEPT)
    assert sorted(outcome.node for outcome in ring.told) == list(ring.names)
    assert ring.told[0].node == "core1"


def test_every_thread_cleans_up_behind_it(ring: Ring) -> None:
    ring.roll_out(ring.plan())

    assert len(ring.left) == 4
    assert "MainThread" not in ring.left


def test_a_harmed_canary_saves_all_others(ring: Ring) -> None:
    ring.routers["core1"].harm = drop_all

    stages = ring.roll_out(ring.plan())

    assert stages == {"core1": Stage.REVERTED, **dict.fromkeys(ring.names[1:], Stage.DISCARDED)}
    assert all(ring.routers[name].calls == [] for name in ring.names[1:])


def test_harm_in_a_batch_stops_the_next(ring: Ring) -> None:
    ring.routers["core2"].harm = drop_all

    stages = ring.roll_out(ring.plan(), Pace(canary=1, batch=1))

    assert list(stages.values()) == [Stage.KEPT, Stage.REVERTED, Stage.DISCARDED, Stage.DISCARDED]


def test_harm_stops_what_waits_for_a_thread_in_the_same_batch(ring: Ring) -> None:
    ring.routers["core2"].harm = drop_all

    stages = ring.roll_out(ring.plan(), Pace(canary=1, batch=3, concurrency=1))

    assert list(stages.values()) == [Stage.KEPT, Stage.REVERTED, Stage.DISCARDED, Stage.DISCARDED]


def test_a_router_that_does_not_answer_is_no_canary_and_stops_nobody(ring: Ring) -> None:
    plan = ring.plan()
    ring.routers["core1"].reachable = False
    ring.routers["core2"].harm = drop_all

    stages = ring.roll_out(plan)

    assert list(stages.values()) == [Stage.DISCARDED, Stage.REVERTED, Stage.DISCARDED, Stage.DISCARDED]


def test_only_those_with_a_journal_are_touched(ring: Ring) -> None:
    plan = ring.plan()
    del ring.journals["core3"]

    stages = ring.roll_out(plan)

    assert "core3" not in stages
    assert ring.routers["core3"].running_text == OLD


def test_our_own_mistake_on_one_router_ends_all_in_the_record(ring: Ring) -> None:
    plan = ring.plan()
    ring.journals["core1"].breaks_at = Event.COMMIT_BEGUN

    with pytest.raises(OSError, match="no space left"):
        ring.roll_out(plan)

    assert [ring.journals[name].stage for name in ring.names[1:]] == [Stage.DISCARDED] * 3
    assert ring.journals["core1"].stage is Stage.IN_DOUBT


def hello(port: str, seconds: int) -> str:
    return f'interface "{port}" {{\n    hello {seconds};\n}};\n'


def test_both_ends_of_a_link_that_changes_are_one_step(ring: Ring) -> None:
    """New hellos on one end take the adjacency down until the other end has them too."""
    hellos = {"core1": "eth1", "core2": "eth2"}
    for name, port in hellos.items():
        ring.routers[name].running_text = hello(port, 10)
        ring.routers[name].ospf = (replace(CORE, interface=port),)
    plan = Plan(
        devices=tuple(insisting(reviewed(ring.routers[name], hello(port, 5)), port) for name, port in hellos.items())
    )

    both = threading.Barrier(2)

    def agree() -> None:
        both.wait(timeout=10)
        same = len({"hello 5" in ring.routers[name].running_text for name in hellos}) == 1
        for name, port in hellos.items():
            state = OspfState.FULL if same else OspfState.DOWN
            ring.routers[name].ospf = (replace(CORE, interface=port, state=state),)

    for name in hellos:
        ring.routers[name].harm = lambda _: agree()
    del ring.journals["core3"], ring.journals["core4"]

    stages = ring.roll_out(plan, joints=(JOINT,))

    assert stages == dict.fromkeys(hellos, Stage.KEPT)


def insisting(plan: DevicePlan, port: str) -> DevicePlan:
    return replace(plan, still_wanted=replace(plan.still_wanted, neighbours=frozenset({(2, port, CORE.router_id)})))


def test_if_one_end_refuses_the_other_is_not_begun(ring: Ring) -> None:
    plan = ring.plan("eth1 eth2\n")
    ring.routers["core2"].refuse = "syntax error"

    stages = ring.roll_out(plan, joints=(JOINT,))

    assert (stages["core1"], stages["core2"]) == (Stage.DISCARDED, Stage.REFUSED)
    assert ring.routers["core1"].running_text == OLD


def part(name: str, diff: str, before: str = OLD) -> DevicePlan:
    return replace(reviewed(router_called(name)), diff=diff, before_text=before)


def named(found: tuple[tuple[DevicePlan, ...], ...]) -> list[list[str]]:
    return [[device.node for device in group] for group in found]


def test_a_joint_binds_where_both_diffs_name_their_interface() -> None:
    parts = (part("core1", '+interface "eth1";\n'), part("core2", " interface eth2 {\n"), part("core3", "+eth1\n"))

    assert named(groups(parts, (JOINT,))) == [["core1", "core2"], ["core3"]]


@pytest.mark.parametrize("diff", ["+something else\n", "+eth22\n", ""])
def test_a_joint_does_not_bind_where_one_diff_is_about_something_else(diff: str) -> None:
    parts = (part("core1", "+eth1\n"), part("core2", diff))

    assert named(groups(parts, (JOINT,))) == [["core1"], ["core2"]]


def test_a_first_installation_needs_nobody() -> None:
    parts = (part("core1", "+eth1\n", before=""), part("core2", "+eth2\n"))

    assert named(groups(parts, (JOINT,))) == [["core1"], ["core2"]]


def test_groups_that_share_a_router_are_one() -> None:
    parts = tuple(part(name, "+eth1\n+eth2\n") for name in ("core1", "core2", "core3", "core4"))
    joints = (
        Joint(mine=("core3", "eth1"), yours=("core4", "eth1")),
        JOINT,
        Joint(mine=("core2", "eth1"), yours=("core4", "eth2")),
        Joint(mine=("core1", "eth2"), yours=("elsewhere", "eth1")),
    )

    assert named(groups(parts, joints)) == [["core1", "core2", "core3", "core4"]]


def test_a_rollout_that_is_told_to_stop_begins_no_further_wave(ring: Ring) -> None:
    stages = ring.roll_out(ring.plan(), go_on=lambda: not ring.told)

    assert stages == {"core1": Stage.KEPT, **dict.fromkeys(ring.names[1:], Stage.DISCARDED)}
    assert all(ring.routers[name].calls == [] for name in ring.names[1:])


def test_every_router_is_told_in_which_wave_it_begins(ring: Ring) -> None:
    ring.roll_out(ring.plan(), Pace(canary=1, batch=2))

    waves = {name: journal.wave for name, journal in ring.journals.items()}
    assert waves == {"core1": "canary 1", "core2": "batch 1", "core3": "batch 1", "core4": "batch 2"}


def test_a_canary_that_does_not_answer_is_followed_by_another(ring: Ring) -> None:
    plan = ring.plan()
    ring.routers["core1"].reachable = False

    ring.roll_out(plan)

    assert [ring.journals[name].wave for name in ring.names] == ["canary 1", "canary 2", "batch 1", "batch 1"]
