"""What is seen on routers becomes alerts: one cause is one alert, told once, and it ends by itself."""

from collections.abc import Generator
from dataclasses import replace
from datetime import timedelta
from ipaddress import ip_address
from typing import Final

import pytest

from actions.small_city import FILE, Town, town
from hanse.actions.alert_watch import watch
from hanse.actions.polling import poll
from hanse.actions.recipients import Wish, add_recipient
from hanse.actions.rights import operator
from hanse.monitor.alert_kinds import AlarmKind
from hanse.monitor.telling.targets import Means
from hanse.network.seen.bgp import BgpState, RouteCounts, SeenSession
from hanse.network.seen.device import OspfState
from hanse.network.values.addresses import Family
from hanse.store.models import Alert, Delivery

pytestmark = pytest.mark.django_db(transaction=True)
ALICE: Final = operator("alice")
BOB: Final = "192.0.2.11"
A_WHILE: Final = timedelta(minutes=5)
AT_WORK: Final = FILE.replace("beta:\n    {number: 2,", "beta:\n    {number: 2, status: maintenance,")


@pytest.fixture
def place() -> Generator[Town]:
    """The town, seen once while all is well, with somebody to be told."""
    with town() as found:
        add_recipient(Wish(name="bob", means=Means.EMAIL, target="bob@example.net"), ALICE, world=found.world)
        poll(world=found.world)
        yield found


def look(place: Town, after: timedelta = A_WHILE) -> None:
    """Let time pass, look at everybody, and then do what comes round each minute."""
    place.clock.sleep(after)
    poll(world=place.world)
    watch(place.world)
    place.clock.sleep(timedelta(minutes=1))
    watch(place.world)


def session(place: Town, address: str, state: BgpState) -> None:
    """Let a session of alpha be in a state."""
    device = place.devices["alpha"]
    device.sessions = tuple(
        replace(
            one,
            state=state,
            since=place.clock.now(),
            last_error="Hold Timer Expired",
        )
        if one.remote_address == ip_address(address)
        else one
        for one in device.sessions
    )


def with_routes(place: Town, accepted: int) -> tuple[SeenSession, ...]:
    """Return the sessions of alpha with so many routes each."""
    counts = (RouteCounts(family=Family.IPV4, accepted=accepted),)
    return tuple(
        replace(one, counts=counts) if one.remote_address == ip_address(BOB) else one
        for one in place.devices["alpha"].sessions
    )


def cut_off(place: Town, node: str) -> None:
    """Let everything that the others have towards a router go down."""
    for name, device in place.devices.items():
        if name != node:
            device.ospf = tuple(replace(one, state=OspfState.DOWN) for one in device.ospf)
            device.sessions = tuple(
                one if one.remote_address == ip_address(BOB) else replace(one, state=BgpState.IDLE)
                for one in device.sessions
            )


def standing() -> list[tuple[str, str]]:
    """Return the open alerts that stand on their own."""
    rows = Alert.objects.filter(part_of=None).exclude(state="cleared").order_by("key")
    return [(row.kind, row.node) for row in rows]


def told() -> list[str]:
    """Return what was queued for people, in order."""
    return [f"{one.event} {one.body['alert']['key']}" for one in Delivery.objects.order_by("pk")]


def test_while_all_is_well_there_is_no_alert(place: Town) -> None:
    look(place)

    assert not Alert.objects.exists()


def test_a_session_that_goes_down_is_told_with_its_cause_and_what_it_means(place: Town) -> None:
    session(place, BOB, BgpState.IDLE)
    look(place)

    alert = Alert.objects.get()
    assert (alert.kind, alert.name, alert.asn, alert.site) == (AlarmKind.SESSION_DOWN, "bob", 64501, "hall")
    assert alert.sentence.startswith("alpha: the session bob with AS64501 (192.0.2.11) went down (since ")
    assert alert.sentence.endswith(": Hold Timer Expired; no routes are exchanged there.")
    assert told() == [f"fired {alert.key}"]


def test_nobody_is_told_before_it_has_been_wrong_for_long_enough(place: Town) -> None:
    session(place, BOB, BgpState.IDLE)
    poll(world=place.world)
    place.clock.sleep(place.world.telling.after - timedelta(seconds=1))

    assert watch(place.world) == 0
    place.clock.sleep(timedelta(seconds=1))
    assert watch(place.world) == 1
    assert watch(place.world) == 0


def test_what_is_over_before_anybody_was_told_is_never_told(place: Town) -> None:
    session(place, BOB, BgpState.IDLE)
    poll(world=place.world)
    session(place, BOB, BgpState.ESTABLISHED)
    look(place)

    assert Alert.objects.get().cleared_why == "it came up again"
    assert told() == []


def test_whoever_was_told_is_told_of_the_end(place: Town) -> None:
    session(place, BOB, BgpState.IDLE)
    look(place)
    session(place, BOB, BgpState.ESTABLISHED)
    look(place)

    assert [one.partition(" ")[0] for one in told()] == ["fired", "cleared"]


def test_one_dead_router_is_one_alarm_with_parts(place: Town) -> None:
    place.devices["beta"].reachable = False
    cut_off(place, "beta")
    look(place)

    assert standing() == [(AlarmKind.ROUTER_UNREACHABLE, "beta")]
    assert told() == ["fired router-unreachable beta"]
    assert len(Delivery.objects.get().body["parts"]) == 4  # two adjacencies and two iBGP sessions


def test_the_order_in_which_routers_are_asked_does_not_matter(place: Town) -> None:
    cut_off(place, "beta")
    poll(world=place.world, limit=["alpha"])
    assert (AlarmKind.NEIGHBOUR_DOWN, "alpha") in standing()
    place.devices["beta"].reachable = False
    look(place, after=timedelta(seconds=30))

    assert standing() == [(AlarmKind.ROUTER_UNREACHABLE, "beta")]
    assert told() == ["fired router-unreachable beta"]


