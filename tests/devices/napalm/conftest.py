"""Routers in memory behind a NAPALM driver that only the tests have."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from hanse.devices.driver import Target

sys.path.insert(0, str(Path(__file__).parent / "packages"))

from napalm_teststub import ROUTERS, Router  # found through the line above


@pytest.fixture
def router() -> Iterator[Router]:
    ROUTERS["edge.example"] = Router()
    yield ROUTERS["edge.example"]
    ROUTERS.clear()


@pytest.fixture
def target() -> Target:
    return Target(name="edge1", host="edge.example", username="hanse")
