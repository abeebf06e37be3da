"""NAPALM on a platform whose owned section Hanse knows: only what is ours is read, changed and told."""

from dataclasses import dataclass, field, replace
from typing import Final

import pytest
from napalm.base.exceptions import MergeConfigException

from devices.napalm.owned.cli_router import CliRouter
from hanse.devices.driver import CandidateRefused, Target, Verdict
from hanse.devices.napalm.driver import NapalmDevice
from hanse.devices.napalm.owned.passwords import cisco_7_of
from hanse.devices.napalm.owned.refusals import NotOurs
from hanse.devices.napalm.owned.tree import parse
from hanse.devices.napalm.platforms import SHIPPED
from hanse.network.wanted.nodes import Extent

WANTED: Final = """router bgp 64500
 neighbor 192.0.2.11 remote-as 64501
 neighbor 192.0.2.11 password @secret(peer)@
 address-family ipv4
  neighbor 192.0.2.11 route-map HANSE-ALME in
  neighbor 192.0.2.11 route-map HANSE-ALME out
route-map HANSE-ALME permit 10
"""
STORED: Final = cisco_7_of("Strandkorb-7")
FOREIGN: Final = (
    "hostname edge1\nrouter bgp 64500\n  neighbor 203.0.113.77 remote-as 64666\n  neighbor 203.0.113.77 shutdown\n"
)


@dataclass
class MergingRouter:
    """What a NAPALM driver of IOS shows of a router: running configuration, a candidate to merge, its diff."""

    router: CliRouter
    candidate: str = ""
    loads: list[str] = field(default_factory=list)
    discarded: int = 0
    refuse: str = ""

    def has_pending_commit(self) -> bool:
        return False

    def get_config(self, retrieve: str) -> dict[str, str]:
        obfuscated = self.router.text().replace("password Strandkorb-7", f"password 7 {STORED}")
        return {retrieve: obfuscated}

    def load_merge_candidate(self, config: str) -> None:
        self.loads.append(config)
        if self.refuse:
            raise MergeConfigException(self.refuse)
        self.candidate = config

    def compare_config(self) -> str:
        return "".join(f"+{line}\n" for line in self.candidate.splitlines())

    def commit_config(self, message: str, revert_in: int | None) -> None:
        self.router.load(self.candidate)
        self.candidate = ""

    def discard_config(self) -> None:
        self.discarded += 1
        self.candidate = ""


@pytest.fixture
def raw() -> MergingRouter:
    return MergingRouter(router=CliRouter.running("ios", parse(FOREIGN)))


@pytest.fixture
def target() -> Target:
    return Target(name="edge1", host="edge.example", secrets={"peer": "Strandkorb-7"})


def device(raw: MergingRouter, target: Target, platform: str = "ios") -> NapalmDevice:
    return NapalmDevice(platform=SHIPPED[platform], target=target, raw=raw)


def test_only_the_lines_that_are_missing_are_loaded_and_no_diff_shows_a_secret(
    raw: MergingRouter, target: Target
) -> None:
    staged = device(raw, target).stage("city-7", WANTED)

    assert raw.loads[0].count("neighbor 192.0.2.11 password Strandkorb-7") == 1
    assert "+ neighbor 192.0.2.11 password @secret(peer)@" in staged.diff
    assert "hostname" not in raw.loads[0]


def test_what_was_installed_is_what_runs_and_is_not_loaded_again(raw: MergingRouter, target: Target) -> None:
    with_it = device(raw, target)
    with_it.stage("city-7", WANTED)
    with_it.commit("city-7", undo_after=None)

    again = device(raw, target)

    assert again.running(WANTED) == WANTED
    assert again.stage("city-8", WANTED).diff == ""
    assert again.verdict("city-8") is Verdict.STAGED
    assert len(raw.loads) == 1


def test_nothing_that_was_not_loaded_is_discarded(raw: MergingRouter, target: Target) -> None:
    empty = device(raw, target)
    staged = empty.stage("city-7", "")

    empty.discard("city-7")

    assert (staged.diff, raw.loads, raw.discarded) == ("", [], 0)


def test_what_says_nothing_new_is_loaded_only_if_it_is_to_be_installed_even_so(
    raw: MergingRouter, target: Target
) -> None:
    with_it = device(raw, target)
    with_it.stage("city-7", WANTED)
    with_it.commit("city-7", undo_after=None)
    with_it.stage("city-8", WANTED)

    with_it.commit("city-8", undo_after=None)

    assert len(raw.loads) == 2
    assert with_it.verdict("city-8") is Verdict.KEPT


def test_nothing_of_ours_on_the_router_is_an_empty_text(raw: MergingRouter, target: Target) -> None:
    assert device(raw, target).running(WANTED) == ""


def test_a_text_that_touches_what_is_not_ours_never_reaches_the_router(raw: MergingRouter, target: Target) -> None:
    with pytest.raises(NotOurs, match="hostname edge2"):
        device(raw, target).stage("city-7", WANTED + "hostname edge2\n")

    assert raw.loads == []


def test_a_line_that_the_router_refuses_is_told_without_secrets(raw: MergingRouter, target: Target) -> None:
    raw.refuse = "line 3 'neighbor 192.0.2.11 password Strandkorb-7': invalid input"

    with pytest.raises(CandidateRefused, match=r"line 3 .* password @secret\(peer\)@': invalid input"):
        device(raw, target).stage("city-7", WANTED)

    assert raw.discarded == 1


def test_a_platform_without_a_diff_of_merged_lines_is_shown_ours(raw: MergingRouter, target: Target) -> None:
    raw.router.platform = "nxos"
    wanted = "router bgp 64500\n  neighbor 192.0.2.11\n    remote-as 64501\n    password @secret(peer)@\n"

    staged = device(raw, target, "nxos").stage("city-7", wanted)

    assert "+    password @secret(peer)@" in staged.diff
    assert "Strandkorb-7" not in staged.diff


def test_who_owns_the_whole_configuration_shows_no_stored_password_either(raw: MergingRouter, target: Target) -> None:
    raw.router.load("router bgp 64500\nneighbor 203.0.113.77 password Strandkorb-7\nexit\n")

    running = device(raw, replace(target, extent=Extent.WHOLE)).running()

    assert STORED not in running
    assert "neighbor 203.0.113.77 password @secret(peer)@" in running


def test_what_lies_beside_our_part_is_said_to_stay(raw: MergingRouter, target: Target) -> None:
    ours = device(raw, target)

    assert not ours.stage("city-7", WANTED).is_whole
    assert not ours.stage("city-8", "").is_whole


def test_a_hidden_password_is_never_installed_as_such(raw: MergingRouter, target: Target) -> None:
    whole = device(raw, replace(target, extent=Extent.WHOLE))

    with pytest.raises(CandidateRefused, match="does not know"):
        whole.stage("city-7", "router bgp 64500\n neighbor 192.0.2.11 password @hidden@\n")
