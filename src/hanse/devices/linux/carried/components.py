"""All components, in the order in which they take in what is new."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from .bird import BIRD
from .component import Component
from .dnsmasq import DNSMASQ
from .exabgp import EXABGP
from .firewall import FIREWALL
from .frr import FRR, FRR_GONE
from .gobgp import GOBGP
from .health import HEALTH
from .interfaces import INTERFACES
from .kernel_settings import KERNEL_SETTINGS
from .labels import LABELS, LABELS_GONE
from .openbgpd import OPENBGPD
from .openvpn import OPENVPN
from .port_names import PORT_NAMES
from .strongswan import STRONGSWAN
from .wireguard import WIREGUARD

COMPONENTS: Final = (
    LABELS,
    KERNEL_SETTINGS,
    FIREWALL,
    WIREGUARD,
    OPENVPN,
    PORT_NAMES,
    INTERFACES,
    STRONGSWAN,
    FRR_GONE,
    BIRD,
    FRR,
    LABELS_GONE,
    OPENBGPD,
    GOBGP,
    DNSMASQ,
    EXABGP,
    HEALTH,
)


def components_of(paths: Iterable[str]) -> list[Component]:
    """Return the components that own one of `paths`; a file that nobody owns is only put in its place."""
    listed = list(paths)
    return [component for component in COMPONENTS if any(component.owns(path) for path in listed)]
