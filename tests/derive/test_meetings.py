"""Where the city meets others: gathered once for a network, and anew for the next."""

from ipaddress import ip_address

from hanse.derive.meetings import meetings
from samples.city import city, city_with


def test_a_network_is_gathered_once() -> None:
    network = city()

    assert meetings(network) is meetings(network)
    assert meetings(city()) is not meetings(network)


def test_a_session_is_found_by_each_of_its_addresses_on_its_connection_alone() -> None:
    network = city()
    found = meetings(network)

    for name, one in network.sessions.items():
        for address in one.addresses:
            at = found.session_at(one.connection, address)
            assert at is not None
            assert at.name == name
            assert found.session_at("elsewhere", address) is None
    assert found.session_at("pix", ip_address("203.0.113.99")) is None


def test_what_is_counted_of_an_as_is_what_its_sessions_have() -> None:
    network = city()
    found = meetings(network)

    for asn, sessions in found.of_asn.items():
        assert {one.asn.number for one in sessions} == {asn}
        assert found.addresses_of[asn] == sum(len(one.addresses) for one in sessions)
        assert set(found.exchanges_of[asn]) == {
            network.connections[one.connection].exchange for one in sessions if one.connection
        }
    assert sorted(one.name for some in found.of_asn.values() for one in some) == sorted(network.sessions)


def test_a_session_on_a_connection_that_is_not_there_is_at_no_exchange() -> None:
    lost = city_with(
        sessions={"lost": {"asn": 65550, "relationship": "peer", "connection": "gone", "addresses": ["192.0.2.77"]}}
    )

    assert meetings(lost).exchanges_of[65550] == ()
    assert meetings(lost).addresses_of[65550] == 1


def test_names_that_routers_cannot_tell_apart_are_one() -> None:
    network = city_with(
        sessions={
            "Far-Away.1": {"asn": 65550, "relationship": "peer", "connection": "pix", "addresses": ["192.0.2.77"]}
        }
    )

    assert "far_away_1" in meetings(network).spoken
