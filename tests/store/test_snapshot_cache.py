"""What was read is kept, and never seen where it does not hold."""

import threading
from collections.abc import Callable

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from actions.small_city import ALICE, FILE, network
from fakes.clock import FakeClock
from hanse.actions.wanted import import_network
from hanse.network.wanted.network import Network
from hanse.store import revision, snapshot, standings
from hanse.store.audit import ObjectChange
from hanse.store.models import Revision, WantedObject

DEARER = FILE.replace("cost: 10", "cost: 20")
pytestmark = pytest.mark.django_db(transaction=True)


def wants(text: str = FILE) -> None:
    import_network(network=network(text), author=ALICE, clock=FakeClock())


def queries(work: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as captured:
        work()
    return len(captured)


def edit(cost: int) -> None:
    """Change one object as drafts do."""
    row = WantedObject.objects.get(kind="link_classes")
    change = ObjectChange(
        kind=row.kind, name=row.name, before=row.body, after={**row.body, "cost": cost}, version=row.version
    )
    with transaction.atomic():
        standings.write_wanted((change,), at=FakeClock().now())


def cost_of(found: Network) -> int | None:
    return found.link_classes["fibre"].cost


def elsewhere(work: Callable[[], object]) -> object:
    """Return what `work` returns in a thread with a connection of its own."""
    results: list[object] = []

    def run() -> None:
        try:
            results.append(work())
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    return results[0]


def test_a_network_is_read_once() -> None:
    wants()

    assert snapshot.load() is snapshot.load()
    assert queries(snapshot.load) == 1


def test_after_an_edit_only_what_was_written_is_read_anew() -> None:
    wants()
    before = snapshot.load()

    edit(30)
    after = snapshot.load()

    assert cost_of(after) == 30
    assert after.nodes is before.nodes
    assert after == network(FILE.replace("cost: 10", "cost: 30"))


def test_what_a_transaction_wrote_is_seen_inside_and_by_nobody_else() -> None:
    wants()
    seen: list[object] = []

    with transaction.atomic():
        wants(DEARER)
        seen.append(cost_of(snapshot.load()))
        seen.append(elsewhere(lambda: cost_of(snapshot.load())))
        transaction.set_rollback(True)

    assert seen == [20, 10]
    assert cost_of(snapshot.load()) == 10


def test_a_number_that_was_taken_back_and_given_again_stands_for_something_else() -> None:
    wants()
    with transaction.atomic():
        wants(DEARER)
        snapshot.load()
        transaction.set_rollback(True)

    edit(40)

    assert cost_of(snapshot.load()) == 40


def test_what_is_not_wanted_any_more_is_gone_from_what_was_kept() -> None:
    wants(FILE.replace("hall: }", "hall: , mill: }"))
    row = WantedObject.objects.get(name="mill")
    gone = ObjectChange(kind="sites", name="mill", before=row.body, after=None, version=row.version)

    with transaction.atomic():
        standings.write_wanted((gone,), at=FakeClock().now())

    assert snapshot.load() == network()


def test_an_emptied_store_wants_nothing() -> None:
    wants()
    rows = WantedObject.objects.all()
    gone = tuple(ObjectChange(kind=r.kind, name=r.name, before=r.body, after=None, version=r.version) for r in rows)

    with transaction.atomic():
        standings.write_wanted(gone, at=FakeClock().now())

    with pytest.raises(snapshot.NothingWanted):
        snapshot.load()


def test_who_worked_from_an_older_revision_is_told() -> None:
    wants()
    known = revision.head()
    edit(30)
    row = WantedObject.objects.get(kind="sites")
    change = ObjectChange(kind="sites", name="hall", before=row.body, after={"region": "x"}, version=row.version)

    with pytest.raises(snapshot.ChangedMeanwhile), transaction.atomic():
        standings.write_wanted((change,), at=FakeClock().now(), after=known)

    assert Revision.objects.count() == 2


def test_rows_without_a_revision_are_read_each_time() -> None:
    wants()
    Revision.objects.all().delete()

    WantedObject.objects.filter(kind="link_classes").update(body={"medium": "fibre", "cost": 50})

    assert cost_of(snapshot.load()) == 50
