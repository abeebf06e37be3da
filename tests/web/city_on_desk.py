"""The example city in the store, deployed and polled, with a morning of troubles: what pages and browsers are shown.

Of its eight routers (fakes) spur2 does not answer; pix-alme is down, over IPv4, on border1; the link of the two spurs
is down with its router; somebody wrote a line into core4 by hand; core3 is in maintenance.
"""

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Final

from actions.small_city import seen_interfaces, seen_neighbours, seen_sessions
from fakes.clock import FakeClock
from fakes.irr import expansion
from hanse.actions.applying import Insistence, apply
from hanse.actions.discovering import drifts
from hanse.actions.planning import plan
from hanse.actions.polling import poll
from hanse.actions.wanted import import_network
from hanse.conf.outside import Outside, outside
from hanse.deploy.means import Times
from hanse.derive.devices import device_specs
from hanse.derive.spec import DeviceSpec
from hanse.devices.fake.driver import DEVICES, FakeDevice
from hanse.network.known.irr import difference
from hanse.network.seen.bgp import BgpState, RouteCounts, SeenSession
from hanse.network.seen.device import OspfState, SeenLldpNeighbour
from hanse.network.values.addresses import Family
from hanse.network.wanted.network import Network
from hanse.store import known
from hanse.store.audit import Author
from samples.city import PEERING, city_with

ALICE: Final = Author(who="alice", door="cli")
SILENT: Final = "spur2"
DRIFTED: Final = "core4"
IN_MAINTENANCE: Final = "core3"
DOWN: Final = ("border1", "192.0.2.11")  # the session with Alme, over IPv4
BY_HAND: Final = "# by hand, at night\n"


@dataclass
class Desk:
    """The city, its routers, and the world with a clock of its own that began a day ago."""

    network: Network
    devices: dict[str, FakeDevice]
    world: Outside
    clock: FakeClock


def seen_lldp_neighbours(network: Network, node: str) -> tuple[SeenLldpNeighbour, ...]:
    """Return what a router hears by LLDP where everything is cabled as it is wanted."""
    ends = [link.ends for link in network.links.values()]
    return tuple(
        SeenLldpNeighbour(interface=here.port, remote_system=f"{there.node}.city.example", remote_port=there.port)
        for one, other in ends
        for here, there in ((one, other), (other, one))
        if here.node == node
    )


@contextmanager
def calm_city() -> Generator[Desk]:
    """Import, deploy and poll the city; everything is as it should be."""
    fakes = {"platforms": {"debian": {"driver": "fake"}}, "nodes": {IN_MAINTENANCE: {"status": "maintenance"}}}
    network = city_with(**PEERING, **fakes)
    specs = device_specs(network)
    clock = FakeClock()
    clock.began = datetime.now(UTC) - timedelta(days=1)
    devices = {name: _healthy(name, spec, clock.began) for name, spec in specs.items()}
    for name, device in devices.items():
        device.lldp = seen_lldp_neighbours(network, name)
    clock.told += [device.advance for device in devices.values()]
    times = Times(undo_after=timedelta(seconds=60), settle=timedelta(seconds=20), grace=timedelta(seconds=5))
    desk = Desk(network=network, devices=devices, world=replace(outside(), clock=clock, times=times), clock=clock)
    hosts = {str(node.management.address.ip): devices[name] for name, node in network.nodes.items()}
    DEVICES.update(hosts)
    try:
        import_network(network=network, author=ALICE, clock=clock)
        apply(plan(world=desk.world), world=desk.world, author=ALICE, insistence=Insistence(force=True))
        poll(world=desk.world)
        _hear_the_irr(clock.now())
        yield desk
    finally:
        for host in hosts:
            del DEVICES[host]


@contextmanager
def city_on_desk() -> Generator[Desk]:
    """Return the city after its troubles have been seen."""
    with calm_city() as desk:
        _let_pass(desk.clock, timedelta(hours=22))
        poll(world=desk.world)
        trouble(desk)
        _let_pass(desk.clock, timedelta(minutes=30))
        poll(world=desk.world)
        drifts(world=desk.world)
        yield desk


def _hear_the_irr(at: datetime) -> None:
    told = replace(expansion("AS-ALME", "198.51.100.0/24 2001:db8:a100::/40", "64501"), at=at)
    known.keep_answer(told, difference(None, told), who=ALICE.who, is_first=True, was_accepted=False)


def trouble(desk: Desk) -> None:
    """Let the troubles happen. Nobody has seen them yet."""
    desk.devices[SILENT].reachable = False
    node, address = DOWN
    router = desk.devices[node]
    router.sessions = tuple(
        replace(one, state=BgpState.ACTIVE, since=desk.clock.now(), counts=(), last_error="hold timer expired")
        if str(one.remote_address) == address
        else one
        for one in router.sessions
    )
    spur = desk.devices["spur1"]
    spur.ospf = tuple(replace(one, state=OspfState.DOWN) if one.interface == "radio1" else one for one in spur.ospf)
    spur.interfaces = tuple(replace(one, is_up=False) if one.name == "radio1" else one for one in spur.interfaces)
    desk.devices[DRIFTED].running_text += BY_HAND


def _let_pass(clock: FakeClock, time: timedelta) -> None:
    clock.began += time  # no device has a trial open: nothing runs out meanwhile


def _healthy(name: str, spec: DeviceSpec, since: datetime) -> FakeDevice:
    return FakeDevice(
        name,
        sessions=tuple(_carrying(one, number) for number, one in enumerate(seen_sessions(spec, since))),
        ospf=seen_neighbours(spec, since),
        interfaces=seen_interfaces(spec),
    )


def _carrying(session: SeenSession, number: int) -> SeenSession:
    family = Family.IPV4 if session.remote_address.version == 4 else Family.IPV6
    count = 40 + 7 * number
    return replace(session, counts=(RouteCounts(family=family, received=count + 2, accepted=count, advertised=12),))