def test_what_a_dead_router_left_behind_stands_on_its_own_when_it_answers_again(place: Town) -> None:
    place.devices["beta"].reachable = False
    cut_off(place, "beta")
    look(place)
    place.devices["beta"].reachable = True
    look(place)
    look(place)

    assert {kind for kind, _ in standing()} == {AlarmKind.NEIGHBOUR_DOWN, AlarmKind.SESSION_DOWN}
    assert told()[:2] == ["fired router-unreachable beta", "cleared router-unreachable beta"]
    assert len(told()) == 4


def test_what_recovers_with_the_router_is_never_told(place: Town) -> None:
    before = (place.devices["alpha"].ospf, place.devices["alpha"].sessions)
    place.devices["beta"].reachable = False
    cut_off(place, "beta")
    look(place)
    place.devices["beta"].reachable = True
    look(place)
    place.devices["alpha"].ospf, place.devices["alpha"].sessions = before
    poll(world=place.world)

    assert standing() == []


def test_a_port_that_is_down_explains_the_adjacencies_over_it(place: Town) -> None:
    cut_off(place, "beta")
    alpha = place.devices["alpha"]
    alpha.interfaces = tuple(replace(one, is_up=one.name != "to-beta") for one in alpha.interfaces)
    look(place)

    assert (AlarmKind.LINK_DOWN, "alpha") in standing()
    assert AlarmKind.NEIGHBOUR_DOWN not in {kind for kind, _ in standing()}


def test_both_ends_of_a_dead_link_are_one_alarm(place: Town) -> None:
    for device in place.devices.values():
        device.interfaces = tuple(replace(one, is_up=not one.name.startswith("to-")) for one in device.interfaces)
    look(place)

    assert standing() == [(AlarmKind.LINK_DOWN, "alpha")]
    assert told() == ["fired link-down alpha to-beta"]


def test_a_dead_port_at_an_exchange_explains_its_sessions(place: Town) -> None:
    alpha = place.devices["alpha"]
    alpha.interfaces = tuple(replace(one, is_up=one.name != "lan") for one in alpha.interfaces)
    session(place, BOB, BgpState.IDLE)
    look(place)

    assert standing() == [(AlarmKind.LINK_DOWN, "alpha")]


def test_a_session_that_lost_most_routes_is_over_when_they_are_back(place: Town) -> None:
    alpha = place.devices["alpha"]
    few = with_routes(place, 10)
    alpha.sessions = many = with_routes(place, 1000)
    poll(world=place.world)
    alpha.sessions = few
    look(place)
    assert "10 of 1000 are left" in Alert.objects.get().sentence
    alpha.sessions = many
    look(place)

    assert Alert.objects.get().cleared_why == "it has 1000 routes again"


def test_what_flaps_is_told_once_and_over_when_it_holds_still(place: Town) -> None:
    for _ in range(6):
        session(place, BOB, BgpState.IDLE)
        look(place)
        session(place, BOB, BgpState.ESTABLISHED)
        look(place)

    flapping = Alert.objects.exclude(state="cleared").get()
    assert (flapping.count, "It flaps: 6 times in a row" in flapping.sentence) == (6, True)
    assert [one.partition(" ")[0] for one in told()] == ["fired", "cleared", "fired", "cleared", "fired"]
    look(place, after=timedelta(minutes=40))
    assert standing() == []


def test_nobody_is_told_of_what_is_in_maintenance_nor_of_its_other_end(place: Town) -> None:
    place.wants(AT_WORK)
    place.devices["beta"].reachable = False
    cut_off(place, "beta")
    look(place)

    assert set(Alert.objects.values_list("is_quiet", flat=True)) == {True}
    assert told() == []


def test_what_is_still_wrong_when_maintenance_ends_is_told(place: Town) -> None:
    place.wants(AT_WORK)
    place.devices["beta"].reachable = False
    cut_off(place, "beta")
    look(place)
    place.wants(FILE)
    look(place)

    assert told() == ["fired router-unreachable beta"]


def test_what_is_wanted_no_more_is_over(place: Town) -> None:
    session(place, BOB, BgpState.IDLE)
    look(place)
    place.wants(FILE.replace("addresses: [192.0.2.11]", "addresses: [192.0.2.11], status: disabled"))
    look(place)

    assert Alert.objects.get().cleared_why == "nobody wants it any more"


def test_what_is_switched_off_for_a_while_is_not_alarmed(place: Town) -> None:
    place.devices["beta"].reachable = False
    look(place)
    place.wants(FILE.replace("beta:\n    {number: 2,", "beta:\n    {number: 2, status: offline,"))
    watch(place.world)

    assert standing() == []


def test_many_of_a_kind_on_one_router_are_one_message(place: Town) -> None:
    numbers = range(20, 30)
    peers = "".join(
        f", peer{one}: {{asn: 64501, relationship: peer, connection: pix, addresses: [192.0.2.{one}]}}"
        for one in numbers
    )
    place.wants(FILE.replace("addresses: [192.0.2.11]}}", f"addresses: [192.0.2.11]}}{peers}}}"))
    alpha = place.devices["alpha"]
    bob = next(one for one in alpha.sessions if one.remote_address == ip_address(BOB))
    alpha.sessions += tuple(replace(bob, remote_address=ip_address(f"192.0.2.{one}")) for one in numbers)
    poll(world=place.world)
    for one in numbers:
        session(place, f"192.0.2.{one}", BgpState.IDLE)
    look(place)

    assert told() == ["fired session-down alpha 192.0.2.20"]
    assert len(Delivery.objects.get().body["parts"]) == 9
