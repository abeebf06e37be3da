from datetime import UTC, datetime

from hanse_lab.soak.concern import Standing
from hanse_lab.soak.watching import Heard, heard_in, restarts, sessions_in
from hanse_lab.uptimes import Begun

THEN = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
NOTES = """\
tcpdump: listening on any
1763733600.123456 east0 M   IP 10.20.8.0 > 224.0.0.5: OSPFv2, Database Description, length 32
1763733601.000000 wg-one Out IP6 fe80::1 > fe80::2: OSPFv3, Database Description, length 28
"""


def test_listeners_notes_are_read_with_port_and_version() -> None:
    assert heard_in("north", NOTES) == (
        Heard(node="north", port="east0", version=2, at=1763733600.123456),
        Heard(node="north", port="wg-one", version=3, at=1763733601.0),
    )


def test_sessions_that_are_up_are_taken_from_the_status() -> None:
    up = {"vrf": "global", "remote_address": "10.0.0.2", "condition": "up", "since": THEN.isoformat()}
    down = {"vrf": "global", "remote_address": "10.0.0.3", "condition": "down", "since": None}
    status = {"routers": [{"node": "north", "sessions": [up, down]}]}

    assert sessions_in(status) == {("north", "global", "10.0.0.2"): THEN}


def test_only_what_has_to_stand_is_told() -> None:
    stand = Standing(
        adjacencies=frozenset({("north", "east0")}),
        sessions=frozenset({("north", "global", "10.0.0.2")}),
        interfaces=frozenset(),
    )
    before: Begun = {
        ("north", "global", "10.0.0.2"): THEN,
        ("north", "global", "10.0.0.3"): THEN,
    }

    assert restarts(stand, before, {}, heard_in("north", NOTES)) == (
        ("north", "the session with 10.0.0.2 (vrf global) began anew"),
        ("north", "the OSPFv2 adjacency on east0 began anew"),
    )
