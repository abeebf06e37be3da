"""What a router has to know of labels (RFC 3031): those it puts on, changes and takes off, and who tells it more."""

from dataclasses import dataclass

from hanse.network.values.addresses import Address, Prefix
from hanse.network.wanted.label_paths import LABELS


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelPush:
    """A label put on packets for the loopback at the end of a path; such packets go this way while its link is up."""

    prefix: Prefix  # the IPv4 loopback of the router at the end
    via: Address
    interface: str
    label: int
    in_vpn: bool = False  # the router at the end is a member of a VPN, to which a label has to lead from everywhere
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelSwap:
    """What is done with packets that come in with a label."""

    label: int
    via: Address
    interface: str
    out: int | None  # the label that they go on with; None: it is taken off, the next router is the last one
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelInterface:
    """An interface of a link that carries labels."""

    name: str
    ldp: bool  # both routers tell each other labels over it (RFC 5036)
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VpnSpec:
    """A table that other routers of ours have too (RFC 4364): they tell each other its IPv4 routes, with a label each.

    Not so its IPv6 routes: labels lead to IPv4 addresses, and Linux has no IPv6 route by way of one (RFC 4659).
    """

    distinguisher: str  # the router's own, so that no reflector takes two routers' routes for one
    target: str  # the same at all members
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelSpec:
    """Labels of a router; nothing in it: its kernel needs to know none."""

    interfaces: tuple[LabelInterface, ...] = ()  # by name
    pushes: tuple[LabelPush, ...] = ()  # by path
    swaps: tuple[LabelSwap, ...] = ()  # by path, the way there before the way back
    # FRR looks up the way of a label by this end's address when its port comes up, and not again: no nearer route to it
    # may be told then, as BIRD does of an end without carrier.
    from_frr: tuple[str, ...] = ()  # ports at which a router on FRR hands packets of a path over, by name

    @property
    def room(self) -> int:
        """Return how many labels the kernel has room for; 0: it needs none."""
        return LABELS if self.interfaces else 0

    @property
    def told_nobody(self) -> tuple[Prefix, ...]:
        """Return the loopbacks for which LDP tells no label from here: packets come without, and take the path.

        By a label of LDP they would go past the path, and back to where they came from if that is where it leads.
        """
        return tuple(dict.fromkeys(one.prefix for one in self.pushes if not one.in_vpn)) if self.ldp else ()

    @property
    def ldp(self) -> tuple[LabelInterface, ...]:
        """Return the interfaces that LDP speaks on."""
        return tuple(one for one in self.interfaces if one.ldp)
