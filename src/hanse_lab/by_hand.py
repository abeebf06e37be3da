"""What stands on a vendor's router before Hanse comes: names, addresses and OSPF, as somebody would have typed them.

Interfaces and OSPF are not Hanse's there. The lab reads them from what the router has to be, so that they fit.
"""

from typing import Final

from hanse.derive.devices import device_specs
from hanse.derive.ospf_spec import OspfInterface
from hanse.derive.spec import DeviceSpec, InterfaceRole
from hanse.network.known.known import NOTHING_KNOWN
from hanse.network.wanted.network import Network
from hanse_lab.plan import ByHand, HandPort

VENDORS: Final = frozenset({"eos"})  # drivers whose local router can stand in the lab
LOOPBACK: Final = "lo"


def by_hand(network: Network, name: str) -> ByHand | None:
    """Return what is configured by hand on the router; None if it is no vendor's."""
    driver = network.platforms[network.nodes[name].platform].driver
    if driver not in VENDORS:
        return None
    spec = device_specs(network, NOTHING_KNOWN)[name]
    return ByHand(vendor=driver, ports=ports(spec), frr=ospf(spec), text=eos_text(spec))


def ports(spec: DeviceSpec) -> tuple[HandPort, ...]:
    """Return all ports but that of the management network."""
    return tuple(
        HandPort(
            name=LOOPBACK if port.role is InterfaceRole.LOOPBACK else port.name,
            mtu=port.mtu,
            addresses=tuple(map(str, port.addresses)),
        )
        for port in spec.interfaces
        if port.role is not InterfaceRole.MANAGEMENT
    )


def ospf(spec: DeviceSpec) -> str:
    """Return OSPF of both versions in FRR's words."""
    lines = [
        f"hostname {spec.name}",
        f"interface {LOOPBACK}",
        " ip ospf area 0",
        " ip ospf passive",
        " ipv6 ospf6 area 0",
    ]
    lines += [" ipv6 ospf6 passive", "exit"]
    for port in spec.ospf.interfaces:
        lines += [f"interface {port.name}", *spoken("ip ospf", port), *spoken("ipv6 ospf6", port), "exit"]
    for stub in (one.name for one in spec.interfaces if is_stub(spec, one.name)):
        lines += [
            f"interface {stub}",
            " ip ospf area 0",
            " ip ospf passive",
            " ipv6 ospf6 area 0",
            " ipv6 ospf6 passive",
            "exit",
        ]
    lines += ["router ospf", f" ospf router-id {spec.router_id}", "exit"]
    lines += ["router ospf6", f" ospf6 router-id {spec.router_id}", "exit"]
    return "\n".join(lines) + "\n"


def is_stub(spec: DeviceSpec, port: str) -> bool:
    """Say whether OSPF tells of the port's network without speaking there."""
    carried = next(one for one in spec.interfaces if one.name == port)
    told = {stub.prefix for stub in spec.ospf.stubs}
    return carried.role is not InterfaceRole.LOOPBACK and any(one.network in told for one in carried.addresses)


def spoken(start: str, port: OspfInterface) -> tuple[str, ...]:
    """Return the lines of one port on which OSPF speaks."""
    return (
        f" {start} area 0",
        f" {start} network point-to-point",
        f" {start} cost {port.cost}",
        f" {start} hello-interval {port.hello}",
        f" {start} dead-interval {port.dead}",
        f" {start} mtu-ignore",
    )


def eos_text(spec: DeviceSpec) -> str:
    """Return the same as an EOS router shows it."""
    lines = [f"hostname {spec.name}", "ip routing", "ipv6 unicast-routing"]
    for port in spec.interfaces:
        name = "Loopback0" if port.role is InterfaceRole.LOOPBACK else port.name
        lines.append(f"interface {name}")
        if port.description:
            lines.append(f"   description {port.description}")
        for address in port.addresses:
            word = "ip" if address.version == 4 else "ipv6"
            lines.append(f"   {word} address {address}")
    lines += ["router ospf 1", f"   router-id {spec.router_id}"]
    return "\n".join(lines) + "\n"
