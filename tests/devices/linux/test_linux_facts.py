"""Readers of what a router's tools say, against recordings: `facts/FACT/CASE.out` is read as `CASE.json`.

Adding a case is adding two files. The recordings are from real daemons between two test routers.
"""

import json
from collections.abc import Callable
from dataclasses import asdict, is_dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

import pytest

from hanse.devices.linux.facts import known
from hanse.devices.linux.facts.bird_time import read_now, read_time
from hanse.devices.linux.facts.fact import NotUnderstood

RECORDINGS: Final = Path(__file__).parent / "facts"
READERS: Final[dict[str, Callable[[str], object]]] = {
    "bgp_sessions": known.BGP_SESSIONS.read,
    "device": known.DEVICE.read,
    "interfaces": known.INTERFACES.read,
    "labels": known.LABELS.read,
    "lldp_neighbours": known.LLDP_NEIGHBOURS.read,
    "ospf_neighbours": known.OSPF_NEIGHBOURS.read,
    "routes": known.ROUTES.read,
}
CASES: Final = sorted(str(case.relative_to(RECORDINGS).with_suffix("")) for case in RECORDINGS.glob("*/*.out"))


def plain(seen: object) -> Any:
    """Return what was seen as JSON knows it."""
    whole = [asdict(one) for one in seen] if isinstance(seen, tuple) else asdict(seen)  # type: ignore[call-overload]
    return json.loads(json.dumps(whole, default=_in_words))


def _in_words(value: object) -> object:
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    if isinstance(value, timedelta):
        return value.total_seconds()
    return value.isoformat() if isinstance(value, datetime) else str(value)


@pytest.mark.parametrize("case", CASES)
def test_a_recording_is_read(case: str) -> None:
    out = (RECORDINGS / f"{case}.out").read_text(encoding="utf-8")

    seen = READERS[case.split("/", maxsplit=1)[0]](out)

    assert plain(seen) == json.loads((RECORDINGS / f"{case}.json").read_text(encoding="utf-8"))


def test_every_fact_has_a_recording() -> None:
    assert {case.split("/")[0] for case in CASES} == READERS.keys()


@pytest.mark.parametrize("fact", ["interfaces", "routes", "bgp_sessions", "lldp_neighbours"])
def test_words_that_are_no_answer_are_not_understood(fact: str) -> None:
    with pytest.raises(NotUnderstood):
        READERS[fact]("Segmentation fault\n")


NOW: Final = read_now("2026-02-03T12:00:00+0100")


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-02-03 04:05:06", "2026-02-03T04:05:06+01:00"),
        ("2026-02-03 04:05:06.789", "2026-02-03T04:05:06.789000+01:00"),
        ("2026-02-03 04:05:06.789012", "2026-02-03T04:05:06.789012+01:00"),
        ("11:59:59.500", "2026-02-03T11:59:59.500000+01:00"),
        ("12:00:01", "2026-02-03T12:00:01+01:00"),
        ("13:00", "2026-02-02T13:00:00+01:00"),
        ("2026-01-31", "2026-01-31T00:00:00+01:00"),
        ("31-01-2026 10:11:12", "2026-01-31T10:11:12+01:00"),
    ],
)
def test_each_of_birds_time_formats_is_read(text: str, moment: str) -> None:
    seen = read_time(text, NOW)

    assert seen is not None
    assert seen.isoformat() == moment


def test_words_that_are_no_time_name_none() -> None:
    assert read_time("", NOW) is None
    assert read_time("Established", NOW) is None
