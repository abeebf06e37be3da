from pathlib import Path

import pytest
import yaml

from hanse.network.wanted.files import tree_of
from hanse_lab.lab import plan_from, wanted_in
from hanse_lab.soak.campaign import Wanted
from hanse_lab.soak.journey import beginning, steps
from hanse_lab.soak.told import Harm, Result, keep_harm, p50_p95, table
from hanse_lab.soak.told import tree_of as told_tree

NETWORK = Path(__file__).parents[2] / "lab" / "soak"


def result(number: int, kind: str, seconds: float, *harms: str) -> Result:
    found = tuple(Harm(node="north", sentence=harm) for harm in harms)
    return Result(number=number, kind=kind, what="links.x costs 5", changed=("north",), seconds=seconds, harms=found)


def test_an_edit_is_told_in_a_line_and_each_harm_in_one_more() -> None:
    assert str(result(7, "cost", 4.25)) == "   7 ok     4.2 s 1 router  links.x costs 5"
    assert str(result(8, "cost", 4.25, "all is lost")).splitlines()[1].strip() == "north: all is lost"


def test_the_table_has_a_row_a_kind_and_one_for_all() -> None:
    rows = list(table([result(1, "tag", 2.0), result(2, "cost", 4.0, "bad"), result(3, "cost", 6.0)]))

    assert [row.split()[0] for row in rows] == ["kind", "cost", "tag", "all"]
    assert rows[1].split() == ["cost", "2", "5.0", "5.9", "1"]


def test_a_single_time_is_both_times() -> None:
    assert p50_p95([3.0]) == (3.0, 3.0)
    assert p50_p95([]) == (0.0, 0.0)


def test_the_document_counts_what_did_harm() -> None:
    told = told_tree([result(1, "tag", 2.0), result(2, "cost", 4.0, "bad")], seed=9, left_out=("vrf",))

    assert told["harmful"] == 1
    assert told["edits"][1]["harms"] == ["north: bad"]
    assert (told["seed"], told["left_out"]) == (9, ["vrf"])


@pytest.mark.parametrize(
    ("only", "command"),
    [((), "hanse-lab soak net --seed 4 --from 9 --count 9"),
     (("vrf", "label path"), "hanse-lab soak net --seed 4 --from 9 --count 9 --only 'vrf,label path'")],
)  # fmt: skip
def test_an_edit_is_made_again_by_a_command_that_names_it(only: tuple[str, ...], command: str) -> None:
    wanted = Wanted(network=Path("net"), seed=4, only=only, kept=Path("harms"))

    assert wanted.again(9) == command


def test_a_harm_is_kept_with_two_networks_that_a_lab_can_begin_with(tmp_path: Path) -> None:
    begin = beginning(tree_of(wanted_in(NETWORK)), frozenset({"vxlan", "tun", "nft-inet"}))
    (step,) = steps(begin, seed=1, count=1)

    keep_harm(result(1, "tag", 2.0, "bad"), step, again="hanse-lab soak --from 1", network=NETWORK, kept=tmp_path)

    assert plan_from(tmp_path / "1" / "before") == plan_from(NETWORK)
    assert wanted_in(tmp_path / "1" / "after") == step.after.network
    assert "hanse-lab soak --from 1" in (tmp_path / "1" / "harms.txt").read_text()
    assert yaml.safe_load((tmp_path / "1" / "before" / "network.yml").read_text()) == begin.tree
