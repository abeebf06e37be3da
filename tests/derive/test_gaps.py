"""What lacks with a member of an exchange: nothing that is there, everything else, and never with ourselves."""

from ipaddress import IPv4Address, ip_address

from hypothesis import given
from hypothesis import strategies as st

from hanse.derive.gaps import gaps_with
from hanse.derive.meetings import meetings
from hanse.network.values.asn import Asn
from hanse.network.wanted.network import Network
from samples.city import city_with

ALME, SENNE, OURS = Asn(64501), Asn(64506), Asn(64500)
HOSTS = st.integers(min_value=2, max_value=254)


def place(host: int) -> tuple[IPv4Address, ...]:
    return (IPv4Address(f"192.0.2.{host}"),)


def lacking(network: Network, asn: Asn, *hosts: int) -> set[str]:
    found = gaps_with(meetings(network), network.exchanges["pix"], asn, map(place, hosts))
    return {str(address) for gap in found for address in gap.addresses}


def test_nothing_lacks_where_a_session_is() -> None:
    assert lacking(city_with(), ALME, 11) == set()


def test_every_router_without_a_session_lacks_one() -> None:
    assert lacking(city_with(), ALME, 11, 40, 41) == {"192.0.2.40", "192.0.2.41"}


def test_nothing_lacks_with_ourselves() -> None:
    network = city_with(autonomous_systems={"64499": {"own": True}})

    assert lacking(network, OURS, 77) == lacking(network, Asn(64499), 77) == set()


def test_an_address_outside_of_the_lan_or_of_a_family_we_lack_there_is_no_gap() -> None:
    network = city_with(connections={"pix-border1": {"addresses": ["192.0.2.1"]}})
    places = [(ip_address("198.51.100.9"), ip_address("2001:db8:100::9"))]

    assert gaps_with(meetings(network), network.exchanges["pix"], SENNE, places) == ()


def test_a_router_of_which_somebody_else_has_an_address_is_no_gap() -> None:
    network = city_with()
    places = [(ip_address("192.0.2.11"), ip_address("2001:db8:100::99"))]

    assert gaps_with(meetings(network), network.exchanges["pix"], SENNE, places) == ()


def test_nobody_is_peered_with_at_our_own_address() -> None:
    assert lacking(city_with(), SENNE, 1) == set()


def test_each_connection_of_ours_has_its_own_gap() -> None:
    network = city_with(
        connections={
            "pix-border2": {"exchange": "pix", "node": "border2", "port": "lan", "addresses": ["192.0.2.2"]},
        }
    )

    found = gaps_with(meetings(network), network.exchanges["pix"], ALME, [place(11)])

    assert [gap.connection for gap in found] == ["pix-border2"]


@given(st.sets(HOSTS, max_size=12), st.sets(HOSTS, max_size=12))
def test_what_lacks_and_what_is_there_are_all_and_share_nothing(members: set[int], peered: set[int]) -> None:
    session = {"asn": 64506, "relationship": "peer", "connection": "pix-border1"}
    free = {host for host in peered if host not in {11, 12, 13, 14, 250}}
    network = city_with(
        autonomous_systems={"64506": {}},
        sessions={f"senne-{host}": {**session, "addresses": [f"192.0.2.{host}"]} for host in free},
    )

    found = lacking(network, SENNE, *members)

    others = {11, 12, 13, 14, 250}
    assert found == {f"192.0.2.{host}" for host in members - free - others}
