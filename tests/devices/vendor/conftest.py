"""One local router a test, where FRR is installed."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from devices.vendor.vendor_routers import KINDS, Local, local_router
from hanse_lab.vendor.frr import BGPD, RELOAD


@pytest.fixture(params=KINDS)
def router(request: pytest.FixtureRequest) -> Iterator[Local]:
    """Give each of the local routers, without a routing daemon behind it."""
    with local_router(request.param, None) as local:
        yield local


@pytest.fixture(params=KINDS)
def live_router(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Local]:
    """Give each of the local routers over a bgpd of its own, its minutes four seconds long."""
    if not (shutil.which(BGPD) and shutil.which(RELOAD)):
        pytest.skip("needs Debian's packages frr and frr-pythontools")
    with local_router(request.param, tmp_path / "frr", minute=4.0) as local:
        yield local
