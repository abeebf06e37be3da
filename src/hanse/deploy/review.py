"""What a device makes of a text, before anybody decides: the device's own diff, and what would go."""

from collections.abc import Iterable

from hanse.deploy.health import StillWanted, session_name
from hanse.deploy.plan import DevicePlan, body_of
from hanse.devices.driver import Abilities, Driver
from hanse.network.errors import OutsideError
from hanse.network.seen.bgp import BgpState, SeenSession

REVIEW = "review"  # the name of a candidate that is only looked at


class ReviewedSomethingElse(OutsideError):
    """The device would change by other lines than those reviewed: its configuration changed since. Plan again."""

    retry = False


def review(driver: Driver, *, node: str, kind: str, abilities: Abilities, text: str, wanted: StillWanted) -> DevicePlan:
    """Return the router's part of a plan; the candidate is thrown away again, nothing changes.

    :raises CandidateRefused: the device's own checks say no
    :raises Unreachable:
    """
    before_text = driver.running(text)
    sessions = driver.bgp_sessions()
    diff = driver.stage(REVIEW, text).diff
    driver.discard(REVIEW)
    return DevicePlan(
        node=node,
        driver=kind,
        text=text,
        before_text=before_text,
        diff=diff,
        abilities=abilities,
        sessions_before=len(sessions),
        sessions_removed=sessions_going(sessions, wanted),
        still_wanted=wanted,
    )


def sessions_going(sessions: Iterable[SeenSession], wanted: StillWanted) -> tuple[str, ...]:
    """Return the names of those on the router and not switched off there that are not wanted up any more."""
    return tuple(
        session_name((seen.vrf, seen.remote_address))
        for seen in sessions
        if seen.state is not BgpState.ADMIN_DOWN and (seen.vrf, seen.remote_address) not in wanted.sessions
    )


def insist_on_reviewed(device: DevicePlan, diff: str) -> None:
    """Return if the device's `diff` is the one reviewed; what names the two sides of a diff is not compared.

    :raises ReviewedSomethingElse:
    """
    if body_of(diff) != body_of(device.diff):
        raise ReviewedSomethingElse(
            f"{device.node} would change by other lines than those reviewed: its configuration changed since"
        )
