"""What is wanted, read as a whole: checked, rendered for one router, written out."""

from collections.abc import Generator

import pytest

from actions.small_city import FILE, Town, town
from hanse.actions.reading import NothingWritten, check_files, check_stored, files, text_of
from hanse.actions.rights import Granted, NotAllowed, Person, Right, operator
from hanse.network.wanted.lookups import NoSuchNode

pytestmark = pytest.mark.django_db
ALICE = operator("alice")
CAROL = Person(who="carol", door="api", granted=(Granted(rights=frozenset({Right.VIEW}), sites=frozenset({"mill"})),))


NODES_ONLY = Person(
    who="dora", door="api", granted=(Granted(rights=frozenset({Right.VIEW}), kinds=frozenset({"nodes"})),)
)


@pytest.fixture
def small() -> Generator[Town]:
    """Put the town into the store."""
    with town() as found:
        yield found


def test_what_is_wanted_is_free_of_problems(small: Town) -> None:
    assert check_stored(ALICE) == ()


def test_a_problem_of_a_file_has_its_line() -> None:
    (found,) = check_files({"town.yml": FILE.replace("link_class: fibre", "link_class: glass")}, ALICE)

    assert (found.problem.path, found.file) == (("links", "middle", "link_class"), "town.yml")
    assert found.line > 1


def test_what_cannot_be_read_has_its_line_too() -> None:
    found = check_files({"town.yml": FILE.replace("number: 1", "number: one")}, ALICE)

    assert [one.problem.path for one in found] == [("nodes", "alpha", "number")]


def test_a_routers_text_is_written(small: Town) -> None:
    dialect, text = text_of("alpha", ALICE, small.world)

    assert dialect == "bird2"
    assert "192.0.2.11" in text


def test_a_router_out_of_sight_is_not_there(small: Town) -> None:
    with pytest.raises(NoSuchNode):
        text_of("alpha", CAROL, small.world)


def test_a_router_without_dialect_has_no_text(small: Town) -> None:
    small.wants(FILE.replace("number: 2, site: hall, platform: fake", "number: 2, site: hall, platform: silent"))

    with pytest.raises(NothingWritten):
        text_of("beta", ALICE, small.world)


def test_files_are_for_whoever_may_look_at_everything(small: Town) -> None:
    assert "nodes.yml" in files(ALICE)
    for person in (CAROL, NODES_ONLY):
        with pytest.raises(NotAllowed):
            files(person)
