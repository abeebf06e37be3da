"""A router of Alice's, AS64500, and everything that a deployment of it needs around it."""

from collections.abc import Callable, Generator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address

from fakes.clock import FakeClock
from fakes.journal import FakeJournal
from hanse.deploy.health import StillWanted
from hanse.deploy.journal import Outcome
from hanse.deploy.means import Means, Times
from hanse.deploy.plan import DevicePlan
from hanse.deploy.review import review
from hanse.deploy.runner import deploy_device
from hanse.deploy.settle import settle
from hanse.deploy.stages import Stage
from hanse.devices.driver import Abilities, Driver, Target, Unreachable
from hanse.devices.fake.driver import FAKE, FakeDevice
from hanse.network.seen.bgp import BgpState, SeenSession
from hanse.network.seen.device import OspfState, SeenOspfNeighbour
from hanse.network.values.asn import Asn

START = datetime(2026, 1, 1, tzinfo=UTC)
PEER = SeenSession(
    remote_address=ip_address("192.0.2.11"), remote_asn=Asn(64501), state=BgpState.ESTABLISHED, since=START
)
OTHER_PEER = replace(PEER, remote_address=ip_address("192.0.2.12"), remote_asn=Asn(64502))
CORE = SeenOspfNeighbour(version=2, interface="eth1", router_id="10.0.0.2", state=OspfState.FULL, since=START)
ALL_WANTED = StillWanted(
    sessions=frozenset({("global", PEER.remote_address), ("global", OTHER_PEER.remote_address)}),
    neighbours=frozenset({(2, "eth1", "10.0.0.2")}),
)
OLD, NEW = "router id 10.0.0.1;\nold;\n", "router id 10.0.0.1;\nnew;\n"
TIMES = Times(
    undo_after=timedelta(seconds=60),
    settle=timedelta(seconds=20),
    first_look=timedelta(seconds=1),
    look_every=timedelta(seconds=1),
    grace=timedelta(seconds=5),
)
WITHOUT_TIMER = Abilities(replace=True, undo_timer=False, verdicts=False)


def opener(*devices: FakeDevice) -> Callable[[str], AbstractContextManager[Driver]]:
    """Return what connects to `devices` by name."""
    by_name = {device.name: device for device in devices}

    return lambda node: by_name[node].open(Target(name=node, host=node))


def reviewed(device: FakeDevice, text: str = NEW, abilities: Abilities = FAKE.abilities) -> DevicePlan:
    """Return the plan that puts `text` on `device`."""
    with device.open(Target(name=device.name, host=device.name)) as driver:
        plan = review(driver, node=device.name, kind="fake", abilities=abilities, text=text, wanted=ALL_WANTED)
    device.calls.clear()
    return plan


@dataclass
class Bench:
    """One router on the bench, its reviewed plan and everything around it."""

    router: FakeDevice
    plan: DevicePlan
    journal: FakeJournal = field(default_factory=FakeJournal)
    clock: FakeClock = field(default_factory=FakeClock)
    commit_check: bool = True
    by_hand: bool = False
    close_badly: bool = False  # each connection dies when it is closed, after all was said

    def __post_init__(self) -> None:
        self.clock.told.append(self.router.advance)

    @property
    def means(self) -> Means:
        return Means(
            open_device=self.open,
            clock=self.clock,
            times=TIMES,
            commit_check=self.commit_check,
            by_hand=self.by_hand,
        )

    @contextmanager
    def open(self, node: str) -> Generator[Driver]:
        with opener(self.router)(node) as driver:
            yield driver
        if self.close_badly:
            raise Unreachable(f"{node} did not say goodbye")

    def deploy(self) -> Outcome:
        return deploy_device(self.plan, journal=self.journal, means=self.means)

    def settle(self, stage: Stage) -> Outcome:
        self.journal.stage = stage
        return settle(self.plan, stage=stage, journal=self.journal, means=self.means)


def router_called(name: str) -> FakeDevice:
    """Return a router that runs OLD, with two BGP sessions and an OSPF neighbour up."""
    return FakeDevice(name, running=OLD, sessions=(PEER, OTHER_PEER), ospf=(CORE,))


def drop_peer(device: FakeDevice) -> None:
    """Let the session with PEER fail, as a bad configuration would."""
    device.sessions = (replace(PEER, state=BgpState.ACTIVE), OTHER_PEER)


def cut_off(device: FakeDevice) -> None:
    """Let the router lose its way to us, as a bad configuration would."""
    device.reachable = False
