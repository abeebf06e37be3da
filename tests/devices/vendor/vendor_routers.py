"""Local vendor routers for the tests: what somebody configured there by hand, and what Hanse owns beside it."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

from hanse.devices.driver import Driver, Target
from hanse.devices.napalm.driver import napalm_kind
from hanse_lab.vendor.device import Box, Login
from hanse_lab.vendor.eos import eos_router
from hanse_lab.vendor.frr import Frr, Neighbour, private_bgpd
from hanse_lab.vendor.ios import ios_router
from hanse_lab.vendor.junos import junos_router

KINDS: Final = ("eos", "ios", "junos")
LOGIN: Final = Login(user="hanse", password="Leuchtturm-3")
SECRET: Final = "Strandkorb-7"
EOS_BASE: Final = """\
hostname edge1
interface Ethernet1
   ip address 192.0.2.1/24
router bgp 64500
   router-id 10.20.0.9
   neighbor 198.51.100.9 remote-as 64511
   neighbor 198.51.100.9 description by hand
"""
IOS_BASE: Final = """\
hostname edge1
ip scp server enable
archive
 path flash:backup
router bgp 64500
 bgp router-id 10.20.0.9
 no bgp default ipv4-unicast
 neighbor 198.51.100.9 remote-as 64511
 neighbor 198.51.100.9 description by hand
 address-family ipv4
  neighbor 198.51.100.9 activate
 exit-address-family
"""
JUNOS_BASE: Final = """\
system { host-name edge1; }
routing-options { router-id 10.20.0.9; autonomous-system 64500; }
protocols { bgp { group hand { type external; neighbor 198.51.100.9 { peer-as 64511; description "by hand"; } } } }
"""
BASES: Final = {"eos": EOS_BASE, "ios": IOS_BASE, "junos": JUNOS_BASE}

EOS_SECTION: Final = """\
route-map HANSE-ALME-IN permit 10
   set local-preference 200
router bgp 64500
   router-id 10.20.0.9
   neighbor HANSE-PEER-V4 peer group
   neighbor HANSE-PEER-V4 send-community
   neighbor 192.0.2.11 peer group HANSE-PEER-V4
   neighbor 192.0.2.11 remote-as 64501
   neighbor 192.0.2.11 description Alme Hosting
   neighbor 192.0.2.11 route-map HANSE-ALME-IN in{password}
   address-family ipv4
      neighbor 192.0.2.11 activate
"""
IOS_SECTION: Final = """\
router bgp 64500
 bgp router-id 10.20.0.9
 no bgp default ipv4-unicast
 neighbor 192.0.2.11 remote-as 64501
 neighbor 192.0.2.11 description Alme Hosting{password}
 address-family ipv4
  neighbor 192.0.2.11 activate
  neighbor 192.0.2.11 route-map HANSE-ALME-IN in
 exit-address-family
route-map HANSE-ALME-IN permit 10
 set local-preference 200
"""
JUNOS_SECTION: Final = """\
groups {
    replace: HANSE {
        policy-options {
            policy-statement HANSE-ALME-IN {
                then accept;
            }
        }
        protocols {
            bgp {
                group HANSE-PEER-V4 {
                    type external;
                    neighbor 192.0.2.11 {
                        description "Alme Hosting";
                        import HANSE-ALME-IN;
                        peer-as 64501;{password}
                    }
                }
            }
        }
    }
}
apply-groups HANSE;
"""
SECTIONS: Final = {"eos": EOS_SECTION, "ios": IOS_SECTION, "junos": JUNOS_SECTION}
PASSWORDS: Final = {
    "eos": "\n   neighbor 192.0.2.11 password @secret(peer)@",
    "ios": "\n neighbor 192.0.2.11 password @secret(peer)@",
    "junos": '\n                        authentication-key "@secret(peer)@";',
}
REFUSED: Final = {
    "eos": "router bgp 64500\n   neighbor 192.0.2.11 remote-as 64501\n   neighbor 192.0.2.11 teleport\n",
    "ios": "router bgp 64500\n neighbor 192.0.2.11 remote-as 64501\n neighbor 192.0.2.11 teleport\n",
    "junos": "groups {\n    replace: HANSE {\n        protocols {\n    }\n}\napply-groups HANSE;\n",
}


def sections(kind: str) -> tuple[str, str]:
    """Return two owned sections of a platform: the second has a password, and another description."""
    text = SECTIONS[kind]
    with_password = text.replace("{password}", PASSWORDS[kind]).replace("Alme Hosting", "Alme Hosting GmbH")
    return text.replace("{password}", ""), with_password


@dataclass(frozen=True, slots=True)
class Local:
    """One local router, and Hanse's way to it."""

    kind: str
    box: Box
    frr: Frr
    running: Any  # the router, or the router with its server

    def target(self, **changes: Any) -> Target:
        """Return how Hanse reaches the router."""
        how: dict[str, Any] = {
            "name": "edge1",
            "host": self.box.listen,
            "port": self.box.port,
            "username": LOGIN.user,
            "password": LOGIN.password,
            "timeout": timedelta(seconds=20),
            "secrets": {"peer": SECRET},
        }
        return Target(**(how | changes))

    def open(self, **changes: Any) -> AbstractContextManager[Driver]:
        """Connect through NAPALM's own driver."""
        return napalm_kind(self.kind).open(self.target(**changes))

    @property
    def store(self) -> Any:
        """Return the router's store."""
        return self.running.store if self.kind == "eos" else self.running.router.store

    def addresses(self) -> tuple[str, ...]:
        """Return the neighbours that the routing daemon itself has."""
        return tuple(one.address for one in self.frr.neighbours())


@dataclass(frozen=True, slots=True)
class NoDaemon:
    """In the place of FRR where a test is about the configuration alone: takes every text, has no neighbours."""

    taken: list[str]

    def reload(self, text: str) -> None:
        """Take a text."""
        self.taken.append(text)

    def neighbours(self) -> tuple[Neighbour, ...]:
        """Return none."""
        return ()


@contextmanager
def local_router(kind: str, folder: Path | None, *, minute: float = 60.0, base: str = "") -> Iterator[Local]:
    """Run a local router on loopback, over a bgpd of its own in `folder`; None: without one."""
    start: Any = {"eos": eos_router, "ios": ios_router, "junos": junos_router}[kind]
    box = Box(login=LOGIN, minute=minute)
    daemon: Any = private_bgpd(folder) if folder else nullcontext(NoDaemon([]))
    with daemon as frr, start(box, frr, base or BASES[kind]) as running:
        yield Local(kind, box, frr, running)
