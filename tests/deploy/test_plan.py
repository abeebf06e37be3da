"""The plan: its checksum is of exactly what was reviewed, and it says no to what is too large."""

from dataclasses import replace
from ipaddress import ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fakes.deploying import NEW, OLD, Bench, reviewed, router_called
from hanse.deploy.health import StillWanted
from hanse.deploy.limits import SafetyLimits, TooLarge, breaches, insist_within
from hanse.deploy.plan import AnotherPlan, DevicePlan, Plan, body_of
from hanse.deploy.review import sessions_going
from hanse.devices.driver import Staged
from hanse.devices.fake.driver import FAKE
from hanse.network.seen.bgp import BgpState, SeenSession
from hanse.network.values.asn import Asn

CORE1 = DevicePlan(
    node="core1", driver="fake", text=NEW, before_text=OLD, diff="-old;\n+new;\n", abilities=FAKE.abilities
)
CORE2 = replace(CORE1, node="core2")
SAME = replace(CORE1, node="core3", diff="")


def lines(count: int, mark: str = "") -> str:
    return "".join(f"{mark}line {number}\n" for number in range(count))


def large(*, removed: int, total: int) -> Plan:
    return Plan(devices=(replace(CORE1, before_text=lines(total), diff=lines(removed, "-")),))


def with_sessions(*, removed: int, total: int) -> Plan:
    names = tuple(f"BGP session with 192.0.2.{number}" for number in range(removed))
    return Plan(devices=(replace(CORE1, sessions_before=total, sessions_removed=names),))


def test_a_plan_is_by_name_whatever_the_order_it_was_made_in() -> None:
    assert Plan(devices=(CORE2, CORE1)) == Plan(devices=(CORE1, CORE2))


def test_only_what_would_change_counts() -> None:
    plan = Plan(devices=(CORE1, SAME))

    assert plan.changed == (CORE1,)
    assert plan.checksum == Plan(devices=(CORE1,)).checksum


@pytest.mark.parametrize("field", ["node", "text", "before_text", "diff"])
def test_the_checksum_is_another_when_anything_reviewed_is(field: str) -> None:
    other = replace(CORE1, **{field: getattr(CORE1, field) + "x"})

    assert Plan(devices=(other,)).checksum != Plan(devices=(CORE1,)).checksum


@given(st.text(), st.text(), st.text(), st.text())
def test_two_texts_never_share_a_checksum_by_where_they_are_cut(one: str, other: str, third: str, fourth: str) -> None:
    mine = Plan(devices=(replace(CORE1, text=one, before_text=other),))
    yours = Plan(devices=(replace(CORE1, text=third, before_text=fourth),))

    assert (mine.full_checksum == yours.full_checksum) == ((one, other) == (third, fourth))


def test_the_plan_that_was_seen_is_accepted_by_its_twelve_digits() -> None:
    plan = Plan(devices=(CORE1,))

    plan.insist_on(plan.checksum)

    assert len(plan.checksum) == 12


@pytest.mark.parametrize("given_sum", ["", "0" * 12, "abc"])
def test_another_checksum_is_refused(given_sum: str) -> None:
    with pytest.raises(AnotherPlan, match="look at it again"):
        Plan(devices=(CORE1,)).insist_on(given_sum)


def test_the_heads_of_a_diff_are_not_lines_of_it() -> None:
    device = replace(CORE1, diff="--- /etc/a\n+++ /etc/a\n@@ -1,2 +1,2 @@\n same\n-old\n+new\n+newer\n")

    assert (device.lines_removed, device.lines_added) == (1, 2)


def test_a_removed_comment_of_dashes_is_a_line_and_no_head() -> None:
    assert body_of("--- a comment\n-next\n") == ("--- a comment", "-next")


def test_a_router_that_the_review_found_unchanged_has_no_diff(bench: Bench) -> None:
    plan = reviewed(bench.router, text=OLD)

    assert not plan.is_changed


