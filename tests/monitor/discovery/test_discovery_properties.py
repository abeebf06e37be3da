"""Whatever was configured by hand is found once, can be written down, and is not found again."""

from ipaddress import ip_address, ip_interface

from hypothesis import given
from hypothesis import strategies as st

from actions.by_hand import VENDORS
from actions.small_city import network
from hanse.derive.devices import device_spec
from hanse.derive.expected import wanted_sessions
from hanse.monitor.discovery.acceptance import accepted, edits_for
from hanse.monitor.discovery.findings import Finding, findings
from hanse.monitor.discovery.sessions import NOTHING_REGISTERED, Offer, offers
from hanse.network.seen.bgp import GLOBAL_VRF, BgpState, SeenSession
from hanse.network.values.asn import Asn
from hanse.network.wanted.edits import edited
from hanse.network.wanted.network import Network
from hanse.network.wanted.problems import problems
from hanse.network.wanted.sessions import Relationship

TOWN = network(VENDORS)
CARRIED = tuple(
    (ip_interface(address), port)
    for address, port in (("192.0.2.1/24", "lan"), ("198.51.100.1/24", "eth1"), ("2001:db8:7::1/64", "eth1"))
)
NEIGHBOURS = (
    *(f"192.0.2.{number}" for number in range(12, 16)),
    *(f"198.51.100.{number}" for number in range(2, 8)),
    *(f"2001:db8:7::{number:x}" for number in range(2, 8)),
    "203.0.113.9",
)
places = st.tuples(st.sampled_from((GLOBAL_VRF, "blue")), st.sampled_from(NEIGHBOURS))
words = st.sampled_from(("", "Carol", "carol v6", "CAROL!", "as64502 alpha", "x"))


@st.composite
def routers(draw: st.DrawFn) -> tuple[SeenSession, ...]:
    """Return sessions that were configured by hand in two VRFs, each at a place of its own."""
    return tuple(
        SeenSession(
            vrf=vrf,
            remote_address=ip_address(address),
            remote_asn=Asn(draw(st.integers(64502, 64504))),
            local_address=ip_address("10.20.0.1") if address.startswith("203.") else None,
            state=draw(st.sampled_from((BgpState.ESTABLISHED, BgpState.ADMIN_DOWN, BgpState.ACTIVE))),
            description=draw(words),
        )
        for vrf, address in draw(st.lists(places, unique=True, max_size=30))
    )


def compared(wanted: Network, seen: tuple[SeenSession, ...]) -> tuple[tuple[Finding, ...], tuple[Offer, ...]]:
    spec = device_spec(wanted, "alpha")
    mine = tuple(one for one in seen if one.remote_asn.number >= 64502)
    kept = tuple(
        SeenSession(remote_address=one.remote_address, remote_asn=one.remote_asn, state=BgpState.ACTIVE)
        for one in wanted_sessions(device_spec(TOWN, "alpha"))
    )
    found = findings(wanted, spec, (*kept, *mine), CARRIED)
    return found, offers(wanted, "alpha", found)


@given(routers())
def test_everything_is_offered_once(seen: tuple[SeenSession, ...]) -> None:
    _, offered = compared(TOWN, seen)

    places = [one.place for offer in offered for one in offer.findings]
    assert sorted(places, key=str) == sorted(((one.vrf, one.remote_address) for one in seen), key=str)
    assert len({offer.session.name.lower() for offer in offered}) == len(offered)


@given(routers())
def test_what_was_accepted_is_sound_and_not_found_again(seen: tuple[SeenSession, ...]) -> None:
    _, offered = compared(TOWN, seen)
    keys = {one.key for offer in offered for one in offer.findings}
    sessions = accepted(offered, keys, {})

    after = edited(TOWN, edits_for(TOWN, "alpha", sessions, NOTHING_REGISTERED))

    assert problems(after) == ()
    assert compared(after, seen) == ((), ())


@given(routers(), st.data())
def test_what_was_not_chosen_is_found_again_and_nothing_else(
    seen: tuple[SeenSession, ...], data: st.DataObject
) -> None:
    _, offered = compared(TOWN, seen)
    keys = [one.key for offer in offered for one in offer.findings]
    chosen = set(data.draw(st.lists(st.sampled_from(keys), unique=True))) if keys else set()
    said = dict.fromkeys(chosen, Relationship.CUSTOMER)

    sessions = accepted(offered, chosen, said)
    _, again = compared(edited(TOWN, edits_for(TOWN, "alpha", sessions, NOTHING_REGISTERED)), seen)

    assert {one.key for offer in again for one in offer.findings} == set(keys) - chosen
    assert {one.session.relationship for one in sessions} <= {Relationship.CUSTOMER}
    assert sum(len(one.session.addresses) for one in sessions) == len(chosen)
