"""What a device makes of a text, before anybody decides: the device's own diff, and what would go."""

from collections.abc import Iterable, Iterator
from ipaddress import ip_address
from typing import Final

from hanse.deploy.health import StillWanted, session_name
from hanse.deploy.plan import DevicePlan, body_of
from hanse.devices.driver import Abilities, Driver, Staged
from hanse.network.errors import OutsideError
from hanse.network.seen.bgp import BgpState, SeenSession
from hanse.network.values.addresses import Address

AROUND_AN_ADDRESS: Final = "[]{}();,\"'"
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
    staged = driver.stage(REVIEW, text)
    driver.discard(REVIEW)
    return DevicePlan(
        node=node,
        driver=kind,
        text=text,
        before_text=before_text,
        diff=staged.diff,
        abilities=abilities,
        sessions_before=len(sessions),
        sessions_removed=sessions_going(sessions, wanted, staged, text),
        still_wanted=wanted,
    )


def sessions_going(sessions: Iterable[SeenSession], wanted: StillWanted, staged: Staged, text: str) -> tuple[str, ...]:
    """Return the names of the sessions on the router that `text` takes away or switches off.

    Where the text is a part of the configuration only, what somebody configured beside it stays. Of those that
    are not wanted, then, the ones go that the device's diff takes lines from, and the ones that the text names:
    they are switched off in it. The same address in two VRFs is not told apart here, and is told rather than hidden.
    """
    leaving = _not_wanted(sessions, wanted)
    if leaving and not staged.is_whole:
        taken = [line[1:] for line in body_of(staged.diff) if line.startswith("-")]
        named = frozenset(addresses_in("\n".join((*taken, text))))
        leaving = tuple(seen for seen in leaving if seen.remote_address in named)
    return tuple(session_name((seen.vrf, seen.remote_address)) for seen in leaving)


def addresses_in(text: str) -> Iterator[Address]:
    """Yield the addresses in a configuration, however they are written; prefixes are none.

    >>> [str(found) for found in addresses_in("neighbor 192.0.2.11 {\\n 2001:DB8::0:1; 192.0.2.0/24")]
    ['192.0.2.11', '2001:db8::1']
    """
    for word in text.split():
        bare = word.strip(AROUND_AN_ADDRESS)
        if "." in bare or ":" in bare:
            try:
                yield ip_address(bare)
            except ValueError:
                continue


def _not_wanted(sessions: Iterable[SeenSession], wanted: StillWanted) -> tuple[SeenSession, ...]:
    """Return those that are not switched off on the router and not wanted up any more."""
    return tuple(
        seen
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
