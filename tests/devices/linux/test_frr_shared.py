"""Route maps and prefix lists that a slow daemon of FRR has missed."""

from collections.abc import Mapping

import pytest

from hanse.devices.linux.carried import frr_shared
from hanse.devices.linux.carried.tools import Ran
from hanse.devices.linux.carried.troubles import Failed

FILE = """\
router bgp 64500
 neighbor 192.0.2.11 remote-as 64501
 address-family ipv4 unicast
  neighbor 192.0.2.11 route-map IN in
ip prefix-list OWN seq 5 permit 203.0.113.0/24 le 32
route-map IN deny 10
 match ip address prefix-list OWN
route-map IN permit 20
 set local-preference 200
"""
LATE = FILE.replace("ip prefix-list OWN seq 5 permit 203.0.113.0/24 le 32\nroute-map IN deny 10\n", "")


class Daemons:
    """Daemons that show what they have, and have it all after they read the file by themselves."""

    def __init__(self, **has: str) -> None:
        self.has = has
        self.read: list[str] = []

    def run(self, *words: str, env: Mapping[str, str] | None = None) -> Ran:
        """Do what vtysh does."""
        if "-b" in words:
            self.read.append(words[-1])
            self.has[words[-1]] = FILE
            return Ran(0, "")
        return Ran(0, self.has[words[2]])


@pytest.fixture
def daemons(monkeypatch: pytest.MonkeyPatch) -> Daemons:
    """Give a bgpd that was too slow, and others that were not."""
    found = Daemons(zebra=FILE, bgpd=LATE, ospfd=FILE)
    monkeypatch.setattr(frr_shared, "run", found.run)
    return found


def test_only_the_daemon_that_missed_lines_reads_the_file_again(daemons: Daemons) -> None:
    frr_shared.give_again(FILE, ("zebra", "bgpd", "ospfd", "staticd"))

    assert daemons.read == ["bgpd"]


def test_a_bgpd_without_a_filter_is_no_success(daemons: Daemons) -> None:
    with pytest.raises(Failed, match=r"bgpd has not taken in: route-map IN deny 10$"):
        frr_shared.insist(FILE, ("bgpd", "zebra"))


def test_a_bgpd_that_has_read_them_again_is_one(daemons: Daemons) -> None:
    frr_shared.give_again(FILE, ("bgpd",))

    frr_shared.insist(FILE, ("bgpd",))


def test_a_router_without_bgp_or_without_filters_is_not_asked(daemons: Daemons) -> None:
    frr_shared.insist(FILE, ("zebra", "ospfd"))
    frr_shared.give_again("router ospf\n", ("bgpd",))

    assert daemons.read == []
