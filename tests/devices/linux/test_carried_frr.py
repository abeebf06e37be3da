"""The carried program's part for FRR, without a router."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from hanse.devices.linux.carried import bird, frr
from hanse.devices.linux.carried.component import Candidate
from hanse.devices.linux.carried.components import COMPONENTS, components_of
from hanse.devices.linux.carried.tools import Ran

SAID = "line 2: % Unknown command[25]:  foo\nline 4: % Unknown command[4]: bar x\n"


def candidate(path: str, text: str = "") -> Candidate:
    return Candidate(path, Path(path).with_name(f".{Path(path).name}.hanse-new"), text)


@pytest.mark.parametrize(
    ("path", "mine"),
    [("/etc/frr/frr.conf", True), ("/etc/frr/daemons", True), ("/etc/bird/bird.conf", False), ("/etc/frr.conf", False)],
)
def test_all_of_frrs_folder_is_frrs(path: str, mine: bool) -> None:
    assert frr.FRR.owns(path) == frr.FRR_GONE.owns(path) == mine


def test_one_daemon_has_stopped_before_the_other_one_starts() -> None:
    order = [component.name for component in components_of(["/etc/bird/bird.conf", "/etc/frr/frr.conf"])]

    assert order == ["frr-gone", "bird", "frr"]
    assert COMPONENTS.index(frr.FRR_GONE) < COMPONENTS.index(bird.BIRD) < COMPONENTS.index(frr.FRR)


def test_vtyshs_complaints_keep_their_lines() -> None:
    found = frr.findings(candidate("/etc/frr/frr.conf"), (2, SAID))

    assert [str(one) for one in found] == [
        "/etc/frr/frr.conf:2: % Unknown command[25]:  foo",
        "/etc/frr/frr.conf:4: % Unknown command[4]: bar x",
    ]
    assert frr.findings(candidate("/etc/frr/frr.conf"), (0, "")) == []
    assert str(frr.findings(candidate("/etc/frr/frr.conf"), (127, "vtysh: No such file"))[0]) == (
        "/etc/frr/frr.conf: vtysh: No such file"
    )


@pytest.mark.parametrize(
    ("text", "daemons"),
    [
        ("", set()),
        ("bgpd=yes\nospfd=no\n", {"bgpd"}),
        ("# bgpd=yes\nospfd='yes'\nbfdd=0\n", {"ospfd"}),
        ('vtysh_enable=yes\nzebra_options="-A 127.0.0.1"\nldpd=yes\n', {"ldpd"}),
    ],
)
def test_zebra_and_staticd_run_besides_those_that_are_switched_on(text: str, daemons: set[str]) -> None:
    assert frr.wanted_daemons(text) == daemons | {"zebra", "staticd"}


def test_what_has_to_be_seen_running_is_every_protocol_and_neighbour() -> None:
    text = (
        "interface up0\n ip ospf cost 10\nexit\nrouter ospf\n ospf router-id 10.0.0.1\nexit\nrouter bgp 64500\n"
        " neighbor 192.0.2.1 remote-as 64501\n neighbor 192.0.2.1 timers 3 9\nexit\n"
        "router bgp 64500 vrf vrf-red\nexit\n"
    )

    assert frr.HEADINGS.findall(text) == [
        "router ospf",
        "router bgp 64500",
        " neighbor 192.0.2.1 remote-as 64501",
        "router bgp 64500 vrf vrf-red",
    ]


class Told:
    """What FRR is told, and who of its daemons answers."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.words: list[str] = []
        self.answering = {"zebra", "staticd", frr.WATCH}
        (folder / "frr.conf").write_text("")
        (folder / "daemons").write_text("")
        monkeypatch.setattr(frr, "FILE", folder / "frr.conf")
        monkeypatch.setattr(frr, "DAEMONS", folder / "daemons")
        monkeypatch.setattr(frr, "_answering", lambda: self.answering)
        monkeypatch.setattr(frr, "_call", self.call)
        monkeypatch.setattr(frr, "_end", lambda these: self.words.append(f"end {' '.join(sorted(these))}"))
        monkeypatch.setattr(frr, "take_in", lambda: self.words.append("take in"))
        monkeypatch.setattr(frr, "judge", lambda: None)

    def call(self, word: str) -> None:
        self.words.append(word)
        self.answering |= {frr.WATCH, *frr.ALWAYS}


@pytest.fixture
def told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Told:
    """Give an FRR that runs, with an empty file."""
    return Told(tmp_path, monkeypatch)


def test_what_a_killed_program_has_left_at_work_ends_before_the_old_file_is_taken_in(told: Told) -> None:
    frr.restore({"ran": True})

    assert told.words == ["end frr-reload.py frrinit.sh", "take in"]


def test_daemons_that_nobody_watches_any_more_get_their_watchman_back(told: Told) -> None:
    told.answering = {"zebra", "staticd"}

    frr.reload()

    assert told.words == ["start", "take in"]


def test_daemons_that_are_as_wanted_are_only_told_their_file(told: Told) -> None:
    frr.reload()

    assert told.words == ["take in"]


def test_what_turns_the_file_into_commands_ends_with_the_program(monkeypatch: pytest.MonkeyPatch) -> None:
    surroundings: list[Mapping[str, str] | None] = []

    def ran(*words: str, env: Mapping[str, str] | None = None) -> Ran:
        surroundings.append(env)
        return Ran(0, "")

    monkeypatch.setattr(frr, "run", ran)

    frr.take_in()

    assert surroundings == [None]  # ours, with our mark
