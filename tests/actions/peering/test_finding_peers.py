"""Whom we could peer with, and adding all sessions with them in one step."""

from dataclasses import replace
from datetime import timedelta

import pytest

from actions.peering.conftest import BOTH
from actions.small_city import Town
from hanse.actions.drafts import operations
from hanse.actions.peering.finding import NoSuchExchange, PossiblePeer, possible_peers
from hanse.actions.peering.hiding import NotADay, hidden_list, hide, show
from hanse.actions.peering.joining import Joined, NotABeginning, NothingLacks, Wish, add_peers
from hanse.actions.rights import Granted, NotAllowed, Person, Right, operator
from hanse.network.values.asn import Asn
from hanse.network.wanted.peering import Kept
from hanse.network.wanted.sessions import FamilyNumbers, Relationship, SessionStatus
from hanse.store import snapshot
from hanse.store.models import AuditEntry, ChangeSet, KnownMember
from samples.peeringdb_rows import say_of

pytestmark = pytest.mark.django_db
ALICE = operator("alice")
BOB = Person(who="bob", door="page", granted=(Granted(rights=frozenset({Right.VIEW})),))
CAROL = Person(who="carol", door="page", granted=(Granted(rights=frozenset({Right.CHANGE}), asns=frozenset({64502})),))
AT_ONCE = Wish(at_once=True)


def found(place: Town, person: Person = ALICE) -> dict[int, PossiblePeer]:
    return {one.asn: one for one in possible_peers("pix", person, world=place.world)}


def add(place: Town, *asns: int, wish: Wish = AT_ONCE, person: Person = ALICE) -> Joined:
    return add_peers(peers={"pix": asns}, wish=wish, person=person, world=place.world)


def test_members_without_a_session_are_suggested_and_we_are_not(place: Town) -> None:
    peers = found(place)

    assert list(peers) == [64501, 64502, 64503, 64504, 64506, 64507, 64508, 64510]
    assert (peers[64506].name, peers[64506].policy, peers[64506].speed) == ("Senne Fibre", "Open", 10000)
    assert peers[64506].addresses == ("192.0.2.16", "2001:db8:100::16")


def test_a_member_with_one_family_only_lacks_the_other(place: Town) -> None:
    peer = found(place)[64501]

    assert peer.addresses == ("2001:db8:100::11",)
    assert peer.standing == "partly"


def test_whoever_is_peered_with_in_full_is_not_suggested(place: Town) -> None:
    add(place, 64501, 64506)

    assert found(place).keys() & {64501, 64506} == set()


def test_an_unknown_exchange_is_answered_with_the_nearest(place: Town) -> None:
    with pytest.raises(NoSuchExchange, match="did you mean pix"):
        possible_peers("pixx", ALICE, world=place.world)


def test_added_at_once_both_families_are_one_session_and_the_network_is_as_peeringdb_says(place: Town) -> None:
    joined = add(place, 64506)

    network = snapshot.load()
    session, wanted = network.sessions["pix-senne-fibre"], network.autonomous_systems[Asn(64506)]
    assert joined.sessions == ("pix-senne-fibre",)
    assert tuple(map(str, session.addresses)) == ("192.0.2.16", "2001:db8:100::16")
    assert (session.status, session.relationship) == (SessionStatus.REQUESTED, Relationship.PEER)
    assert (wanted.name, wanted.as_set, wanted.max_prefixes) == (
        "Senne Fibre",
        "AS-SENNE",
        FamilyNumbers(ipv4=40, ipv6=20),
    )
    assert wanted.keep == tuple(Kept)


def test_adding_is_one_change_set_with_an_entry_an_object(place: Town) -> None:
    joined = add(place, 64506, 64507)

    taken = ChangeSet.objects.get(pk=joined.change_set or 0)
    assert taken.title == "Peer at pix with AS64506, AS64507"
    assert AuditEntry.objects.filter(change_set=taken).count() == 4


def test_a_session_with_the_other_family_gets_the_address_that_lacks(place: Town) -> None:
    joined = add(place, 64501)

    session = snapshot.load().sessions["bob"]
    assert joined.sessions == ("bob",)
    assert tuple(map(str, session.addresses)) == ("192.0.2.11", "2001:db8:100::11")
    assert session.status is SessionStatus.ENABLED


