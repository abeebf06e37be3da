"""A router's neighbours against what is wanted: what can be written down, and why other things cannot."""

from ipaddress import ip_address, ip_interface

import pytest

from actions.small_city import FILE, network
from hanse.derive.devices import device_spec
from hanse.derive.expected import wanted_sessions
from hanse.monitor.discovery.findings import Finding, Sort, findings
from hanse.monitor.discovery.sessions import Offer, Registered, offers
from hanse.monitor.discovery.ways import Carried
from hanse.network.seen.bgp import GLOBAL_VRF, BgpState, SeenSession
from hanse.network.values.asn import Asn
from hanse.network.wanted.network import Network
from hanse.network.wanted.sessions import SessionStatus

MORE = (
    FILE.replace("lan: [192.0.2.0/24]", 'lan: [192.0.2.0/24, "2001:db8:100::/64"]')
    .replace("addresses: [192.0.2.1]}", 'addresses: [192.0.2.1, "2001:db8:100::1"]}')
    .replace("64501: {name: Bob}", "64501: {name: Bob}, 64509: {name: town two, own: true}")
)


def town(text: str = MORE) -> Network:
    return network(text)


def seen(
    address: str,
    asn: int = 64502,
    *,
    vrf: str = GLOBAL_VRF,
    local: str = "",
    state: BgpState = BgpState.ESTABLISHED,
    description: str = "",
    local_asn: int = 64500,
) -> SeenSession:
    return SeenSession(
        vrf=vrf,
        remote_address=ip_address(address),
        remote_asn=Asn(asn),
        local_asn=Asn(local_asn),
        local_address=ip_address(local) if local else None,
        state=state,
        description=description,
    )


def carried(*addresses: str) -> tuple[Carried, ...]:
    return tuple((ip_interface(one), f"eth{number}") for number, one in enumerate(addresses))


def found(wanted: Network, *sessions: SeenSession, on: tuple[Carried, ...] = ()) -> tuple[Finding, ...]:
    """Return what there is besides what the router is wanted to have, which it has."""
    spec = device_spec(wanted, "alpha")
    kept = tuple(
        SeenSession(vrf=one.vrf, remote_address=one.remote_address, remote_asn=one.remote_asn, state=BgpState.ACTIVE)
        for one in wanted_sessions(spec)
    )
    return findings(wanted, spec, (*kept, *sessions), on)


def offered(wanted: Network, *sessions: SeenSession, on: tuple[Carried, ...] = ()) -> tuple[Offer, ...]:
    return offers(wanted, "alpha", found(wanted, *sessions, on=on))


def test_nothing_is_found_on_a_router_that_has_what_is_wanted() -> None:
    assert found(town()) == ()


def test_an_address_in_the_lan_becomes_a_session_on_the_connection() -> None:
    (offer,) = offered(town(), seen("192.0.2.12", local="192.0.2.1"))

    assert (offer.session.connection, offer.session.node) == ("pix", "")
    assert offer.session.local_addresses == ()
    assert offer.session.name == "as64502-pix"


def test_both_addresses_of_a_member_are_one_session() -> None:
    (offer,) = offered(town(), seen("2001:db8:100::12"), seen("192.0.2.12"))

    assert list(map(str, offer.session.addresses)) == ["192.0.2.12", "2001:db8:100::12"]


def test_descriptions_that_differ_are_two_neighbours() -> None:
    one, other = offered(
        town(), seen("192.0.2.12", description="Carol west"), seen("2001:db8:100::12", description="Carol east")
    )

    assert (one.session.name, other.session.name) == ("carol-west", "carol-east")


def test_a_description_may_name_the_family() -> None:
    (offer,) = offered(
        town(), seen("192.0.2.12", description="Carol IPv4"), seen("2001:db8:100::12", description="carol ipv6")
    )

    assert len(offer.session.addresses) == 2


def test_two_routers_of_a_member_are_told_apart_by_the_ports_that_peeringdb_knows() -> None:
    sessions = [seen(one) for one in ("192.0.2.12", "192.0.2.13", "2001:db8:100::a", "2001:db8:100::b")]
    ports = {ip_address(one): port for port, pair in enumerate(
        (("192.0.2.12", "2001:db8:100::b"), ("192.0.2.13", "2001:db8:100::a"))
    ) for one in pair}  # fmt: skip
    wanted = town()

    made = offers(wanted, "alpha", found(wanted, *sessions), Registered(ports=ports))

    assert [list(map(str, one.session.addresses)) for one in made] == [
        ["192.0.2.12", "2001:db8:100::b"],
        ["192.0.2.13", "2001:db8:100::a"],
    ]


def test_two_ports_that_peeringdb_knows_are_two_neighbours_however_they_are_described() -> None:
    sessions = [seen("192.0.2.12", description="Carol"), seen("2001:db8:100::12", description="Carol")]
    ports = {ip_address("192.0.2.12"): 1, ip_address("2001:db8:100::12"): 2}
    wanted = town()

    made = offers(wanted, "alpha", found(wanted, *sessions), Registered(ports=ports))

    assert [one.session.name for one in made] == ["carol", "carol-2"]


