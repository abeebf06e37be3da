"""Files of intent: read with all mistakes at once, written and read back without loss."""

import json

import jsonschema
import pytest
import yaml
from hypothesis import HealthCheck, given, settings

from hanse.network.values.asn import Asn
from hanse.network.wanted.files import dump, json_schema, load, network_from, tree_of
from hanse.network.wanted.network import Network
from hanse.network.wanted.problem import Contradictory
from samples.city import city, city_texts
from samples.strategies import networks

SCHEMA = jsonschema.Draft202012Validator(json_schema())
GENERAL = "network: {name: city, asn: 64500}\n"
SLOW = settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def plain(text: str) -> object:
    """Return what JSON makes of a YAML text: its keys are texts."""
    return json.loads(json.dumps(yaml.safe_load(text)))


@SLOW
@given(networks)
def test_what_is_written_is_read_back_as_it_was(network: Network) -> None:
    assert load(dump(network)).network == network


@SLOW
@given(networks)
def test_the_plain_tree_survives_json(network: Network) -> None:
    assert network_from(json.loads(json.dumps(tree_of(network)))) == network


@SLOW
@given(networks)
def test_every_written_network_satisfies_the_schema(network: Network) -> None:
    for text in dump(network).values():
        SCHEMA.validate(plain(text))


def test_the_city_satisfies_the_schema() -> None:
    for text in city_texts().values():
        SCHEMA.validate(plain(text))


def test_the_schema_refuses_a_word_that_nobody_knows() -> None:
    with pytest.raises(jsonschema.ValidationError):
        SCHEMA.validate({"sites": {"dom": {"colour": "red"}}})


def test_one_kind_may_stand_in_several_files() -> None:
    loaded = load({"a.yml": GENERAL + "sites: {dom: }", "b.yml": "sites: {uni: }"})

    assert set(loaded.network.sites) == {"dom", "uni"}


def test_an_asdot_number_is_no_fraction() -> None:
    assert load({"a.yml": "network: {name: city, asn: 1.10}"}).network.network.asn == Asn(65546)


def test_unquoted_numbers_of_a_driver_are_numbers_and_quoted_ones_are_texts() -> None:
    text = GENERAL + 'platforms: {eos: {driver: eos, arguments: {port: 830, name: "830", fast: true}}}'

    arguments = load({"a.yml": text}).network.platforms["eos"].arguments

    assert arguments == {"port": 830, "name": "830", "fast": True}


def test_every_object_knows_its_line() -> None:
    loaded = load({"a.yml": GENERAL + "sites:\n  dom:\n  uni:\n"})

    assert str(loaded.marks["sites", "uni"]) == "a.yml:4"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("sites: {a: }\nsites: {b: }", "a.yml:3: sites (again): 'sites' stands twice, first at a.yml:2"),
        ("sites:\n  a:\n  a:\n", "a.yml:4: sites.a (again): 'a' stands twice, first at a.yml:3"),
        ("sties: {a: }", "a.yml:2: sties: there is no such word here: did you mean sites?"),
        ("sites: {a: {plaze: }}", "a.yml:2: sites.a.plaze: there is no such word here: did you mean place?"),
        ("sites: {a: 3}", "a.yml:2: sites.a: '3' stands where `word: value` lines are wanted"),
        ("sites: {a b: }", "a.yml:2: sites.a b: 'a b' is no name"),
        ("pools: {a: {prefix: 10.0.0.1/8, use: link}}", "a.yml:2: pools.a.prefix: '10.0.0.1/8' has bits behind"),
        ("pools: {a: {prefix: 10.0.0.0/8}}", "a.yml:2: pools.a.use: this is missing: add it"),
        ("pools: {a: {prefix: true, use: link}}", "a.yml:2: pools.a.prefix: true stands where a text is wanted"),
        ("links: {a: {number: x, ends: [a:b, c:d], link_class: f}}", "a.yml:2: links.a.number: 'x' is no whole number"),
        ("links: {a: {number: 1, ends: [a:b], link_class: f}}", "a.yml:2: links.a.ends: 1 given, 2 wanted at least"),
        ("links: {a: {number: 1, ends: [a:b, c], link_class: f}}", "a.yml:2: links.a.ends.1: 'c' is no end of a link"),
        ("sites: [a", "a.yml:3: this is not YAML that Hanse reads"),
        (
            "sites: {a: {place: {latitude: 1, longitude: 1, hight: 3}}}",
            "sites.a.place.hight: there is no such word here",
        ),
        ("links: {a: {number: 1, ends: [a:b, c:d], link_class: f, ends_: {b: c}}}", "did you mean ends?"),
        ("sites: [dom, uni]", "a.yml:2: sites: ['dom', 'uni'] stands where `name:` entries are wanted"),
        ("sites: {a: }\x07", "a.yml:1: this is not YAML that Hanse reads"),
        ("---\nsites: {a: }", "this is not YAML that Hanse reads"),
        ("pools: {a: {prefix: {x: y}, use: link, x: {y: z}}}", "stands where a text is wanted"),
        ("? [a]\n: b", "a.yml:2: ?: a name must be a plain word"),
    ],
)
def test_a_mistake_is_named_with_its_line(text: str, sentence: str) -> None:
    with pytest.raises(Contradictory) as caught:
        load({"a.yml": GENERAL + text})

    assert sentence in str(caught.value)


def test_a_text_that_is_no_mapping_says_what_is_wanted() -> None:
    with pytest.raises(Contradictory, match=r"a\.yml:1: this is not YAML that Hanse reads .its top is no mapping"):
        load({"a.yml": "- dom\n- uni\n"})


def test_a_tree_of_ready_values_is_taken_as_it_is() -> None:
    tree = {"network": {"name": "city", "asn": Asn(64500)}, "sites": {"dom": None}}

    assert network_from(tree).network.asn == Asn(64500)


def test_a_name_in_two_files_is_told_with_both_places() -> None:
    with pytest.raises(Contradictory) as caught:
        load({"a.yml": GENERAL + "sites: {dom: }", "b.yml": "sites: {dom: }"})

    assert str(caught.value).startswith(
        "b.yml:1: sites.dom (again in b.yml): 'dom' stands in two files, first at a.yml:2"
    )


def test_an_empty_file_is_an_empty_tree() -> None:
    assert load({"a.yml": GENERAL, "b.yml": "# nothing yet\n"}).network.sites == {}


def test_a_folder_without_a_network_says_what_is_missing() -> None:
    with pytest.raises(Contradictory, match="network: this is missing: add it"):
        load({})


def test_a_dump_stays_short() -> None:
    texts = dump(city())

    assert "status" not in texts["sessions.yml"]
    assert "name" not in texts["sites.yml"]
