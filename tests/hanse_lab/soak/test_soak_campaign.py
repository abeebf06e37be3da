from pathlib import Path

import pytest

from hanse.network.wanted.files import tree_of
from hanse_lab.folder import Folder, Record
from hanse_lab.lab import wanted_in
from hanse_lab.plan import LabPlan, Place
from hanse_lab.soak.campaign import Soak, Wanted
from hanse_lab.soak.journey import beginning

NETWORK = Path(__file__).parents[2] / "lab" / "soak"


@pytest.mark.parametrize(("place", "undone_after"), [(Place.HOST, "120"), (Place.UML, "600")])
def test_routers_of_a_guest_have_longer_until_they_undo(tmp_path: Path, place: Place, undone_after: str) -> None:
    lab = Folder(tmp_path / "city")
    lab.path.mkdir()
    lab.write(Record(network="/city", plan=LabPlan(routers=(), speakers=(), cables=()), place=place, nodes={}))
    begin = beginning(tree_of(wanted_in(NETWORK)), frozenset({"vxlan", "tun", "nft-inet"}))

    soak = Soak(folder=lab, wanted=Wanted(network=NETWORK, kept=tmp_path), begin=begin)

    assert soak.hanse.environment()["HANSE_UNDO_AFTER"] == undone_after
