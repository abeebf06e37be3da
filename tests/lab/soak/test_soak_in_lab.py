"""Edits of all kinds, one after the other: see README.md."""

from pathlib import Path
from typing import Final

import pytest

from hanse_lab.errors import NoPlace
from hanse_lab.folder import Folder
from hanse_lab.lab import down
from hanse_lab.requirements import lacks
from hanse_lab.soak.campaign import Wanted, soak

pytestmark = [pytest.mark.lab, pytest.mark.timeout(2400)]

FILES: Final = Path(__file__).parent
SEED: Final = 20
EDITS: Final = 25
KINDS: Final = 12  # at least


def test_no_edit_does_harm(tmp_path: Path) -> None:
    if missing := lacks():
        pytest.skip("; ".join(missing))
    folder = Folder.of("soak")
    down(folder)  # what a killed run may have left

    try:
        with soak(Wanted(network=FILES, seed=SEED, last=EDITS, kept=tmp_path), folder, print) as running:
            running.run(print)
            results = running.results
    except NoPlace as lacking:
        pytest.skip(str(lacking))

    assert [str(one) for one in results if one.harms] == []
    assert len(results) == EDITS + 1  # the last one takes all back
    assert len({one.kind for one in results}) >= KINDS
