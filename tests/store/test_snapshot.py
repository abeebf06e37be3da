"""Rows to a network and back."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from actions.small_city import ALICE, EVERY_KIND, FILE, network
from fakes.clock import FakeClock
from hanse.actions.wanted import import_network
from hanse.network.wanted.files import tree_of
from hanse.network.wanted.network import KINDS
from hanse.store import snapshot
from hanse.store.models import AuditEntry, WantedObject

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 1, 1, tzinfo=UTC)


def many(count: int) -> str:
    """Return the town with `count` more sites."""
    return FILE.replace("hall: }", "hall: , " + ", ".join(f"site{number}: " for number in range(count)) + "}")


def queries(work: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as captured:
        work()
    return len(captured)


def test_an_empty_store_is_no_network() -> None:
    with pytest.raises(snapshot.NothingWanted):
        snapshot.load()


def test_what_was_imported_is_loaded() -> None:
    import_network(network=network(), author=ALICE, clock=FakeClock())

    assert snapshot.load() == network()


def test_the_snapshot_costs_one_query_whatever_the_size() -> None:
    import_network(network=network(), author=ALICE, clock=FakeClock())
    small = queries(snapshot.load)
    import_network(network=network(many(300)), author=ALICE, clock=FakeClock())

    assert (small, queries(snapshot.load)) == (1, 1)


def test_importing_the_same_again_changes_nothing() -> None:
    import_network(network=network(), author=ALICE, clock=FakeClock())

    assert import_network(network=network(), author=ALICE, clock=FakeClock()) == ()


def test_an_import_leaves_an_audit_entry_an_object() -> None:
    import_network(network=network(), author=ALICE, clock=FakeClock())
    AuditEntry.objects.all()._raw_delete("default")
    import_network(network=network(FILE.replace("cost: 10", "cost: 20")), author=ALICE, clock=FakeClock())

    entry = AuditEntry.objects.get()

    assert (entry.who, entry.door, entry.action) == ("alice", "cli", "import")
    assert (entry.kind, entry.name) == ("link_classes", "fibre")
    assert entry.before is not None
    assert entry.after is not None
    assert (entry.before["cost"], entry.after["cost"]) == (10, 20)


def test_what_is_not_in_the_files_is_not_wanted_any_more() -> None:
    import_network(network=network(many(2)), author=ALICE, clock=FakeClock())

    changes = import_network(network=network(), author=ALICE, clock=FakeClock())

    assert [(one.verb, one.name) for one in changes] == [("remove", "site0"), ("remove", "site1")]
    assert snapshot.load() == network()


def test_a_change_counts_the_version_up() -> None:
    import_network(network=network(), author=ALICE, clock=FakeClock())
    import_network(network=network(FILE.replace("cost: 10", "cost: 20")), author=ALICE, clock=FakeClock())

    assert WantedObject.objects.get(kind="link_classes").version == 2


def test_a_change_of_something_changed_meanwhile_is_refused() -> None:
    import_network(network=network(), author=ALICE, clock=FakeClock())
    changes = snapshot.changes_to(tree_of(network(FILE.replace("cost: 10", "cost: 20"))))
    WantedObject.objects.filter(kind="link_classes").update(version=7)

    with pytest.raises(snapshot.ChangedMeanwhile, match="link_classes fibre"):
        snapshot.write(changes, at=NOW)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=20)
@given(st.sets(st.sampled_from(["a", "b", "c", "d", "e"])), st.sets(st.sampled_from(["a", "b", "c", "d", "e"])))
def test_any_network_follows_any_other(before: set[str], after: set[str]) -> None:
    for sites in (before, after):
        text = FILE.replace("hall: }", "hall: , " + "".join(f"{name}: , " for name in sorted(sites)) + "}")
        import_network(network=network(text), author=ALICE, clock=FakeClock())

    assert snapshot.load().sites.keys() == {"hall", *after}


def test_every_kind_has_its_rows() -> None:
    import_network(network=network(EVERY_KIND), author=ALICE, clock=FakeClock())

    assert set(WantedObject.objects.values_list("kind", flat=True)) == {"network", *KINDS}


def test_no_migration_is_missing() -> None:
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)
