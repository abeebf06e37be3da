"""A mesh over two routers and a node that is not ours; README.md says what is proved."""

import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Final

import pytest

from hanse_lab.requirements import lacks
from hanse_lab.waiting import wait_until
from lab.dialects import each_dialect, in_dialect
from lab.places import Standing, lab_in, restarted

pytestmark = [pytest.mark.lab, pytest.mark.timeout(600)]

HERE: Final = Path(__file__).parent
MESHES_WITHIN: Final = timedelta(seconds=90)
MEMBERS: Final = ("10.70.0.1", "10.70.0.2")
# What somebody's own mesh node does: its radio is here a cable.
MESH_NODE: Final = """
ip link set eth0 mtu 1532
ip link add bat0 type batadv
ip link set eth0 master bat0
batctl meshif bat0 gw_mode client
ip address add 10.70.0.201/24 dev bat0
ip link set bat0 up
"""


@pytest.fixture(scope="module", params=each_dialect("mixed"))
def files(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a copy of the network that scenarios may edit."""
    files = tmp_path_factory.mktemp("mesh")
    shutil.copy(HERE / "outside.yml", files)
    (files / "network.yml").write_text(in_dialect((HERE / "network.yml").read_text(), request.param))
    return files


@pytest.fixture(scope="module")
def mesh(files: Path) -> Iterator[Standing]:
    """Give two members and a mesh node, converged."""
    if missing := lacks():
        pytest.skip("; ".join(missing))
    with lab_in(None, "mesh", files) as made:
        made.install(files)
        made.converges()
        made.node("roof").run("sh", "-s", stdin=MESH_NODE)
        yield made


def answers(mesh: Standing, goal: str) -> bool:
    """Say whether an address answers the mesh node."""
    return "bytes from" in mesh.shell("roof", "ping", "-n", "-c", "2", "-i", "0.3", "-W", "1", goal)


def test_a_mesh_joins_all_its_members_and_leaves_nothing_when_it_is_taken_away(mesh: Standing, files: Path) -> None:
    wait_until("both members answer", lambda: all(answers(mesh, one) for one in MEMBERS), within=MESHES_WITHIN)
    full_size = mesh.shell("roof", "ping", "-n", "-c", "2", "-M", "do", "-s", str(1500 - 28), MEMBERS[1])
    neighbours = mesh.shell("left", "batctl", "meshif", "bat-freifunk", "neighbors")
    begun = mesh.begun()
    text = (files / "network.yml").read_text()

    mesh.wants(files, text.partition("segments:")[0].replace("{mtu: 1532, untagged: freifunk}", "{mtu: 1532}"))

    assert "bytes from" in full_size
    assert "vx-freifunk" in neighbours
    assert "wifi0" in neighbours
    there = mesh.shell("left", "ip", "-o", "link")
    assert "bat-freifunk" not in there
    assert "vx-freifunk" not in there
    assert not restarted(begun, mesh.begun())
