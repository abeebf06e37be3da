"""Zones as files: BIND's own reader takes each, and the same zone is always the same text."""

import shutil
import subprocess
from pathlib import Path

import pytest

from hanse.derive.zones import Zone, zones
from hanse.render.zones import serial_in, without_serial, zone_file, zone_text
from samples.city import city_with

SERIAL = 2026010100
GENERAL = {
    "nameservers": {
        "ns1.city.example": {"addresses": ["203.0.113.53"]},
        "core1.city.example": {},
        "ns.other.example": {},
    },
    "hostmaster": "dns.desk@city.example",
}
ZONES = zones(city_with(network=GENERAL))


@pytest.mark.skipif(not shutil.which("named-checkzone"), reason="BIND's reader: see script/debian-packages.txt")
@pytest.mark.parametrize("zone", ZONES, ids=lambda zone: zone.name)
def test_bind_loads_it(zone: Zone, tmp_path: Path) -> None:
    file = tmp_path / zone_file(zone)
    file.write_text(zone_text(zone, SERIAL), encoding="utf-8")

    done = subprocess.run(["named-checkzone", zone.name, file], capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout
    assert f"loaded serial {SERIAL}" in done.stdout
    assert "ignoring" not in done.stdout  # it warns of what it leaves out


def test_the_forward_zone_reads_as_people_write_one() -> None:
    lines = zone_text(ZONES[0], SERIAL).splitlines()

    assert lines[3] == r"@ SOA ns1.city.example. dns\.desk.city.example. ("
    assert "core1 A 203.0.113.1 ; nodes.core1.number" in lines
    assert "ring0.core1 AAAA fd20:20:0:8:: ; links.ring-rathaus-dom" in lines


def test_the_serial_alone_is_no_difference() -> None:
    one, other = zone_text(ZONES[0], 1), zone_text(ZONES[0], 2)

    assert one != other
    assert without_serial(one) == without_serial(other)
    assert (serial_in(one), serial_in(other), serial_in("")) == (1, 2, 0)
