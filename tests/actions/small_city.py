"""Alice's smallest network, AS64500: two routers, one link, one peer at an exchange. The routers are fakes."""

from collections.abc import Generator, Iterable
from contextlib import contextmanager
from dataclasses import dataclass, field, fields, replace
from datetime import UTC, datetime, timedelta
from typing import Final

from fakes.clock import FakeClock
from hanse.actions.wanted import import_network
from hanse.conf.outside import Outside, outside
from hanse.deploy.means import Times
from hanse.derive.devices import device_specs
from hanse.derive.expected import wanted_neighbours, wanted_sessions
from hanse.derive.spec import DeviceSpec
from hanse.devices.fake.driver import DEVICES, FakeDevice
from hanse.network.seen.bgp import BgpState, SeenSession
from hanse.network.seen.device import OspfState, SeenInterface, SeenOspfNeighbour
from hanse.network.wanted.files import load
from hanse.network.wanted.network import Network
from hanse.store.audit import Author

ALICE: Final = Author(who="alice", door="cli")
START: Final = datetime(2026, 1, 1, tzinfo=UTC)
FILE: Final = """
network: {name: town, asn: 64500, space: [203.0.113.0/24], documentation_is_public: true}
sites: {hall: }
platforms:
  fake: {driver: fake, dialect: bird2}
  silent: {driver: fake}
pools:
  loopbacks4: {use: loopback, prefix: 10.20.0.0/24}
  loopbacks6: {use: loopback, prefix: "fd20:20::/64"}
  links4: {use: link, prefix: 10.20.8.0/24}
  links6: {use: link, prefix: "fd20:20:0:8::/64"}
link_classes: {fibre: {medium: fibre, cost: 10}}
nodes:
  alpha:
    {number: 1, site: hall, platform: fake, management: {address: 198.18.0.1/24}, ports: {to-beta: , lan: }}
  beta:
    {number: 2, site: hall, platform: fake, management: {address: 198.18.0.2/24}, ports: {to-alpha: }}
links: {middle: {number: 0, link_class: fibre, ends: ["alpha:to-beta", "beta:to-alpha"]}}
tags: {blue: }
vrfs: {red: }
communities: {ours: {value: 64500:1}}
routing_policies: {shun: {local_preference: 50}}
bfd_profiles: {fast: {transmit: 100}}
services: {glass: {ports: [8443]}}
contacts: {bob-noc: {email: noc@bob.example}}
groups: {friends: }
autonomous_systems: {64501: {name: Bob}}
exchanges: {pix: {lan: [192.0.2.0/24]}}
connections: {pix: {exchange: pix, node: alpha, port: lan, addresses: [192.0.2.1]}}
sessions: {bob: {asn: 64501, relationship: peer, connection: pix, addresses: [192.0.2.11]}}
"""
# The same with a segment, a service told by anycast, a tunnel and a label path to a third router: one of every kind.
POOLS: Final = (
    'pools:\n  under4: {use: tunnel, prefix: 10.20.9.0/24}\n  under6: {use: tunnel, prefix: "fd20:20:0:9::/64"}'
)
WRAPPED: Final = "link_classes: {wrapped: {medium: tunnel, cost: 50, mtu: 1400}, "
ENDS: Final = "{alpha: {address: 192.0.2.1}, beta: {address: 192.0.2.2}}"
GAMMA: Final = (
    "\nnodes:\n  gamma: {number: 3, site: hall, platform: fake, management: {address: 198.18.0.3/24}, "
    "ports: {to-beta: {mtu: 1508}}}"
)
FAR: Final = 'links: {far: {number: 1, link_class: fibre, ends: ["beta:to-gamma", "gamma:to-beta"]}, '
EVERY_KIND: Final = (
    FILE.replace("pools:", POOLS)
    .replace("link_classes: {", WRAPPED)
    .replace("\nnodes:", GAMMA)
    .replace("links: {", FAR)
    .replace("{to-beta: ,", "{to-beta: {mtu: 1508},")
    .replace("{to-alpha: }", "{to-alpha: {mtu: 1508}, to-gamma: {mtu: 1508}}")
    + "segments: {office: {number: 1, nodes: [alpha]}}\n"
    + "anycasts: {resolver: {addresses: [198.51.100.53], nodes: [beta]}}\n"
    + f"tunnels: {{air: {{number: 0, kind: gre, link_class: wrapped, ends: {ENDS}}}}}\n"
    + "label_paths: {across: {number: 0, start: alpha, links: [middle, far]}}\n"
)


def network(text: str = FILE) -> Network:
    """Return the network of one file."""
    return load({"town.yml": text}).network


def seen_sessions(spec: DeviceSpec, since: datetime = START) -> tuple[SeenSession, ...]:
    """Return every wanted session, established."""
    return tuple(
        SeenSession(
            remote_address=one.remote_address,
            remote_asn=one.remote_asn,
            state=BgpState.ESTABLISHED,
            since=since,
        )
        for one in wanted_sessions(spec)
    )


def seen_neighbours(spec: DeviceSpec, since: datetime = START) -> tuple[SeenOspfNeighbour, ...]:
    """Return every wanted OSPF neighbour, full."""
    return tuple(
        SeenOspfNeighbour(
            version=one.version,
            interface=one.interface,
            router_id=one.router_id,
            state=OspfState.FULL,
            since=since,
        )
        for one in wanted_neighbours(spec)
    )


def seen_interfaces(spec: DeviceSpec) -> tuple[SeenInterface, ...]:
    """Return every interface, up."""
    return tuple(SeenInterface(name=one.name, is_enabled=True, is_up=True) for one in spec.interfaces)


def healthy(name: str, spec: DeviceSpec) -> FakeDevice:
    """Return a router on which everything wanted is up."""
    return FakeDevice(name, sessions=seen_sessions(spec), ospf=seen_neighbours(spec), interfaces=seen_interfaces(spec))


@dataclass(frozen=True, slots=True, kw_only=True)
class QuietWorld(Outside):
    """The world of a town: it remembers the numbers of jobs and runs nothing."""

    carried: list[int] = field(default_factory=list)

    def carry(self, job: int) -> None:
        self.carried.append(job)


def quiet_world() -> QuietWorld:
    """Return the world as the settings say, without an engine."""
    world = outside()
    return QuietWorld(**{one.name: getattr(world, one.name) for one in fields(world)})


@dataclass
class Town:
    """The network in the store, its routers, and the world with a clock of its own."""

    network: Network
    devices: dict[str, FakeDevice]
    world: QuietWorld
    clock: FakeClock

    def wants(self, text: str) -> None:
        """Make `text` what is wanted."""
        import_network(network=network(text), author=ALICE, clock=self.clock)


@contextmanager
def town(text: str = FILE, names: Iterable[str] = ("alpha", "beta")) -> Generator[Town]:
    """Import the network and put its routers where the fake driver finds them."""
    wanted = network(text)
    specs = device_specs(wanted)
    devices = {name: healthy(name, specs[name]) for name in names}
    clock = FakeClock(*(device.advance for device in devices.values()))
    clock.began = datetime.now(UTC)  # the store compares heartbeats with it
    times = Times(undo_after=timedelta(seconds=60), settle=timedelta(seconds=20), grace=timedelta(seconds=5))
    world = replace(quiet_world(), clock=clock, times=times)
    import_network(network=wanted, author=ALICE, clock=clock)
    hosts = {str(wanted.nodes[name].management.address.ip): device for name, device in devices.items()}
    DEVICES.update(hosts)
    try:
        yield Town(network=wanted, devices=devices, world=world, clock=clock)
    finally:
        for host in hosts:
            del DEVICES[host]
