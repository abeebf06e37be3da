"""Reading PeeringDB into the store: everything, then what changed, through every bad day."""

from collections.abc import Generator
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest

from actions.small_city import QuietWorld, quiet_world
from fakes.clock import FakeClock
from fakes.peeringdb_server import PeeringdbServer, Said, peeringdb_server
from hanse.actions import peeringdb as syncing
from hanse.actions.peeringdb import NoPeeringdb, Step, Synced, SyncWish, sync
from hanse.actions.rights import NotAllowed, Person, operator
from hanse.network.known.peeringdb import PeeringdbKind
from hanse.registries.peering import PeeringdbMeans
from hanse.registries.peeringdb.client import Peeringdb
from hanse.store import peeringdb
from hanse.store.models import AuditEntry, KnownContact, KnownMember, KnownNetwork

pytestmark = pytest.mark.django_db(transaction=True)
ALICE = operator("alice")
DAY = timedelta(days=1)


@dataclass
class Place:
    """A PeeringDB, a clock, and the world that asks one by the other."""

    server: PeeringdbServer
    clock: FakeClock
    world: QuietWorld

    def asks(self, **words: object) -> None:
        """Ask otherwise from now on."""
        registry = replace(self.world.peeringdb.registry, **words)  # type: ignore[type-var]
        self.world = replace(self.world, peeringdb=replace(self.world.peeringdb, registry=registry))

    def sync(self, **wish: bool) -> dict[str, Synced]:
        """Sync, and return what came of each kind."""
        return {one.kind.value: one for one in sync(ALICE, world=self.world, wish=SyncWish(**wish))}


@pytest.fixture
def place() -> Generator[Place]:
    with peeringdb_server() as server:
        clock = FakeClock()
        means = PeeringdbMeans(registry=Peeringdb(url=server.url, now=clock.now))
        yield Place(server=server, clock=clock, world=replace(quiet_world(), clock=clock, peeringdb=means))


def test_the_first_sync_reads_everything(place: Place) -> None:
    synced = place.sync()

    assert all(one.is_well and one.is_full for one in synced.values())
    assert {kind: one.rows for kind, one in synced.items()} == {
        kind: len(rows) - (kind == "poc") for kind, rows in place.server.rows.items()
    }
    assert [one.rows for one in peeringdb.freshness()] == [1, 1, 2, 1, 4, 2, 3, 4, 3, 5, 1, 1, 2]


def test_a_second_sync_asks_for_what_changed_only(place: Place) -> None:
    place.sync()
    place.clock.sleep(DAY)
    place.server.asked.clear()

    synced = place.sync()

    assert all("since" in one.words for one in place.server.asked)
    assert len(place.server.asked) == len(PeeringdbKind)
    assert {one.read for one in synced.values()} == {0}
    assert {one.good_at for one in peeringdb.freshness()} == {place.clock.now()}


def test_what_changed_appears_and_what_was_deleted_goes(place: Place) -> None:
    place.sync()
    place.clock.sleep(DAY)
    place.server.change("net", 1, place.clock.now(), policy_general="No")
    place.server.remove("netixlan", 3, place.clock.now())

    synced = place.sync()

    bob = peeringdb.network(64501)
    assert bob is not None
    assert bob.policy_general == "No"
    assert not KnownMember.objects.filter(pk=3).exists()
    assert (synced["netixlan"].gone, synced["netixlan"].rows) == (1, 4)


def test_what_was_deleted_before_anybody_saw_it_never_appears(place: Place) -> None:
    place.sync()
    place.clock.sleep(DAY)
    place.server.change("net", 99, place.clock.now(), status="deleted", name="Never", asn=64511)

    synced = place.sync()

    assert (synced["net"].read, synced["net"].gone) == (1, 0)
    assert not KnownNetwork.objects.filter(pk=99).exists()