def test_a_route_server_is_one_to_us(place: Town) -> None:
    add(place, 64510)

    assert snapshot.load().sessions["pix-pix-route-server"].relationship is Relationship.ROUTE_SERVER


def test_a_network_without_a_name_is_added_with_its_number(place: Town) -> None:
    say_of(64506, name="", irr_as_set="no set!", info_prefixes4=None, info_prefixes6=None)

    joined = add(place, 64506)

    assert joined.sessions == ("pix-as64506",)
    assert snapshot.load().autonomous_systems[Asn(64506)].keep == ()


def test_every_router_of_a_member_gets_a_session_with_a_name_of_its_own(place: Town) -> None:
    first = KnownMember.objects.get(asn=64506)
    first.pk, first.ipaddr4, first.ipaddr6 = 99, "192.0.2.99", ""
    first.save()

    assert add(place, 64506).sessions == ("pix-senne-fibre", "pix-senne-fibre-2")


def test_a_session_that_ended_begins_anew(place: Town) -> None:
    for status in ("decommissioning", "decommissioned"):
        place.wants(BOTH.replace("relationship: peer", f"relationship: peer, status: {status}"))

    joined = add(place, 64501, wish=replace(AT_ONCE, status=SessionStatus.PROVISIONING))

    session = snapshot.load().sessions["bob"]
    assert joined.sessions == ("bob",)
    assert session.status is SessionStatus.PROVISIONING
    assert len(session.addresses) == 2


def test_what_is_added_into_a_draft_waits_there(place: Town) -> None:
    joined = add(place, 64506, wish=Wish(status=SessionStatus.PROVISIONING))

    assert joined.change_set is None
    assert "pix-senne-fibre" not in snapshot.load().sessions
    assert [one.kind for one in operations(joined.draft or 0, ALICE)] == ["autonomous_systems", "sessions"]


def test_two_steps_into_one_draft_do_not_take_one_name_twice(place: Town) -> None:
    say_of(64507, name="Senne.Fibre")
    first = add(place, 64506, wish=Wish())

    second = add(place, 64507, wish=Wish(draft=first.draft))

    assert second.sessions == ("pix-senne-fibre-2",)
    assert second.draft == first.draft


def test_nobody_is_added_who_is_no_member(place: Town) -> None:
    with pytest.raises(NothingLacks, match="AS64511"):
        add(place, 64506, 64511)

    assert "pix-senne-fibre" not in snapshot.load().sessions


def test_a_session_does_not_begin_enabled(place: Town) -> None:
    with pytest.raises(NotABeginning):
        add(place, 64506, wish=replace(AT_ONCE, status=SessionStatus.ENABLED))


@pytest.mark.parametrize(("person", "asn"), [(BOB, 64506), (CAROL, 64506)])
def test_nobody_adds_what_they_may_not_change(place: Town, person: Person, asn: int) -> None:
    with pytest.raises((NotAllowed, NoSuchExchange)):
        add(place, asn, person=person)


def test_who_is_hidden_is_marked_until_the_day_comes(place: Town) -> None:
    today = place.clock.now().date()
    hide(asn=64506, exchange="pix", until=today + timedelta(days=30), why="no answer", person=ALICE, world=place.world)

    peer = found(place)[64506]
    place.clock.sleep(timedelta(days=30))

    assert (peer.is_hidden, peer.hidden_why, peer.hidden_by) == (True, "no answer", "alice")
    assert not found(place)[64506].is_hidden


def test_hiding_at_one_exchange_hides_nowhere_else_and_can_be_taken_back(place: Town) -> None:
    day = place.clock.now().date() + timedelta(days=3)
    hide(asn=64506, exchange="", until=day, why="", person=ALICE, world=place.world)
    assert found(place)[64506].is_hidden

    show(asn=64506, exchange="", person=ALICE, world=place.world)

    assert not found(place)[64506].is_hidden
    assert not hidden_list(ALICE, world=place.world).exists()
    assert list(AuditEntry.objects.filter(kind="hidden-peer").values_list("action", flat=True)) == [
        "hide peer",
        "show peer",
    ]


def test_a_day_that_is_over_hides_nothing(place: Town) -> None:
    with pytest.raises(NotADay):
        hide(asn=64506, exchange="pix", until=place.clock.now().date(), why="", person=ALICE, world=place.world)
