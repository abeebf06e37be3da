"""What a router lets in, and from where: as DeviceSpec holds it."""

from dataclasses import dataclass

from hanse.network.values.addresses import Family, Prefix, family_of
from hanse.network.wanted.services import Firewall


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """Something that may come in to the router itself."""

    protocol: str  # as /etc/protocols has it: tcp, udp, ospf, gre, esp, ...
    port: int | None = None  # of tcp and udp; None: any
    until: int | None = None  # the last port where it is a run of them
    sources: tuple[Prefix, ...] = ()  # empty: from anywhere
    interface: str = ""  # empty: over any
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Addresses that packets may come from."""

    prefix: Prefix
    why: str

    @property
    def family(self) -> Family:
        """Return the family of the addresses."""
        return family_of(self.prefix)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """Openings that differ in their sources only, as one rule."""

    protocol: str
    ports: str  # "179", "8000-8010"; empty: it has none, or any
    interface: str  # empty: over any
    in_vrf: bool = False  # the interface is in a VRF: input sees the VRF in its place
    sources: tuple[Source, ...]  # empty: from anywhere
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entrance:
    """An interface at whose other end somebody else is: what may not come in there, whatever it is for.

    `only`: nothing but what comes from `sources`. Else: nothing that comes from addresses of ours but from `sources`.
    """

    interface: str
    only: bool = False
    sources: tuple[Source, ...] = ()
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A routing table, and over which interfaces what came in to it may leave the router."""

    vrf: str = ""  # empty: the global one
    entrances: tuple[str, ...]  # its interfaces; of the global one: those that are not its own
    ways: tuple[str, ...] = ()  # over these and no others; empty: over all but those barred
    barred: tuple[str, ...] = ()
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FirewallSpec:
    """The router's own firewall. Unless it is closed there is nothing here but `mode`."""

    mode: Firewall = Firewall.OPEN
    rules: tuple[Rule, ...] = ()  # what comes in, besides what every router needs (ICMP, answers)
    own: tuple[Source, ...] = ()  # addresses of ours, which nobody outside has
    not_own: tuple[Source, ...] = ()  # of those the ones that other networks have from us
    entrances: tuple[Entrance, ...] = ()  # by interface
    passages: tuple[Passage, ...] = ()  # the global table first; none where there is no VRF