def test_two_routers_of_a_member_stay_apart_where_nothing_tells() -> None:
    sessions = [seen(one) for one in ("192.0.2.12", "192.0.2.13", "2001:db8:100::a", "2001:db8:100::b")]

    made = offered(town(), *sessions)

    assert [one.session.name for one in made] == ["as64502-pix", "as64502-pix-2", "as64502-pix-3", "as64502-pix-4"]


def test_a_session_that_is_switched_off_is_found_disabled() -> None:
    (offer,) = offered(town(), seen("192.0.2.12", state=BgpState.ADMIN_DOWN))

    assert offer.session.status is SessionStatus.DISABLED


def test_one_address_in_two_vrfs_is_two_sessions() -> None:
    there = [seen("198.51.100.2", vrf=vrf, local="198.51.100.1") for vrf in (GLOBAL_VRF, "blue")]

    made = offered(town(), *there, on=carried("198.51.100.1/30"))

    assert [(one.session.vrf, one.session.name) for one in made] == [
        ("", "as64502-alpha"),
        ("blue", "as64502-alpha-blue"),
    ]


def test_the_lan_of_an_exchange_in_another_vrf_is_a_direct_session() -> None:
    (offer,) = offered(town(), seen("192.0.2.12", vrf="blue", local="192.0.2.1"))

    assert (offer.session.node, offer.session.connection, offer.session.vrf) == ("alpha", "", "blue")
    assert "in the LAN of pix" in offer.findings[0].remark


def test_a_direct_session_brings_the_port_that_leads_there() -> None:
    (offer,) = offered(town(), seen("198.51.100.2"), on=carried("198.51.100.1/30"))

    assert offer.session.local_addresses == ()
    assert offer.findings[0].way.adds == (ip_interface("198.51.100.1/30"), "eth0")
    assert offer.session.multihop is None


def test_a_second_address_on_a_port_that_leads_there_is_named_in_the_session() -> None:
    wanted = town(MORE.replace("lan: }", "lan: , up: {addresses: [198.51.100.1/29]}}"))

    (offer,) = offered(wanted, seen("198.51.100.2", local="198.51.100.3"), on=carried("198.51.100.3/29"))

    assert list(map(str, offer.session.local_addresses)) == ["198.51.100.3"]


def test_a_neighbour_in_no_network_of_the_router_is_written_with_multihop() -> None:
    (offer,) = offered(town(), seen("198.51.100.77", local="10.20.0.1"), on=carried("198.51.100.1/30"))

    assert offer.session.multihop == 255
    assert "multihop 255" in offer.findings[0].remark


def test_another_own_as_is_written_down() -> None:
    (offer,) = offered(town(), seen("192.0.2.12", local_asn=64509))

    assert offer.session.local_asn == Asn(64509)


@pytest.mark.parametrize(
    ("session", "why"),
    [
        (seen("198.51.100.2"), "does not tell from which address"),
        (seen("10.20.0.9", 64500), "iBGP"),
        (seen("10.20.0.9", 64501, local_asn=64501), "iBGP"),
        (seen("192.0.2.13", 64509), "AS64509 is one of ours"),
        (seen("192.0.2.13", 0), "does not tell its AS number"),
        (seen("fe80::1"), "on one link only"),
        (seen("192.0.2.13", vrf="red & blue"), "is no name"),
    ],
)
def test_what_cannot_be_written_down_says_why(session: SeenSession, why: str) -> None:
    (one,) = found(town(), session)

    assert one.sort is Sort.LEFT_OUT
    assert why in one.why


def test_a_family_that_the_connection_lacks_is_left_out() -> None:
    wanted = town(MORE.replace(', "2001:db8:100::1"]}', "]}"))

    (one,) = found(wanted, seen("2001:db8:100::12", local="2001:db8:100::1"))

    assert "pix has no IPv6 address: give it ours, 2001:db8:100::1" in one.why


def test_a_session_that_was_requested_is_not_offered_again() -> None:
    wanted = town(
        MORE.replace(
            "connection: pix, addresses: [192.0.2.11]", "connection: pix, status: requested, addresses: [192.0.2.11]"
        )
    )

    (one,) = found(wanted, seen("192.0.2.11", 64501))

    assert (one.sort, one.session) == (Sort.LEFT_OUT, "bob")
    assert "which is requested" in one.why


def test_another_as_at_a_wanted_address_is_both_left_out_and_absent() -> None:
    wanted = town()
    spec = device_spec(wanted, "alpha")

    both = findings(wanted, spec, [seen("192.0.2.11", 64599)], ())

    of_bob = [one for one in both if str(one.place[1]) == "192.0.2.11"]
    assert [(one.sort, one.session) for one in of_bob] == [(Sort.LEFT_OUT, "bob"), (Sort.ABSENT, "bob")]
    assert "bob has AS64501 at this address" in of_bob[0].why


def test_absent_sessions_name_what_is_wanted() -> None:
    wanted = town()

    absent = findings(wanted, device_spec(wanted, "alpha"), (), ())

    assert {one.sort for one in absent} == {Sort.ABSENT}
    assert [one.session for one in absent if one.session] == ["bob"]
