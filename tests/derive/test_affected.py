"""Which routers an edit reaches: none is missed, and the common edits name few."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hanse.derive.affected import affected
from hanse.derive.devices import device_specs
from hanse.network.wanted.edits import Edit, edited
from hanse.network.wanted.files import tree_of
from hanse.network.wanted.links import LinkStatus
from hanse.network.wanted.network import Network
from hanse.network.wanted.nodes import NodeStatus
from hanse.network.wanted.problems import problems
from samples.city import PEERING, city_with, peering_city
from samples.labels import labels_network, labels_with
from samples.strategies import networks

CITY = peering_city()
CLOSED = city_with(
    **PEERING,
    network={"firewall": "closed"},
    link_classes={"radio": {"trust": "outside"}},
    segments={
        "office": {"number": 1, "nodes": ["core1", "core2"], "mtu": 1400},
        "guests": {
            "number": 2,
            "kind": "access",
            "sites": ["rathaus"],
            "with_tags": ["business"],
            "mtu": 1400,
            "gateways": ["10.60.0.1/24"],
            "dhcp": {"first": "10.60.0.10", "last": "10.60.0.99"},
        },
    },
    anycasts={"resolver": {"addresses": ["198.51.100.53"], "nodes": ["core1"], "with_tags": ["business"]}},
    services={"glass": {"ports": [8443]}, "cache": {"ports": [3128], "nodes": ["core4"]}},
)
TREE = tree_of(CLOSED)
BOOKS = ["198.51.100.128/26", "2001:db8:c000::/48"]
ALL = frozenset(CITY.nodes)
TEXT = st.sampled_from(["", "north", "east"])
STATUS = st.sampled_from(["enabled", "maintenance", "disabled"])
DIRECTION = st.sampled_from(["import", "export", "both"])
POLICIES = st.lists(st.sampled_from(["prefer", "shun", "only6"]), max_size=2, unique=True)
CONTEXT = st.just({"word": 1})
# For each kind, fields and what they may become.
CHANGES: dict[str, dict[str, st.SearchStrategy[Any]]] = {
    "network": {"domain": TEXT, "documentation_is_public": st.booleans(), "reference_bandwidth": st.integers(1, 10**6)},
    "sites": {"region": TEXT},
    "platforms": {"dialect": st.sampled_from(["", "bird2"])},
    "pools": {"prefix": st.sampled_from(["10.20.16.0/24", "203.0.113.32/27"])},
    "nodes": {
        "number": st.integers(1, 20),
        "site": st.sampled_from(sorted(CITY.sites)),
        "roles": st.sampled_from(
            [[], ["route-reflector"], ["antenna"], ["route-server"], ["collector"], ["announcer"]]
        ),
        "management": st.just({"address": "198.18.0.99/24"}),
        "status": st.sampled_from(NodeStatus).map(str),
    },
    "segments": {
        "number": st.integers(1, 5),
        "nodes": st.lists(st.sampled_from(sorted(CITY.nodes)), unique=True, max_size=3),
        "with_tags": st.just(["business"]),
        "flooding": st.sampled_from(["head-end", "evpn"]),
        "vlan": st.integers(1, 3),
        "mtu": st.integers(1000, 1400),
    },
    "anycasts": {
        "addresses": st.just(["198.51.100.54"]),
        "nodes": st.lists(st.sampled_from(sorted(CITY.nodes)), unique=True, max_size=3),
        "with_tags": st.just(["business"]),
        "check": st.just({"kind": "dns", "port": 53}),
    },
    "services": {"ports": st.just([8080]), "nodes": st.just(["core2"]), "with_tags": st.just(["business"])},
    "link_classes": {
        "trust": st.sampled_from(["inside", "outside"]),
        "cost": st.integers(1, 50),
        "capacity": st.integers(1, 10**5),
        "hello": st.integers(1, 9),
    },
    "links": {
        "number": st.integers(0, 20),
        "link_class": st.sampled_from(["fibre", "radio"]),
        "cost": st.none() | st.integers(1, 50),
        "status": st.sampled_from(LinkStatus).map(str),
        "description": TEXT,
    },
    "autonomous_systems": {
        "name": TEXT,
        "prefixes": st.just(["198.51.100.192/27"]),
        "status": STATUS,
        "contacts": st.sampled_from([[], ["alme-noc"]]),
        "irr_filter": st.sampled_from(["none", "both"]),
    },
    "exchanges": {
        "lan": st.just(["192.0.2.0/25", "2001:db8:100::/64"]),
        "status": STATUS,
        "import_policies": POLICIES,
        "context": CONTEXT,
    },
    "connections": {
        "addresses": st.just(["192.0.2.2", "2001:db8:100::2"]),
        "status": STATUS,
        "vrf": st.sampled_from(["", "blue"]),
        "communities": st.sampled_from([[], ["learned-east"]]),
    },
    "communities": {"value": st.sampled_from(["64500:77", "64500:1:77"]), "direction": DIRECTION},
    "routing_policies": {"weight": st.integers(0, 300), "direction": DIRECTION, "refuse": st.booleans()},
    "bfd_profiles": {"multiplier": st.integers(2, 9)},
    "contacts": {"phone": TEXT},
    "groups": {"status": STATUS, "import_policies": POLICIES, "context": CONTEXT, "bfd": st.sampled_from(["", "fast"])},
    "tags": {"colour": st.sampled_from(["red", "blue"])},
    "vrfs": {"description": TEXT},
    "sessions": {
        "status": st.sampled_from(["enabled", "pre-maintenance", "disabled", "requested"]),
        "relationship": st.sampled_from(["peer", "customer", "upstream"]),
        "asn": st.sampled_from([64501, 64502]),
        "hold": st.integers(3, 100),
        "group": st.sampled_from(["", "bilateral"]),
        "import_policies": POLICIES,
    },
}


@st.composite
def edits(draw: st.DrawFn) -> Edit:
    """Draw an object of the city, and one of its fields changed; now and then it is removed, or called otherwise."""
    kind = draw(st.sampled_from(sorted(CHANGES)))
    name = "" if kind == "network" else str(draw(st.sampled_from(sorted(TREE[kind], key=str))))
    body = (
        TREE[kind]
        if kind == "network"
        else TREE[kind].get(name) or TREE[kind].get(int(name) if name.isdigit() else name)
    )
    deed = draw(st.sampled_from(["change", "change", "change", "remove", "add"]))
    if deed == "remove" and kind != "network":
        return Edit(kind=kind, name=name, body=None)
    field = draw(st.sampled_from(sorted(CHANGES[kind])))
    changed = {**(body or {}), field: draw(CHANGES[kind][field])}
    new = "64999" if kind == "autonomous_systems" else "another"
    return Edit(kind=kind, name=new if deed == "add" and kind != "network" else name, body=changed)


def differing(before: Network, after: Network) -> frozenset[str]:
    """Return the routers whose spec is not the same, or that are not in both."""
    mine, yours = device_specs(before), device_specs(after)
    return frozenset(name for name in mine.keys() | yours.keys() if mine.get(name) != yours.get(name))


@pytest.mark.parametrize("before", [CITY, CLOSED], ids=["open", "closed"])
@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.filter_too_much])
@given(some=st.lists(edits(), min_size=1, max_size=4))
def test_no_router_whose_spec_differs_is_missed(before: Network, some: list[Edit]) -> None:
    after = edited(before, some)

    found = affected(before, after)

    if not problems(after):
        assert differing(before, after) <= found


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(networks, networks)
def test_networks_that_contradict_themselves_are_compared_too(before: Network, after: Network) -> None:
    assert affected(before, after) <= {*before.nodes, *after.nodes}


@pytest.mark.parametrize(
    ("kind", "name", "change", "reached"),
    [
        ("links", "ring-dom-uni", {"link_class": "radio"}, {"core2", "core3"}),
        ("link_classes", "radio", {"cost": 7}, {"core2", "spur1", "spur2"}),
        ("sessions", "westnet", {"status": "disabled"}, {"border1"}),
        ("autonomous_systems", "64505", {"name": "Books"}, {"border2"}),
        ("exchanges", "pix", {"status": "disabled"}, {"border1"}),
        ("groups", "bilateral", {"status": "maintenance"}, {"border1"}),
        ("routing_policies", "longer-path", {"prepend": 3}, {"border2"}),
        ("communities", "learned-at-pix", {"value": "64500:101"}, {"border1", "border2"}),
        ("bfd_profiles", "fast", {"multiplier": 5}, {"border1", "border2"}),
        ("contacts", "alme-noc", {"phone": "110"}, {"border1"}),
        ("tags", "business", {"colour": "blue"}, set()),
        ("exchanges", "pix", {"lan": ["192.0.2.0/25", "2001:db8:100::/64"]}, {"border1"}),
        ("connections", "pix-border1", {"addresses": ["192.0.2.2"]}, {"border1"}),
        ("sites", "dom", {"region": "old town"}, set()),
        ("nodes", "core4", {"management": {"address": "198.18.0.99/24"}}, {"core4"}),
        ("nodes", "core4", {"number": 40}, {"core4", "core1", "core3"}),
        ("nodes", "core1", {"roles": []}, ALL),
        ("nodes", "core1", {"status": "planned"}, ALL),
        ("nodes", "core1", {"status": "maintenance"}, {"core1"}),
        ("nodes", "spur1", {"status": "staged"}, {"spur1", "spur2", "core1", "core2", "core3"}),
        ("nodes", "border1", {"status": "maintenance"}, {"border1"}),
        ("links", "ring-dom-uni", {"status": "maintenance"}, {"core2", "core3"}),
        ("pools", "links4", {"prefix": "10.20.9.0/24"}, ALL),
        ("network", "", {"domain": "other.example"}, ALL),
    ],
)
def test_an_edit_reaches_the_routers_that_it_is_about(
    kind: str, name: str, change: dict[str, Any], reached: set[str]
) -> None:
    body = TREE[kind] if not name else {str(key): body for key, body in TREE[kind].items()}[name]

    found = affected(CITY, edited(CITY, [Edit(kind=kind, name=name, body={**body, **change})]))

    assert found == reached


def test_the_same_network_reaches_nothing() -> None:
    assert affected(CITY, peering_city()) == frozenset()


@pytest.mark.parametrize(
    ("kind", "name", "body", "reached"),
    [
        ("services", "cache", None, {"core4"}),
        ("services", "cache", {"ports": [3128], "sites": ["uni"]}, {"core3", "core4", "border2"}),
        ("services", "glass", {"ports": [443]}, ALL),
        ("autonomous_systems", "64505", {"prefixes": ["203.0.113.128/28"]}, ALL),
        ("autonomous_systems", "64505", {"name": "Books", "prefixes": BOOKS}, {"border2"}),
        ("links", "radio-nordturm-wewer", {**TREE["links"]["radio-nordturm-wewer"], "description": "west"}, ALL),
    ],
)
def test_an_edit_reaches_the_closed_routers_that_it_is_about(
    kind: str, name: str, body: dict[str, Any] | None, reached: set[str]
) -> None:
    assert affected(CLOSED, edited(CLOSED, [Edit(kind=kind, name=name, body=body)])) == reached


def test_services_reach_no_open_router() -> None:
    after = edited(CITY, [Edit(kind="services", name="glass", body={"ports": [8443]})])

    assert affected(CITY, after) == frozenset()


def test_who_joins_a_vpn_reaches_the_starts_of_label_paths_that_lead_to_it() -> None:
    before = labels_network()
    after = labels_with("nodes", "core", "ports", guests0={"vrf": "guests", "addresses": ["10.88.2.1/24"]})

    differing = {name for name, spec in device_specs(after).items() if device_specs(before)[name].labels != spec.labels}

    assert "west" in differing  # where the path to core begins
    assert differing <= affected(before, after)


def test_a_router_on_a_label_path_that_goes_over_to_another_dialect_reaches_the_others() -> None:
    before, after = labels_network(), labels_with("nodes", "west", platform="small")

    differing = {name for name, spec in device_specs(after).items() if device_specs(before)[name].labels != spec.labels}

    assert "south" in differing
    assert differing <= affected(before, after)
