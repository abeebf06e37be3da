"""A third party's driver comes by the same door as ours."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from hanse.conf.drivers import NotADriver, driver_kind

PACKAGE = """
from dataclasses import replace
from hanse.devices.fake.driver import FAKE
KIND = replace(FAKE, name="theirs")
NOTHING = 7
"""
POINTS = """
[hanse.drivers]
theirs = third_party_driver:KIND
broken = third_party_driver:NOTHING
missing = third_party_driver:NOWHERE
"""


@pytest.fixture(autouse=True)
def _installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    (tmp_path / "third_party_driver.py").write_text(PACKAGE, encoding="utf-8")
    distribution = tmp_path / "third_party_driver-1.dist-info"
    distribution.mkdir()
    (distribution / "METADATA").write_text("Metadata-Version: 2.1\nName: third-party-driver\nVersion: 1\n")
    (distribution / "entry_points.txt").write_text(POINTS)
    monkeypatch.syspath_prepend(str(tmp_path))
    driver_kind.cache_clear()
    yield
    driver_kind.cache_clear()
    sys.modules.pop("third_party_driver", None)


def test_a_third_partys_driver_is_found_by_name() -> None:
    assert driver_kind("theirs").name == "theirs"


@pytest.mark.parametrize("name", ["broken", "missing"])
def test_what_is_no_driver_is_refused(name: str) -> None:
    with pytest.raises(NotADriver, match="third_party_driver"):
        driver_kind(name)
