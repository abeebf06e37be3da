"""One end of a tunnel, as its router has to have it."""

from dataclasses import dataclass

from hanse.network.values.addresses import Address
from hanse.network.wanted.tunnels import TunnelKind


@dataclass(frozen=True, slots=True, kw_only=True)
class TunnelSpec:
    """One end of a tunnel. Keys stand as `@secret(NAME)@`; those that the kind does not need are empty."""

    name: str
    kind: TunnelKind
    interface: str  # the same at both ends
    far: str  # the other router
    waits: bool  # the other end comes to this one; else this one goes there
    local: Address | None  # where the other end reaches us; None: behind NAT, or it changes
    remote: Address | None  # where we reach the other end; None: it comes to us
    version: int  # of IP, of the wrapped packets
    port: int | None  # UDP, at both ends; None: the kind has none of its own
    vrf: str  # by whose table the wrapped packets go; empty: the global one
    device: str = ""  # that stands for that table on Linux
    table: int | None = None  # its number in the kernel
    mark: int | None = None  # of the wrapped packets, where they are led to the table by it
    private_key: str = ""
    public_key: str = ""  # of the other end
    certificate: str = ""
    fingerprint: str = ""  # of the other end's certificate
    shared_key: str = ""
    why: str

    @property
    def mode(self) -> str:
        """Return what Linux calls the GRE that wraps packets; empty: the kind has none."""
        if not self.kind.needs_both_addresses:
            return ""
        return "gre" if self.version == 4 else "ip6gre"
