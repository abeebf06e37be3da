"""What the IRR says bounds a neighbour, and one list is shared by all sessions that it bounds."""

from dataclasses import replace
from ipaddress import ip_network
from typing import Any

from fakes.irr import expansion
from hanse.derive.devices import device_spec, device_specs
from hanse.derive.filters import expansions_wanted
from hanse.derive.spec import ExternalSession
from hanse.network.known.irr import Expansion
from hanse.network.known.known import Known
from hanse.network.values.asn import Asn
from samples.city import city_with

TOLD = expansion("AS-ALME", "198.51.100.0/24 203.0.113.0/24 2001:db8:a100::/40", "64501 64502")


def known(*told: Expansion) -> Known:
    return Known(expansions={one.name: one for one in told})


def alme(told: Known, **fields: Any) -> list[ExternalSession]:
    """Return the sessions with Alme, bounded as `fields` say."""
    network = city_with(autonomous_systems={"64501": {"as_set": "AS-ALME", **fields}})
    return [one for one in device_spec(network, "border1", told).bgp.external if one.remote_asn == Asn(64501)]


def test_each_family_has_the_prefixes_of_its_own() -> None:
    four, six = alme(known(TOLD), irr_filter="prefixes")

    assert four.imports.prefixes == (ip_network("198.51.100.0/24"), ip_network("203.0.113.0/24"))
    assert six.imports.prefixes == (ip_network("2001:db8:a100::/40"),)
    assert four.imports.origin_list is None


def test_what_we_wrote_down_counts_besides_and_once() -> None:
    (four, _) = alme(known(TOLD), irr_filter="both", prefixes=["198.51.100.0/24", "192.0.2.0/25"])

    assert [str(prefix) for prefix in four.imports.prefixes or ()] == [
        "198.51.100.0/24",
        "192.0.2.0/25",
        "203.0.113.0/24",
    ]


def test_the_neighbour_itself_is_an_origin_though_the_irr_forgets_it() -> None:
    (four, _) = alme(known(replace(TOLD, origins=(Asn(64502),))), irr_filter="origins")

    assert four.imports.origin_list is not None
    assert four.imports.origin_list.asns == (Asn(64501), Asn(64502))
    assert four.imports.prefix_list is None


def test_what_was_told_anew_is_in_the_next_derivation_of_the_same_network() -> None:
    network = city_with(autonomous_systems={"64501": {"as_set": "AS-ALME", "irr_filter": "both"}})
    first, second = (
        next(one for one in device_spec(network, "border1", told).bgp.external if one.remote_asn == Asn(64501))
        for told in (known(TOLD), known(expansion("AS-ALME", "192.0.2.0/24", "64503")))
    )

    assert first.imports.prefixes != second.imports.prefixes
    assert second.imports.prefixes == (ip_network("192.0.2.0/24"),)
    assert second.imports.origin_list is not None
    assert second.imports.origin_list.asns == (Asn(64501), Asn(64503))


def test_another_length_taken_is_another_list() -> None:
    first = alme(known(TOLD), irr_filter="both")[0].imports.prefix_list
    network = city_with(
        network={"longest": {"ipv4": 26, "ipv6": 48}},
        autonomous_systems={"64501": {"as_set": "AS-ALME", "irr_filter": "both"}},
    )

    (second,) = {
        one.imports.prefix_list.longest
        for one in device_spec(network, "border1", known(TOLD)).bgp.external
        if one.remote_asn == Asn(64501) and one.family == 4 and one.imports.prefix_list
    }

    assert first is not None
    assert first.longest != second == 26


def test_all_sessions_of_one_as_share_one_list() -> None:
    network = city_with(
        autonomous_systems={"64501": {"as_set": "AS-ALME", "irr_filter": "both"}},
        sessions={
            "second": {"asn": 64501, "relationship": "peer", "connection": "pix-border1", "addresses": ["192.0.2.77"]}
        },
    )
    specs = device_specs(network, known(TOLD))
    sessions = [one for spec in specs.values() for one in spec.bgp.external if one.remote_asn == Asn(64501)]
    lists = {id(one.imports.prefix_list) for one in sessions if one.family == 4}

    assert len([one for one in sessions if one.family == 4]) == 2
    assert len(lists) == 1


def test_a_router_names_what_it_was_never_told() -> None:
    network = city_with(autonomous_systems={"64501": {"as_set": "AS-ALME", "irr_filter": "both"}})

    missing = {name: spec.missing for name, spec in device_specs(network).items() if spec.missing}

    assert list(missing) == ["border1"]
    assert [sentence.partition(":")[0] for sentence in missing["border1"]] == [
        "AS64501 is bounded by the IRR, and AS-ALME was never looked up"
    ]


def test_each_name_is_asked_for_once_and_an_as_without_a_set_under_its_number() -> None:
    network = city_with(
        autonomous_systems={
            "64501": {"as_set": "AS-SHARED", "irr_filter": "both"},
            "64502": {"as_set": "as-shared", "irr_filter": "origins"},
            "64505": {"irr_filter": "prefixes"},
        }
    )

    assert expansions_wanted(network) == ("AS-SHARED", "AS64505")
