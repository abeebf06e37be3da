"""NAPALM's shapes without a router: signatures and what is not told."""

import inspect
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address, ip_interface

import napalm
import pytest
from napalm.base import models
from napalm.base.base import NetworkDriver
from napalm.base.exceptions import ConnectionException
from napalm.base.test.helpers import test_model as complies

from hanse.devices.linux.ping import PingAnswer, Pinged, PingWanted, ping_command, read_ping
from hanse.network.seen.bgp import BgpState, RouteCounts, SeenSession
from hanse.network.seen.device import SeenDevice, SeenInterface, SeenLldpNeighbour
from hanse.network.values.addresses import Family
from hanse.network.values.asn import Asn
from napalm_hanse_linux import getters
from napalm_hanse_linux.driver import HanseLinuxDriver

NOW = datetime(2026, 2, 3, 12, tzinfo=UTC)

UP = SeenSession(
    remote_address=ip_address("192.0.2.2"),
    remote_asn=Asn(64501),
    local_asn=Asn(64500),
    local_address=ip_address("192.0.2.1"),
    remote_id="10.255.0.2",
    state=BgpState.ESTABLISHED,
    since=NOW - timedelta(minutes=1),
    counts=(RouteCounts(family=Family.IPV4, received=None, accepted=7, advertised=3),),
)
OFF = SeenSession(
    vrf="red",
    remote_address=ip_address("2001:db8::2"),
    remote_asn=Asn(64502),
    state=BgpState.ADMIN_DOWN,
)


def test_napalm_finds_it_by_name() -> None:
    assert napalm.get_network_driver("hanse_linux") is HanseLinuxDriver


def test_every_method_has_napalms_own_signature() -> None:
    for name, method in inspect.getmembers(HanseLinuxDriver, inspect.isfunction):
        if not name.startswith("_"):
            assert inspect.getfullargspec(method)[:4] == inspect.getfullargspec(getattr(NetworkDriver, name))[:4]


def test_without_a_pinned_host_key_nothing_is_connected() -> None:
    device = HanseLinuxDriver("192.0.2.1", "root", "", optional_args={})

    with pytest.raises(ConnectionException, match="never learned"):
        device.open()

    assert device.is_alive() == {"is_alive": False}


def test_an_established_session_has_an_uptime_and_counts() -> None:
    peer = getters.bgp_neighbors([UP], NOW)["global"]["peers"]["192.0.2.2"]

    assert complies(models.PeerDict, peer)
    assert peer["uptime"] == 60
    assert peer["address_family"] == {"ipv4": {"received_prefixes": -1, "accepted_prefixes": 7, "sent_prefixes": 3}}


def test_a_session_that_is_off_is_neither_up_nor_enabled() -> None:
    peer = getters.bgp_neighbors([OFF], NOW)["red"]["peers"]["2001:db8::2"]

    assert complies(models.PeerDict, peer)
    assert (peer["is_up"], peer["is_enabled"], peer["uptime"]) == (False, False, -1)


def test_details_are_by_vrf_and_as_number_and_may_be_of_one() -> None:
    details = getters.bgp_neighbors_detail([UP, OFF], "")

    assert list(details["global"]) == [64501]
    assert complies(models.PeerDetailsDict, details["global"][64501][0])
    assert list(getters.bgp_neighbors_detail([UP, OFF], "2001:db8::2")) == ["red"]


def test_facts_and_interfaces_comply() -> None:
    interface = SeenInterface(
        name="eth0",
        is_enabled=True,
        is_up=False,
        mac="00:00:5e:00:53:af",
        addresses=(ip_interface("192.0.2.1/24"), ip_interface("2001:db8::1/64")),
    )
    device = SeenDevice(hostname="core1", vendor="Linux", model="x86_64", os_version="Debian")

    assert complies(models.FactsDict, getters.facts(device, [interface]))
    assert complies(models.InterfaceDict, getters.interfaces([interface])["eth0"])
    assert getters.interfaces_ip([interface]) == {
        "eth0": {"ipv4": {"192.0.2.1": {"prefix_length": 24}}, "ipv6": {"2001:db8::1": {"prefix_length": 64}}}
    }


def test_lldp_neighbours_are_by_interface() -> None:
    seen = SeenLldpNeighbour(interface="eth0", remote_system="core2", remote_port="eth3")

    assert getters.lldp_neighbors([seen]) == {"eth0": [{"hostname": "core2", "port": "eth3"}]}


def test_a_ping_with_losses_is_a_success() -> None:
    result = getters.pinged(Pinged(answers=(PingAnswer(address="192.0.2.1", milliseconds=1.5),)), 2)

    assert complies(models.PingDict, result["success"])
    assert result["success"]["packet_loss"] == 1
    assert getters.pinged(Pinged(answers=(), error="no route"), 2) == {"error": "no route"}


def test_pings_words_are_read() -> None:
    out = """\
PING 192.0.2.2 (192.0.2.2) 56(84) bytes of data.
64 bytes from 192.0.2.2: icmp_seq=1 ttl=64 time=0.030 ms

2 packets transmitted, 1 received, 50% packet loss, time 204ms
"""

    assert read_ping(out, "").answers == (PingAnswer(address="192.0.2.2", milliseconds=0.03),)
    assert read_ping("", "ping: nosuch: Name or service not known\n").error.startswith("ping: nosuch")


def test_a_ping_in_a_vrf_from_an_address() -> None:
    wanted = PingWanted(destination="192.0.2.2; reboot", source="192.0.2.1", vrf="red", count=3)

    assert ping_command(wanted) == (
        "ip vrf exec red ping -n -i 0.2 -c 3 -t 255 -s 100 -W 2 -I 192.0.2.1 -- '192.0.2.2; reboot'"
    )
