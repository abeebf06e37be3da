"""What the fields of wanted objects are, and calling an object otherwise wherever it is named."""

from typing import Any

import pytest

from hanse.network.wanted.edits import ALL_KINDS, FORMS, edited
from hanse.network.wanted.problem import Contradictory
from hanse.network.wanted.problems import problems
from hanse.network.wanted.renaming import NotThere, renamed
from hanse.network.wanted.shape import Field, Sort, fields_of
from samples.city import city


def field(kind: str, name: str) -> Field:
    return next(one for one in fields_of(FORMS[kind]) if one.name == name)


@pytest.mark.parametrize(
    ("kind", "name", "sort"),
    [
        ("network", "asn", Sort.TEXT),
        ("network", "space", Sort.LINES),
        ("network", "longest", Sort.GROUP),
        ("network", "documentation_is_public", Sort.FLAG),
        ("sites", "place", Sort.GROUP),
        ("pools", "use", Sort.CHOICE),
        ("platforms", "arguments", Sort.WORDS),
        ("nodes", "ports", Sort.ROWS),
        ("nodes", "roles", Sort.CHOICES),
        ("nodes", "management", Sort.GROUP),
        ("nodes", "number", Sort.NUMBER),
        ("links", "ends", Sort.LINES),
        ("sessions", "addresses", Sort.LINES),
        ("sessions", "max_prefixes", Sort.GROUP),
    ],
)
def test_each_field_is_of_its_sort(kind: str, name: str, sort: Sort) -> None:
    assert field(kind, name).sort is sort


def test_a_field_knows_its_bounds_its_choices_and_what_it_names() -> None:
    assert (field("link_classes", "cost").least, field("link_classes", "cost").most) == (1, 65535)
    assert (field("links", "ends").least, field("links", "ends").most) == (2, 2)
    assert field("pools", "use").choices == ("loopback", "link", "tunnel", "public")
    assert field("nodes", "site").refers == "sites"
    assert field("sessions", "password").refers == "secrets"
    assert field("link_classes", "mtu").default == 1500
    assert field("sites", "place").form is not None


@pytest.mark.parametrize("kind", ALL_KINDS)
def test_no_field_has_a_shape_that_forms_do_not_know(kind: str) -> None:
    for one in fields_of(FORMS[kind]):
        assert (one.form is not None) == (one.sort in {Sort.GROUP, Sort.ROWS})
        assert bool(one.choices) == (one.sort in {Sort.CHOICE, Sort.CHOICES})


@pytest.mark.parametrize(
    ("kind", "old", "new", "followers"),
    [
        (
            "nodes",
            "border1",
            "edge1",
            {("connections", "pix-border1"), ("sessions", "westnet"), ("links", "border-west")},
        ),
        ("sites", "uni", "campus", {("nodes", "core3"), ("nodes", "border2")}),
        ("link_classes", "radio", "air", {("links", "radio-dom-nordturm"), ("links", "radio-nordturm-wewer")}),
        ("exchanges", "pix", "dix", {("connections", "pix-border1")}),
        ("autonomous_systems", "64496", "64499", {("sessions", "westnet")}),
        ("sessions", "westnet", "west", set()),
    ],
)
def test_all_that_name_an_object_follow_it(kind: str, old: str, new: str, followers: set[Any]) -> None:
    edits = renamed(city(), kind, old, new)
    after = edited(city(), edits)

    assert {(edit.kind, edit.name) for edit in edits[2:]} == followers
    assert problems(after) == ()
    assert edited(after, renamed(after, kind, new, old)) == city()


def test_a_name_that_is_taken_or_is_none_is_refused() -> None:
    with pytest.raises(NotThere, match="there already"):
        renamed(city(), "sites", "uni", "dom")
    with pytest.raises(NotThere, match="there is no sites 'nowhere'"):
        renamed(city(), "sites", "nowhere", "dom")
    with pytest.raises(Contradictory, match="is no name"):
        renamed(city(), "sites", "uni", "two words")
