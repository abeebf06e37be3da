"""Services that are watched by the carried program: its file, when one is told, and what is asked."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hanse.devices.linux.carried import health, service_addresses, service_questions, watching
from hanse.devices.linux.carried.component import Candidate
from hanse.devices.linux.carried.tools import Ran
from hanse.devices.linux.carried.watched_services import (
    STEPS,
    Event,
    Place,
    Rule,
    Standing,
    Unreadable,
    after,
    rules_of,
)

FILE: Final = """\
# core1: services
[resolver]
addresses = 198.51.100.53 2001:db8:53::53
speaker = router
ask = dns
at = 127.0.0.1
port = 53
question = city.example
interval = 1.0
timeout = 0.5
fall = 2
rise = 3
hold = 10
longest-hold = 60
"""
RULE: Final = rules_of(FILE)[0]
NEW: Final = Standing()


def answers(words: str, standing: Standing, *, begins: float = 100.0) -> list[Standing]:
    """Return how a service stands after each answer, one a second: + is a good one."""
    found = []
    for number, word in enumerate(words):
        standing = after(standing, RULE, word == "+", begins + number)
        found.append(standing)
    return found


def told(words: str, standing: Standing = NEW, *, begins: float = 100.0) -> str:
    """Return when a service is told: T, withdrawn: w, held: h; one letter an answer."""
    letters = {Place.TOLD: "T", Place.WITHDRAWN: "w", Place.HELD: "h"}
    return "".join(letters[one.place] for one in answers(words, standing, begins=begins))


def test_a_file_says_what_is_asked_of_whom() -> None:
    assert RULE.addresses == ("198.51.100.53", "2001:db8:53::53")
    assert (RULE.kind, RULE.address, RULE.port, RULE.question) == ("dns", "127.0.0.1", 53, "city.example")
    assert (RULE.interval, RULE.timeout, RULE.fall, RULE.rise, RULE.hold, RULE.longest_hold) == (1, 0.5, 2, 3, 10, 60)


@pytest.mark.parametrize(
    ("before", "now", "line"),
    [
        ("port = 53", "port = many", 2),
        ("ask = dns", "ask = smoke", 2),
        ("at = 127.0.0.1\n", "", 2),
        ("addresses = 198.51.100.53", "addresses = here", 2),
        ("speaker = router", "speaker = router\nspeaker = router", 5),
        ("[resolver]", "resolver", 2),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_its_line(before: str, now: str, line: int) -> None:
    text = FILE.replace(before, now)

    found = health.check([Candidate("/etc/hanse/health.conf", Path("staged"), text)])

    assert [(one.path, one.line) for one in found] == [("/etc/hanse/health.conf", line)]
    with pytest.raises(Unreadable):
        rules_of(text)


def test_a_good_file_is_taken() -> None:
    assert health.check([Candidate("/etc/hanse/health.conf", Path("staged"), FILE)]) == []
    assert health.owns("/etc/hanse/health.conf")


def test_a_service_is_told_after_enough_good_answers_and_withdrawn_after_enough_bad_ones() -> None:
    assert told("++-+++-+--") == "wwwwwTTTTh"


def test_a_service_that_fell_is_told_again_only_after_its_hold() -> None:
    fallen = answers("+++--", Standing())[-1]

    assert told("+" * 12, fallen, begins=105.0) == "h" * 9 + "TTT"


def test_the_hold_grows_with_each_fall_up_to_its_bound_and_begins_anew_after_a_long_good_time() -> None:
    standing, holds, now = Standing(), [], 0.0
    for _ in range(5):
        standing = answers("+++--", standing._replace(place=Place.WITHDRAWN, good=0), begins=now)[-1]
        holds.append(standing.held_for)
        now += 1000.0
    good_for_long = answers("+++", standing, begins=now)[-1]
    last = answers("--", good_for_long, begins=now + RULE.longest_hold + 3)[-1]

    assert holds == [10, 20, 40, 60, 60]
    assert last.held_for == 10


@given(st.text("+-", max_size=200))
def test_no_service_flaps_faster_than_its_hold(words: str) -> None:
    places = told(words)

    falls = [number for number in range(1, len(places)) if places[number - 1 : number + 1] == "Th"]
    assert all(later - earlier >= RULE.hold for earlier, later in pairwise(falls))


def test_a_service_that_stops_is_withdrawn_early_enough_for_routing_to_count_anew_within_three_seconds() -> None:
    bird = 1.0  # seconds from one count of OSPF's ways to the next

    takes = watching.until_next(RULE, is_falling=False) + (RULE.fall - 1) * watching.until_next(RULE, is_falling=True)

    assert takes + bird <= 2.25


def test_every_place_is_left_and_every_event_leads_somewhere() -> None:
    assert set(STEPS) == set(Place)
    assert {event for steps in STEPS.values() for event in steps} == set(Event)


def test_standings_are_the_same_after_a_restart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watching, "STANDINGS", tmp_path / "health.json")
    monkeypatch.setattr(service_addresses, "have", lambda addresses: None)
    standing = answers("+++-", Standing())[-1]
    watching.Watch([RULE], "print", {RULE.name: standing}).settle()

    left = watching.remembered()

    assert watching.standings_of(left) == {RULE.name: standing}
    assert left["told"] == dict.fromkeys(RULE.addresses, "router")
    assert left["read"] == "print"


@contextmanager
def server(kind: socket.SocketKind, answer: bytes) -> Iterator[int]:
    """Give the port of something that answers every question so."""
    with socket.socket(socket.AF_INET, kind) as heard:
        heard.bind(("127.0.0.1", 0))
        if kind is socket.SOCK_STREAM:
            heard.listen()
        thread = threading.Thread(target=_answers_once, args=(heard, kind, answer))
        thread.start()
        yield heard.getsockname()[1]
        thread.join()


def _answers_once(heard: socket.socket, kind: socket.SocketKind, answer: bytes) -> None:
    heard.settimeout(5)
    if kind is socket.SOCK_DGRAM:
        asked, who = heard.recvfrom(512)
        heard.sendto(asked[:2] + answer, who)
        return
    connection, _ = heard.accept()
    with connection:
        connection.sendall(answer)


def rule(kind: str, port: int) -> Rule:
    """Return a service on this machine."""
    return RULE._replace(kind=kind, port=port)


@pytest.mark.parametrize(
    ("answer", "well"),
    [
        (b"HTTP/1.1 200 OK\r\n\r\n", True),
        (b"HTTP/1.0 204 No Content\r\n\r\n", True),
        (b"HTTP/1.1 503 Service Unavailable\r\n\r\n", False),
        (b"HTTP/1.1 302 Found\r\n\r\n", False),
        (b"SSH-2.0\r\n", False),
        (b"", False),
    ],
)
def test_a_web_service_is_well_if_its_status_says_so(answer: bytes, well: bool) -> None:
    with server(socket.SOCK_STREAM, answer) as port:
        assert service_questions.is_well(rule("http", port)) is well


@pytest.mark.parametrize(
    ("answer", "well"),
    [
        (b"\x81\x80" + bytes(8), True),
        (b"\x81\x82" + bytes(8), False),  # SERVFAIL
        (b"\x81\x85" + bytes(8), False),  # REFUSED
        (b"\x01\x00" + bytes(8), False),  # a question
    ],
)
def test_a_name_server_is_well_if_it_answers_without_an_error(answer: bytes, well: bool) -> None:
    with server(socket.SOCK_DGRAM, answer) as port:
        assert service_questions.is_well(rule("dns", port)) is well


def test_a_service_that_takes_a_connection_is_well() -> None:
    with server(socket.SOCK_STREAM, b"") as port:
        assert service_questions.is_well(rule("tcp", port))


def test_a_service_that_nobody_offers_or_that_says_nothing_is_not_well() -> None:
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        port = silent.getsockname()[1]
        assert not service_questions.is_well(rule("tcp", port))
        silent.listen()
        assert not service_questions.is_well(rule("http", port)._replace(timeout=0.2))


def test_a_question_is_one_of_the_domain_name_system() -> None:
    asked = service_questions.question(b"\x12\x34", "city.example")

    assert asked == b"\x12\x34\x01\x00\x00\x01\x00\x00\x00\x00\x00\x00\x04city\x07example\x00\x00\x06\x00\x01"


@pytest.mark.parametrize(
    ("has_file", "has_unit", "said"),
    [
        (True, False, ["daemon-reload", "enable", "start"]),
        (False, True, ["disable", "daemon-reload"]),
        (True, True, []),
        (False, False, []),
    ],
)
def test_after_a_power_cut_the_unit_is_there_if_the_file_is(
    has_file: bool, has_unit: bool, said: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def systemctl(*words: str) -> Ran:
        asked.append(words[1])
        return Ran(0, "")

    for name in ("FILE", "UNIT", "SYSTEMD"):
        monkeypatch.setattr(health, name, tmp_path / name)
    monkeypatch.setattr(health, "run", systemctl)
    (tmp_path / "SYSTEMD").mkdir()
    for name, exists in (("FILE", has_file), ("UNIT", has_unit)):
        if exists:
            (tmp_path / name).write_text("")

    health.prepare()

    assert asked == said
    assert (tmp_path / "UNIT").exists() == has_file
