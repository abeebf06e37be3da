from itertools import islice, pairwise
from pathlib import Path
from random import Random

import pytest

from hanse.network.wanted.files import tree_of
from hanse.network.wanted.problems import problems
from hanse_lab.lab import wanted_in
from hanse_lab.soak.edits import Edit, edited, fits, put
from hanse_lab.soak.journey import (
    KINDS,
    Journey,
    NoSuchKind,
    NothingToEdit,
    Step,
    beginning,
    insist_on_kinds,
    left_out,
    steps,
    way_back,
)
from hanse_lab.soak.present import Kind, Present, islands, seen_in

NETWORK = Path(__file__).parents[2] / "lab" / "soak"
OFFERS = frozenset({"vxlan", "tun", "nft-inet"})
EVERYTHING = OFFERS | {"vrf", "vlan", "dummy", "mpls", "gre", "esp"}
COUNT = 60


@pytest.fixture(scope="module")
def begin() -> Present:
    return beginning(tree_of(wanted_in(NETWORK)), OFFERS)


def told(begin: Present, seed: int) -> list[str]:
    return [step.edit.what for step in steps(begin, seed=seed, count=COUNT)]


def test_the_same_seed_makes_the_same_edits(begin: Present) -> None:
    assert told(begin, 1) == told(begin, 1)
    assert told(begin, 1) != told(begin, 2)


def test_every_network_on_the_way_is_valid_and_in_one_piece(begin: Present) -> None:
    for step in steps(begin, seed=3, count=COUNT):
        assert not problems(step.after.network), step.edit.what
        assert len(islands(step.after.specs)) == 1, step.edit.what
        assert step.after.tree != step.before.tree


def test_each_step_begins_where_the_last_one_ended(begin: Present) -> None:
    way = list(steps(begin, seed=4, count=COUNT))

    assert way[0].before is begin
    assert all(later.before is earlier.after for earlier, later in pairwise(way))
    assert all(edited(step.before.tree, step.edit) == step.after.tree for step in way)
    assert [step.number for step in way] == list(range(1, COUNT + 1))


def test_edits_are_undone_in_any_order(begin: Present) -> None:
    way = list(steps(begin, seed=5, count=COUNT))

    undone = [step for step in way if step.edit.undoes]
    assert len(undone) > COUNT / 4
    assert any(step.edit != earlier.edit.back for earlier, step in pairwise(way) if step.edit.undoes)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_what_a_kind_draws_fits_the_network_that_it_was_drawn_from(kind: Kind, begin: Present) -> None:
    drawn = [kind.draw(begin, Random(seed)) for seed in range(10)]

    assert all(edit is None or (edit.kind == kind.name and fits(begin.tree, edit)) for edit in drawn)


def test_most_kinds_are_drawn_from_a_network_that_has_a_bit_of_all(begin: Present) -> None:
    kinds = {step.edit.kind for step in islice(Journey(6, begin).steps(), 200)}

    assert len(kinds) >= len(KINDS) * 2 / 3


def test_edits_of_some_kinds_alone_can_be_had(begin: Present) -> None:
    kinds = {step.edit.kind for step in steps(begin, seed=8, count=20, only=("cost", "tag"))}

    assert kinds == {"cost", "tag"}


def test_a_kind_that_there_is_not_is_said() -> None:
    insist_on_kinds(("cost", "label path"))

    with pytest.raises(NoSuchKind, match="'gold'; there are: cost, "):
        insist_on_kinds(("cost", "gold"))


def test_kinds_that_the_kernel_has_no_means_for_are_named() -> None:
    assert set(left_out(OFFERS)) == {"vrf", "vlan", "dummy", "label path", "ldp", "vpn"}
    assert left_out(EVERYTHING) == ()


def test_a_network_that_contradicts_itself_is_no_beginning(begin: Present) -> None:
    with pytest.raises(NothingToEdit, match="hanse check"):
        beginning({**begin.tree, "platforms": {}}, OFFERS)


def test_a_network_that_the_kernel_cannot_build_is_no_beginning(begin: Present) -> None:
    with pytest.raises(NothingToEdit, match="cannot build"):
        beginning(begin.tree, frozenset({"tun", "nft-inet"}))


def test_without_a_valid_edit_it_is_given_up(begin: Present) -> None:
    nothing = Kind(name="nothing", weight=1, draw=lambda *_: None)

    with pytest.raises(NothingToEdit, match="500 draws"):
        next(Journey(1, begin, kinds=(nothing,)).steps())


def test_the_way_back_takes_all_edits_back_at_once(begin: Present) -> None:
    *_, last = steps(begin, seed=7, count=10)

    back = way_back(last, begin)

    assert back is not None
    assert (back.number, back.after) == (11, begin)
    assert edited(last.after.tree, back.edit) == begin.tree


def test_there_is_no_way_back_where_a_sessions_life_has_none(begin: Present) -> None:
    edit = Edit(kind="any", what="it", changes=(put(begin.tree, "sessions", "westnet", status="decommissioned"),))
    after = seen_in(edited(begin.tree, edit), OFFERS)
    assert after is not None

    assert way_back(Step(number=1, edit=edit, before=begin, after=after), begin) is None
