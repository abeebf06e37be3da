"""Junos: braces, names, and what it has no words for."""

import pytest

from hanse.derive.devices import device_specs
from hanse.network.wanted.files import load
from hanse.render.text import render
from hanse.render.vendor_words import NotExpressible, owned
from samples.borders import BORDERS, border_known, border_specs, border_text
from samples.junos_policies import policies
from samples.junos_text import Statement, Unbalanced, junos_tree, owned_part, references
from samples.routes import route

every_border = pytest.mark.parametrize("border", BORDERS)


def rendered(border: str, *changes: tuple[str, str]) -> str:
    """Return a border's text; each change replaces words of the network."""
    text = border_text("junos")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return render(device_specs(load({"borders.yml": text}).network, border_known())[border])


def neighbour(text: str, group: str, address: str) -> Statement:
    groups = owned_part(text).at("protocols", "bgp").all_named("group", group)
    (found,) = [each for one in groups for each in one.body if each.words[-2:] == ("neighbor", address)]
    return found


@every_border
def test_the_text_is_one_group_that_replaces_itself_and_is_applied(border: str) -> None:
    tree = junos_tree(rendered(border))

    assert [statement.words for statement in tree.body] == [("groups",), ("apply-groups", "HANSE")]
    assert [statement.words for statement in tree.body[0].body] == [("replace:", "HANSE")]


@every_border
def test_what_is_named_is_defined_and_what_is_defined_is_named(border: str) -> None:
    text = rendered(border)

    assert references(owned_part(text)) == set(policies(text).defined)


@every_border
def test_all_that_is_owned_is_named_for_us(border: str) -> None:
    group = owned_part(rendered(border))

    names = {each.words[1] for each in group.everywhere() if each.words[0] in {"group", "policy-statement"}}
    names |= {name for _, name in references(group)}

    assert all(name.startswith("HANSE-") for name in names)


@pytest.mark.parametrize("text", ["a { b; ", "a { b; } }", "a { b }", "a; }", "a b"])
def test_text_that_is_not_balanced_is_found(text: str) -> None:
    with pytest.raises(Unbalanced):
        junos_tree(text)


def test_our_own_space_is_told_from_its_discard_route() -> None:
    spec = border_specs("junos")["peering"]
    outcome = policies(render(spec)).outcome
    name = next(owned(session.name, "out") for session in spec.bgp.external if session.family == 4)

    assert outcome(name, route("203.0.113.0/24", is_static=True)) is not None
    assert outcome(name, route("198.51.100.0/24", is_static=True)) is None
    assert outcome(name, route("203.0.113.0/24")) is None


def test_our_own_space_goes_inside_with_its_mark_and_other_statics_do_not() -> None:
    outcome = policies(rendered("transit")).outcome

    told = outcome("HANSE-INTERNAL-V4-OUT", route("203.0.113.0/24", is_static=True))

    assert told
    assert {str(one) for one in told.communities} == {"64500:1:0"}
    assert outcome("HANSE-INTERNAL-V4-OUT", route("198.51.100.0/24", is_static=True)) is None


def test_reflector_clients_have_a_group_with_our_cluster_id() -> None:
    bgp = owned_part(rendered("transit")).at("protocols", "bgp")

    clusters = {each.words[1]: each.at("cluster").words[1:] for each in bgp.all_named("group")}

    assert clusters["HANSE-CLIENT-V4"] == clusters["HANSE-CLIENT-V6"] == ("10.20.0.3",)
    assert clusters["HANSE-INTERNAL-V4"] == ()


@pytest.mark.parametrize("address", ["192.0.2.13", "192.0.2.14", "198.51.100.226"])
def test_a_session_that_is_off_is_inactive(address: str) -> None:
    assert neighbour(rendered("peering"), "HANSE-PEER-V4", address).words[0] == "inactive:"


def test_more_prefixes_than_agreed_end_the_session_for_a_quarter_of_an_hour() -> None:
    limit = neighbour(rendered("peering"), "HANSE-PEER-V4", "192.0.2.11").at("family", "unicast", "prefix-limit")

    assert limit.at("maximum").words == ("maximum", "10")
    assert limit.at("teardown", "idle-timeout").words == ("idle-timeout", "15")


def test_another_as_of_ours_is_the_only_one_in_the_path() -> None:
    found = neighbour(rendered("transit"), "HANSE-CUSTOMER-V4", "198.51.100.201")

    assert found.at("local-as").words == ("local-as", "65550", "private", "no-prepend-global-as")


def test_one_neighbour_address_stands_in_two_routing_instances_and_in_the_global_table() -> None:
    group = owned_part(rendered("vrf"))

    instances = [each.words for each in group.at("routing-instances").body]
    places = [each for each in group.everywhere() if each.words[-2:] == ("neighbor", "198.51.100.244")]

    assert instances == [("blue",), ("red",)]
    assert len(places) == 3


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (
            ("    bfd: fast\n    tags", "    bfd: fast\n    ttl_security: 1\n    tags"),
            r"sessions\.pix-alme\.addresses\.0: Junos drops packets from afar by firewall filters only",
        ),
        (
            ("    hold: 30\n", "    hold: 30\n    keepalive: 7\n"),
            r"sessions\.pix-lippe\.addresses\.0: Junos sends .* 10 s: .* set `hold` to 21",
        ),
    ],
)
def test_what_junos_has_no_words_for_is_refused_with_a_sentence(change: tuple[str, str], sentence: str) -> None:
    with pytest.raises(NotExpressible, match=sentence):
        rendered("peering", change)


def test_communities_of_every_sort_are_written_as_junos_wants_them() -> None:
    text = rendered("transit", ("rt:64500:7", "rt:65550:7"))

    assert "community HANSE-COMMUNITY-RT-65550-7 members target:65550L:7;" in text
    assert "community HANSE-COMMUNITY-RO-64500-9 members origin:64500:9;" in text
    assert "community HANSE-COMMUNITY-64500-70-1 members large:64500:70:1;" in text
