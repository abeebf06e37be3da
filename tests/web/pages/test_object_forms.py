"""Forms of wanted objects: what they show they read back, and every problem stands at its input."""

from typing import Any

import pytest
from django.utils.datastructures import MultiValueDict
from hypothesis import HealthCheck, given, settings

from hanse.network.wanted.edits import ALL_KINDS, FORMS, GENERAL, body_of, name_of, object_from
from hanse.network.wanted.network import Network, key_of
from hanse.network.wanted.problem import Contradictory, Problem
from hanse.web.pages.object_forms import Part, body_in, part_of, said_at_fields, values_of, with_row, without_row
from samples.city import city
from samples.strategies import networks


def objects(network: Network) -> list[tuple[str, str, Any]]:
    """Return kind, name and value of every object."""
    listed = [(kind, one) for kind in ALL_KINDS if kind != GENERAL for one in getattr(network, kind).values()]
    return [(GENERAL, "", network.network), *((kind, name_of(kind, one), one) for kind, one in listed)]


def submitted(part: Part, values: MultiValueDict[str, str]) -> MultiValueDict[str, str]:
    """Return what a browser sends for a form that nobody touched: the value of each input, and the rows' numbers."""
    sent: MultiValueDict[str, str] = MultiValueDict()
    for each in part.all_parts():
        for one in each.inputs:
            value = one.bound.value()
            listed = value if isinstance(value, list) else [value]
            sent.setlist(
                one.name, ["on"] if value is True else [str(item) for item in listed if item not in (None, False)]
            )
        if each.holds_rows:
            sent.setlist(f"{each.prefix}-row", [row.row for row in each.parts])
    return MultiValueDict({name: listed for name, listed in sent.lists() if listed})


@pytest.mark.parametrize(
    ("kind", "name", "wanted"), objects(city()), ids=lambda one: one if isinstance(one, str) else ""
)
def test_a_form_that_nobody_touched_changes_nothing(kind: str, name: str, wanted: Any) -> None:
    body = body_of(kind, wanted)
    values = values_of(FORMS[kind], {**body, **({key_of(kind): name} if name else {})})
    part = part_of(FORMS[kind], values, {})

    read, problems = body_in(FORMS[kind], submitted(part, values))

    assert problems == ()
    assert (
        object_from(kind, name, {field: value for field, value in read.items() if not name or field != key_of(kind)})
        == wanted
    )


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(networks)
def test_what_is_written_into_inputs_is_read_from_them(network: Network) -> None:
    for kind, name, wanted in objects(network):
        if getattr(wanted, "arguments", None) or getattr(wanted, "context", None):
            continue  # words that are not ours are written anew as YAML writes them
        body = body_of(kind, wanted)
        if any(isinstance(value, str) and value != value.strip() for value in body.values()):
            continue  # spaces around a text are nobody's wish

        read, problems = body_in(FORMS[kind], values_of(FORMS[kind], body))

        assert problems == ()
        read.pop(key_of(kind), None) if name else None
        assert read.keys() >= body.keys() - {"login", "ports"}


def test_rows_come_and_go() -> None:
    values = values_of(FORMS["nodes"], body_of("nodes", city().nodes["core1"]))

    more = with_row(values, "ports")
    less = without_row(more, "ports", "0")

    assert more.getlist("ports-row") == ["0", "1", "2", "3"]
    assert body_in(FORMS["nodes"], less)[0]["ports"].keys() == {"ring1", "border0"}


def test_a_row_that_stands_twice_is_told_there() -> None:
    values = values_of(FORMS["nodes"], body_of("nodes", city().nodes["core1"]))
    values.setlist("ports-1-name", ["ring0"])

    _, problems = body_in(FORMS["nodes"], values)

    assert [problem.path for problem in problems] == [("ports", "ring0", "name")]


def test_words_that_are_no_yaml_are_told_at_their_input() -> None:
    _, problems = body_in(FORMS["platforms"], MultiValueDict({"driver": ["linux"], "arguments": ["{"]}))

    assert [problem.path for problem in problems] == [("arguments",)]


def errors(part: Part) -> dict[str, list[str]]:
    return {
        one.name: [str(error) for error in one.bound.errors]
        for each in part.all_parts()
        for one in each.inputs
        if one.bound.errors
    }


def test_what_the_reader_says_stands_at_the_input() -> None:
    body = {
        "number": "one",
        "site": "dom",
        "platform": "debian",
        "management": {"address": "nowhere"},
        "ports": {"eth0": {"mtu": "1", "addresses": ["192.0.2.1/24", "x"]}},
    }
    part = part_of(FORMS["nodes"], values_of(FORMS["nodes"], body), {})
    with pytest.raises(Contradictory) as caught:
        object_from("nodes", "core9", body)

    left = said_at_fields(part, caught.value.problems, depth=2)

    assert left == ()
    assert errors(part).keys() == {"number", "management-address", "ports-0-mtu", "ports-0-addresses"}


def test_an_end_of_a_link_has_its_own_input() -> None:
    part = part_of(FORMS["links"], values_of(FORMS["links"], {"ends": ["core1:ring0", "core2:ring0"]}), {})

    said_at_fields(part, [Problem(("links", "ring", "ends", "1"), "no such port")], depth=2)

    assert errors(part) == {"ends-1": ["no such port"]}


def test_what_belongs_to_no_input_is_left_for_the_page() -> None:
    part = part_of(FORMS["sessions"], MultiValueDict(), {})
    problem = Problem(("sessions", "bob"), "name one of the two")

    assert said_at_fields(part, [problem], depth=2) == (problem,)


def test_few_names_are_chosen_from_and_many_are_searched() -> None:
    few = part_of(FORMS["nodes"], MultiValueDict(), {"sites": ("dom", "uni")})
    many = part_of(FORMS["nodes"], MultiValueDict({"site": ["s9"]}), {"sites": tuple(f"s{n}" for n in range(99))})

    assert '<option value="uni">' in str(few.form["site"])
    assert 'list="names-sites"' in str(many.form["site"])


def test_a_name_that_is_not_there_stays_in_the_choice() -> None:
    part = part_of(FORMS["nodes"], MultiValueDict({"site": ["gone"]}), {"sites": ("dom",)})

    assert '<option value="gone" selected>' in str(part.form["site"])