def test_a_sync_that_was_cut_goes_on_at_the_page_where_it_was(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(syncing, "PAGE", 2)
    monkeypatch.setattr("hanse.store.peeringdb_writes.OVERLAP", 0)
    heard: list[Step] = []

    class Cut(Exception):
        """The worker dies."""

    def told(step: Step) -> None:
        heard.append(step)
        if step.kind is PeeringdbKind.MEMBER and step.read == 4:
            raise Cut

    with pytest.raises(Cut):
        sync(ALICE, world=place.world, told=told)
    assert KnownMember.objects.count() == 4
    place.server.asked.clear()

    synced = place.sync()

    assert [one["skip"] for one in place.server.questions("netixlan")] == ["4", "5"]
    assert synced["netixlan"].is_full
    assert KnownMember.objects.count() == 5
    assert all("since" in one for one in place.server.questions("net"))


def test_every_page_is_put_down_before_the_next_is_asked_for(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(syncing, "PAGE", 2)
    monkeypatch.setattr("hanse.store.peeringdb_writes.OVERLAP", 1)
    counted: list[int] = []

    def told(step: Step) -> None:
        if step.kind is PeeringdbKind.MEMBER:
            counted.append(KnownMember.objects.count())

    sync(ALICE, world=place.world, told=told)

    assert counted == [0, 2, 3, 4, 5, 5]


def test_rows_that_go_while_pages_are_read_hide_no_other(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(syncing, "PAGE", 3)
    monkeypatch.setattr("hanse.store.peeringdb_writes.OVERLAP", 1)

    def told(step: Step) -> None:
        if step.kind is PeeringdbKind.MEMBER and step.read == 3:
            place.server.remove("netixlan", 1, place.clock.now())

    sync(ALICE, world=place.world, told=told)

    assert set(KnownMember.objects.values_list("pk", flat=True)) == {1, 2, 3, 4, 5}
    place.sync()
    assert set(KnownMember.objects.values_list("pk", flat=True)) == {2, 3, 4, 5}


def test_a_server_that_gives_fewer_rows_than_asked_for_is_read_to_its_end(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hanse.store.peeringdb_writes.OVERLAP", 1)
    place.server.most = 2

    synced = place.sync()

    assert synced["netixlan"].rows == 5


def test_a_copy_that_knows_no_pages_is_read_once(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(syncing, "PAGE", 2)
    place.server.knows_pages = False

    synced = place.sync()

    assert synced["netixlan"].rows == 5
    assert len(place.server.questions("netixlan")) == 1


def test_429_is_waited_for_as_long_as_the_server_says(place: Place) -> None:
    place.server.bad_days.append(Said(status=429, headers={"Retry-After": "47"}))
    waits: list[timedelta] = []

    synced = sync(ALICE, world=place.world, told=lambda step: waits.append(step.wait))

    assert all(one.is_well for one in synced)
    assert place.clock.passed == timedelta(seconds=48)
    assert max(waits) == timedelta(seconds=48)


def test_whoever_is_told_may_end_a_wait(place: Place) -> None:
    place.server.bad_days.append(Said(status=429, headers={"Retry-After": "800"}))

    class Enough(Exception):
        """Somebody wants it to stop."""

    def told(step: Step) -> None:
        if timedelta(0) < step.wait < timedelta(seconds=700):
            raise Enough

    with pytest.raises(Enough):
        sync(ALICE, world=place.world, told=told)

    assert place.clock.passed < timedelta(seconds=110)


def test_a_reply_that_shrank_is_refused_and_what_was_known_stays(place: Place) -> None:
    place.sync()
    for number in range(10, 40):
        place.server.change("netfac", number, place.clock.now(), net_id=1, fac_id=1)
    place.sync(full=True)
    place.clock.sleep(DAY)
    place.server.rows["netfac"] = place.server.rows["netfac"][:20]

    synced = place.sync(full=True)

    assert "leaves out 13 of 33 rows of netfac" in synced["netfac"].refused
    fresh = {one.kind.value: one for one in peeringdb.freshness()}["netfac"]
    assert fresh.rows == 33
    assert fresh.good_at == place.clock.now() - DAY
    assert fresh.refused == synced["netfac"].refused
    assert synced["poc"].is_well


def test_after_a_refusal_what_changes_is_read_all_the_same(place: Place) -> None:
    place.sync()
    whole, place.server.rows["netfac"] = place.server.rows["netfac"], []
    place.sync(full=True)
    place.server.rows["netfac"] = whole
    place.clock.sleep(40 * DAY)
    place.server.change("netfac", 1, place.clock.now(), fac_id=2)

    synced = place.sync()

    assert (synced["netfac"].is_full, synced["netfac"].read) == (False, 1)
    assert {one.kind.value: one for one in peeringdb.freshness()}["netfac"].refused


def test_what_is_accepted_goes_and_is_on_record(place: Place) -> None:
    place.sync()
    place.server.rows["netfac"] = []
    place.sync(full=True)

    synced = place.sync(accept=True)

    assert (synced["netfac"].rows, synced["netfac"].gone, synced["net"].is_full) == (0, 3, False)
    assert not {one.kind.value: one for one in peeringdb.freshness()}["netfac"].refused
    entry = AuditEntry.objects.get()
    assert (entry.who, entry.before) == ("alice", {"netfac": 3})


def test_nobody_accepts_what_was_not_refused_before(place: Place) -> None:
    place.sync()
    place.server.rows["netfac"] = []

    synced = place.sync(full=True, accept=True)

    assert synced["netfac"].refused
    assert not AuditEntry.objects.exists()


def test_too_many_deleted_at_once_are_refused_in_what_changed_too(place: Place) -> None:
    for number in range(10, 40):
        place.server.change("netfac", number, place.clock.now(), net_id=1, fac_id=1)
    place.sync()
    place.clock.sleep(DAY)
    for number in range(10, 20):
        place.server.remove("netfac", number, place.clock.now())

    refused = place.sync()
    again = place.sync()
    accepted = place.sync(accept=True)

    assert "10 of 33" in refused["netfac"].refused
    assert "10 of 33" in again["netfac"].refused
    assert accepted["netfac"].rows == 23


def test_pages_that_repeat_themselves_are_refused(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(syncing, "PAGE", 2)
    monkeypatch.setattr("hanse.store.peeringdb_writes.OVERLAP", 0)
    right = place.server.answer
    monkeypatch.setattr(place.server, "answer", lambda kind, words: right(kind, words | {"skip": "0"}))

    synced = place.sync()

    assert all("repeats rows of" in one.error for one in synced.values())
    assert len(place.server.asked) < 4 * len(PeeringdbKind)


def test_the_key_is_told_and_shows_more(place: Place) -> None:
    place.server.key = "a1b2"
    strangers = place.sync()["poc"].rows
    place.asks(key="a1b2")

    synced = place.sync()

    assert place.server.asked[-1].key == "a1b2"
    assert (strangers, synced["poc"].rows, synced["poc"].is_full) == (1, 2, True)


def test_private_contacts_are_never_kept(place: Place) -> None:
    place.sync()
    assert KnownContact.objects.filter(pk=2).exists()
    place.clock.sleep(DAY)
    place.server.change("poc", 2, place.clock.now(), visible="Private")

    place.sync()

    assert not KnownContact.objects.exclude(pk=1).exists()


def test_a_server_that_is_down_is_said_and_nothing_is_lost(place: Place) -> None:
    place.sync()
    place.asks(url="http://127.0.0.1:9/api")
    place.clock.sleep(DAY)

    synced = place.sync()

    assert [*synced] == ["org"]
    assert "127.0.0.1 does not answer" in synced["org"].error
    assert KnownNetwork.objects.count() == 4
    fresh = peeringdb.freshness()[0]
    assert (fresh.error, fresh.good_at) == (synced["org"].error, place.clock.began)


def test_half_a_reply_is_no_reply(place: Place) -> None:
    place.sync()
    place.clock.sleep(DAY)
    place.server.change("net", 1, place.clock.now(), name="Robert")
    place.server.bad_days.extend([Said(to="net", cut=9)] * 3)

    cut = place.sync()
    well = place.sync()

    assert "does not answer" in cut["net"].error
    assert well["net"].is_well
    assert peeringdb.networks([64501])[64501].name == "Robert"


def test_a_kind_that_makes_no_sense_does_not_keep_others_from_being_read(place: Place) -> None:
    place.server.bad_days.append(Said(to="fac", body=b'{"data": [{"id": 1, "status": "ok"}]}'))

    synced = place.sync()

    assert synced["fac"].error == "fac 1 has no updated"
    assert synced["poc"].is_well


def test_a_row_that_makes_no_sense_is_passed_over_and_its_old_self_stays(place: Place) -> None:
    place.sync()
    place.clock.sleep(DAY)
    place.server.change("net", 1, place.clock.now(), asn=-1)

    synced = place.sync(full=True)

    assert synced["net"].passed_over == ("net 1: asn is -1",)
    assert (synced["net"].rows, peeringdb.network(64501) is None) == (4, False)


def test_a_row_that_comes_twice_in_one_answer_is_kept_once(place: Place) -> None:
    twice = place.server.rows["net"][0]
    place.server.rows["net"].append(twice | {"name": "Robert"})

    place.sync()

    assert [one.name for one in KnownNetwork.objects.filter(asn=64501)] == ["Robert"]


def test_everything_is_read_anew_after_a_month(place: Place) -> None:
    place.sync()
    place.clock.sleep(31 * DAY)

    synced = place.sync()

    assert all(one.is_full for one in synced.values())


def test_two_at_once_do_not_read_the_same_page(place: Place) -> None:
    other: list[Synced] = []

    def told(step: Step) -> None:
        if step.kind is PeeringdbKind.NETWORK and step.read and not other:
            other.extend(sync(ALICE, world=place.world))

    mine = sync(ALICE, world=place.world, told=told)

    assert all(one.is_well for one in other)
    assert mine[-1].error == "somebody else reads net from PeeringDB at this moment"
    assert KnownNetwork.objects.count() == 4


def test_where_there_is_no_peeringdb_nobody_asks_it(place: Place) -> None:
    place.asks(url="")

    with pytest.raises(NoPeeringdb):
        place.sync()


def test_nobody_syncs_without_the_right(place: Place) -> None:
    with pytest.raises(NotAllowed):
        sync(Person(who="bob", door="web", granted=()), world=place.world)
    assert not place.server.asked
