"""Zones as files in a folder: one whose zone says what it said before stays as it is, with its serial."""

from collections.abc import Iterable
from pathlib import Path

from hanse.derive.zones import Zone
from hanse.network.errors import OutsideError
from hanse.render.zones import serial_in, without_serial, zone_file, zone_text


class ZoneNotWritten(OutsideError):
    """A zone's file cannot be written, or what is there cannot be read."""

    retry = False


def write_zones(zones: Iterable[Zone], folder: Path, *, today: int, serial: int | None) -> tuple[str, ...]:
    """Write the files that differ and return their names. A serial that nobody gave is above the one that was there.

    :raises ZoneNotWritten:
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return tuple(zone_file(zone) for zone in zones if _write(zone, folder / zone_file(zone), today, serial))
    except (OSError, UnicodeDecodeError) as error:
        raise ZoneNotWritten(f"{folder}: {error}") from error


def _write(zone: Zone, path: Path, today: int, serial: int | None) -> bool:
    before = path.read_text(encoding="utf-8") if path.exists() else ""
    after = zone_text(zone, max(today, serial_in(before) + 1) if serial is None else serial)
    if before == after or (serial is None and without_serial(before) == without_serial(after)):
        return False
    path.write_text(after, encoding="utf-8")
    return True
