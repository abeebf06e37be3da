"""The words of templates that are of no dialect: for values, lists, addresses and sessions."""

from ipaddress import ip_interface, ip_network
from typing import Any

import pytest

from hanse.derive.devices import device_spec
from hanse.derive.spec import DeviceSpec
from hanse.network.values.asn import Asn
from hanse.render.address_words import ADDRESS_FILTERS
from hanse.render.list_words import LIST_FILTERS
from hanse.render.peering_words import PEERING_FILTERS
from hanse.render.remembered import LONG, ROOM, Remembered
from hanse.render.running import TemplateBroken, environment_with, said
from hanse.render.value_words import VALUE_FILTERS, plain
from hanse.render.words import FILTERS, bird_longer
from samples.city import city_with

POLICIES: dict[str, Any] = {
    "routing_policies": {
        "shun": {"weight": 10, "local_preference": 50, "direction": "import"},
        "prefer": {"weight": 200, "local_preference": 400, "direction": "import", "family": "ipv4"},
        "far": {"prepend": 2, "direction": "export"},
    },
    "communities": {"here": {"value": "64500:1"}, "there": {"value": "64500:1:2", "direction": "export"}},
    "contacts": {"noc": {"email": "noc@alme.example", "roles": ["noc"]}, "boss": {"email": "boss@alme.example"}},
    "autonomous_systems": {
        "64501": {"contacts": ["noc", "boss"], "import_policies": ["shun"], "export_policies": ["far"]}
    },
    "sessions": {"pix-alme": {"import_policies": ["prefer"], "communities": ["here", "there"]}},
}


def border() -> DeviceSpec:
    return device_spec(city_with(**POLICIES), "border1")


def wrote(text: str, **context: Any) -> str:
    """Return what a template of one line says of border1."""
    return said(environment_with({"x.j2": text}), "x.j2", "", {"spec": border(), **context})


def test_no_word_hides_another() -> None:
    groups = (ADDRESS_FILTERS, LIST_FILTERS, PEERING_FILTERS, VALUE_FILTERS)
    names = [name for group in groups for name in group]

    assert len(names) == len(set(names))
    assert all(FILTERS[name] is word for group in groups for name, word in group.items())


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{{ '192.0.2.1/24' | ip }}", "192.0.2.1"),
        ("{{ address | network }}", "192.0.2.0/24"),
        ("{{ address | netmask }} {{ prefix | wildcard }}", "255.255.255.0 0.0.0.255"),
        ("{{ '2001:db8::1' | ip_version }} {{ prefix | prefix_length }}", "6 24"),
        ("{{ '2001:db8::' | reverse | length }}", "72"),
        ("{{ ['192.0.2.9', '2001:db8::1', prefix] | within('192.0.2.0/24') | join(' ') }}", "192.0.2.9 192.0.2.0/24"),
        ("{{ ['r10', 'r9'] | natural_sort | join(' ') }}", "r9 r10"),
        ("{{ 'a' | as_list }}{{ none | as_list }}", "['a'][]"),
        ("{{ 'a\"b' | quote }}", '"a\\"b"'),
    ],
)
def test_words_for_values(text: str, said: str) -> None:
    assert wrote(text, address=ip_interface("192.0.2.1/24"), prefix=ip_network("192.0.2.0/24")) == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{{ one | import_policies | iterate('name') | join(' ') }}", "shun prefer"),
        ("{{ other | import_policies | iterate('name') | join(' ') }}", "shun"),
        ("{{ one | export_policies | iterate('name') | join(' ') }}", "far"),
        ("{{ one | communities('import') | join(' ') }}", "64500:1"),
        ("{{ one | communities('export') | of_sort('large') | join(' ') }}", "64500:1:2"),
        ("{{ one | contacts | iterate('email') | join(' ') }}", "noc@alme.example boss@alme.example"),
        ("{{ one.remote | contacts('noc') | iterate('email') | join(' ') }}", "noc@alme.example"),
        ("{{ one | max_prefix == one.imports.max_prefixes }}", "True"),
        ("{{ all | ipv4 | having(session='pix-alme') | length }}", "1"),
        ("{{ all | ipv6 | having(imports__relationship='peer', remote_asn=one.remote_asn) | length }}", "1"),
        ("{{ all | with_relationship('upstream') | iterate('remote.name') | unique_by | join(' ') }}", "Westnet"),
        ("{{ all | lacking(session='pix-alme') | having(session='pix-alme') | length }}", "0"),
        (
            "{{ all | unique_by('remote_asn') | length < all | length }}",
            "True",
        ),
    ],
)
def test_words_for_sessions(text: str, said: str) -> None:
    every = border().bgp.external
    one, other = (session for session in every if session.session == "pix-alme")

    assert wrote(text, one=one, other=other, all=every) == said


def test_json_and_yaml_take_any_part_of_what_templates_see() -> None:
    tree = plain(border())

    assert wrote("{{ spec | tojson }}").startswith('{"anycasts": [], "bgp": {"aside": [], "asn": 64500,')
    assert wrote("{{ spec.bgp.external[0].imports | to_yaml }}").startswith("communities:")
    assert tree["bgp"]["external"][0]["family"] == 4
    assert plain({Asn(64500): (item for item in (1, 2))}) == {"64500": [1, 2]}
    assert plain(frozenset({"b", "a"})) == ["a", "b"]


@pytest.mark.parametrize(
    "text",
    [
        "{{ spec | part_of('__class__') }}",
        "{{ spec | part_of('__doc__') }}",
        "{{ [spec] | iterate('bgp.__init__') }}",
        "{{ [spec] | natural_sort('_x') }}",
        "{{ [spec] | unique_by('bgp.external.count') }}",
        "{{ spec | part_of('nothing') }}",
        "{{ spec.bgp.external[0] | communities('sideways') }}",
        "{{ 'no address' | ip }}",
    ],
)
def test_a_word_that_cannot_answer_fails_and_names_the_template(text: str) -> None:
    with pytest.raises(TemplateBroken, match=r"template x\.j2"):
        wrote(text)


def test_a_long_list_is_written_once_and_never_for_another() -> None:
    mine = tuple(ip_network(f"10.0.{number}.0/24") for number in range(LONG))
    yours = tuple(ip_network(f"10.1.{number}.0/24") for number in range(LONG))

    assert bird_longer(mine, 28) is bird_longer(mine, 28)
    assert bird_longer(mine, 28) != bird_longer(mine, 27)
    assert "10.1.0.0/24" in bird_longer(yours, 28)


def test_what_is_remembered_does_not_grow_for_ever() -> None:
    remembered, asked = Remembered(), []

    def write(items: object) -> str:
        asked.append(items)
        return "x" * (ROOM // 2 + 1)

    mine, yours = tuple(range(LONG)), tuple(range(1, LONG + 1))
    for items in (mine, mine, yours, mine):
        remembered.text(write, items)

    assert asked == [mine, yours, mine]
