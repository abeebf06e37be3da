"""The same with FRR too: a smaller network, README.md says what is proved."""

import re
import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Final

import pytest

from hanse_lab import lab
from hanse_lab.folder import Folder
from hanse_lab.product import Hanse
from hanse_lab.requirements import lacks
from hanse_lab.waiting import wait_until
from lab.dialects import each_dialect, in_dialect
from lab.traffic import A_SECOND, packets_a_second, way, without_loss
from lab.words import install, wait_until_well

pytestmark = [pytest.mark.lab, pytest.mark.timeout(480)]

FILES: Final = Path(__file__).parent
GOALS: Final = ("198.51.100.65", "2001:db8:f00::1")
BORDERS: Final = {"west": {"203.0.113.2", "2001:db8:500::2"}, "east": {"203.0.113.3", "2001:db8:500::3"}}
WITHIN: Final = timedelta(seconds=60)
SAME_MOMENT: Final = 4  # seconds: FRR counts uptimes back in whole seconds
A_FEW: Final = {"bird2": 0, "frr": 12, "mixed": 12}  # packets of a family that may be lost: 1 in 100 where west is FRR


@pytest.fixture(params=each_dialect("mixed"))
def dialect(request: pytest.FixtureRequest) -> str:
    """Give the dialect of the network."""
    return str(request.param)


@pytest.fixture
def hanse(dialect: str, tmp_path: Path) -> Iterator[Hanse]:
    """Give Hanse for the network, up and configured."""
    if missing := lacks():
        pytest.skip("; ".join(missing))
    folder = Folder.of("drained")
    lab.down(folder)  # what a killed run may have left
    shutil.copy(FILES / "outside.yml", tmp_path)
    (tmp_path / "network.yml").write_text(in_dialect((FILES / "network.yml").read_text(), dialect))
    lab.up(tmp_path, folder, print)
    try:
        hanse = Hanse(folder)
        install(hanse, tmp_path)
        wait_until_well(hanse, within=WITHIN)
        yield hanse
    finally:
        lab.down(folder)


def leaves_by(hanse: Hanse, border: str) -> bool:
    """Say whether both families reach the test destination, over that border."""
    ways = [way(lab.node(hanse.folder, "core"), goal) for goal in GOALS]
    return all(found[-1] == goal and BORDERS[border] & set(found) for found, goal in zip(ways, GOALS, strict=True))


def uptimes(hanse: Hanse) -> list[int]:
    """Return since when each of the drained border's sessions is up, as its upstream tells it: seconds of an epoch."""
    heard = lab.node(hanse.folder, "westnet").run("vtysh", "-c", "show bgp summary json")
    return [int(found) for found in re.findall(r'"peerUptimeEstablishedEpoch":\s*(\d+)', heard)]


def test_a_border_is_drained_and_restored_and_hardly_a_packet_is_lost(hanse: Hanse, dialect: str) -> None:
    wait_until("traffic leaves by the west", lambda: leaves_by(hanse, "west"), within=WITHIN)
    began = uptimes(hanse)
    west = lab.node(hanse.folder, "west")

    with without_loss(lab.node(hanse.folder, "core"), GOALS, at_most=A_FEW[dialect]):
        hanse.say("drain", "west")
        hanse.say("apply", "--yes", "--limit", "west")
        wait_until("traffic leaves by the east", lambda: leaves_by(hanse, "east"), within=WITHIN)
        empty = packets_a_second(west, "up0")
        hanse.say("restore", "west")
        hanse.say("apply", "--yes", "--limit", "west")
        wait_until("traffic is back", lambda: leaves_by(hanse, "west"), within=WITHIN)

    assert empty < A_SECOND * 0.2
    assert uptimes(hanse) == [pytest.approx(one, abs=SAME_MOMENT) for one in began]