def test_the_review_leaves_nothing_behind(bench: Bench) -> None:
    reviewed(bench.router)

    assert bench.router.staged() is None
    assert bench.router.running_text == OLD


def test_the_review_counts_what_would_go() -> None:
    plan = reviewed(router_called("border1"))

    assert (plan.sessions_before, plan.sessions_removed) == (2, ())
    assert (plan.lines_before, plan.lines_removed, plan.lines_added) == (2, 1, 1)


def test_a_session_that_is_wanted_no_more_is_going_unless_it_was_off() -> None:
    up = SeenSession(remote_address=ip_address("192.0.2.11"), remote_asn=Asn(64501), state=BgpState.ESTABLISHED)
    off = replace(up, remote_address=ip_address("192.0.2.12"), state=BgpState.ADMIN_DOWN)

    assert sessions_going((up, off), StillWanted(), Staged(diff=""), "") == ("BGP session with 192.0.2.11",)


BY_HAND = SeenSession(remote_address=ip_address("192.0.2.21"), remote_asn=Asn(64501), state=BgpState.ESTABLISHED)
OURS = replace(BY_HAND, remote_address=ip_address("2001:db8::22"))
OFF_BY_US = replace(BY_HAND, remote_address=ip_address("192.0.2.23"))
PART = "neighbor 192.0.2.23 shutdown\n"
PART_DIFF = """\
--- system:/running-config
+++ session:/hanse-session-config
@@ -1,5 +1,4 @@
 neighbor 192.0.2.21 remote-as 64501
-neighbor 2001:DB8::0:22 peer group HANSE-PEER-V6
+neighbor 192.0.2.23 shutdown
"""


def test_where_a_part_is_ours_what_was_configured_beside_it_does_not_go() -> None:
    staged = Staged(diff=PART_DIFF, is_whole=False)

    names = sessions_going((BY_HAND, OURS, OFF_BY_US), StillWanted(), staged, PART)

    assert names == ("BGP session with 2001:db8::22", "BGP session with 192.0.2.23")


def test_where_all_is_ours_whatever_is_not_wanted_goes() -> None:
    assert len(sessions_going((BY_HAND, OURS, OFF_BY_US), StillWanted(), Staged(diff=PART_DIFF), PART)) == 3


def test_an_everyday_plan_passes_no_limit() -> None:
    insist_within(Plan(devices=(CORE1, CORE2)))


@pytest.mark.parametrize("plan", [with_sessions(removed=1, total=4), with_sessions(removed=3, total=3)])
def test_a_few_sessions_may_go_whatever_their_share(plan: Plan) -> None:
    assert breaches(plan) == ()


def test_many_sessions_may_not_go_at_once() -> None:
    (breach,) = breaches(with_sessions(removed=60, total=200))

    assert str(breach) == "core1: 60 of 200 BGP sessions would go (30%), 25% may at once"


def test_a_few_lines_may_go_whatever_their_share() -> None:
    assert breaches(large(removed=60, total=60)) == ()


def test_a_large_share_of_lines_may_not_go_at_once() -> None:
    (breach,) = breaches(large(removed=400, total=1000))

    assert str(breach) == "core1: 400 of 1000 lines would go (40%), 30% may at once"


def test_a_share_at_its_limit_passes() -> None:
    assert breaches(large(removed=300, total=1000)) == ()


def test_a_first_installation_removes_nothing() -> None:
    first = replace(CORE1, before_text="", diff=lines(500, "+"))

    assert breaches(Plan(devices=(first,))) == ()


def test_too_many_routers_are_refused_with_all_the_numbers() -> None:
    devices = tuple(replace(CORE1, node=f"core{number}") for number in range(4))
    plan = Plan(devices=(*devices, *large(removed=400, total=1000).devices[:0]))

    with pytest.raises(TooLarge, match="4 routers would change, 3 may at once"):
        insist_within(plan, SafetyLimits(max_routers=3))
