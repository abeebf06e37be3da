"""What has to outlast a power failure waits for the disk; the rest does not."""

import pytest
from django.db import connection, transaction

from hanse.store.durable import durable

pytestmark = pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL waits for the disk anyway")
NORMAL, FULL = 1, 2


def waits() -> int:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous")
        found: int = cursor.fetchone()[0]
        return found


@pytest.mark.django_db(transaction=True)
def test_only_what_is_inside_waits_for_the_disk() -> None:
    assert waits() == NORMAL
    with durable(), transaction.atomic():
        assert waits() == FULL
    assert waits() == NORMAL


@pytest.mark.django_db(transaction=True)
def test_inside_a_transaction_nothing_is_changed() -> None:
    with transaction.atomic(), durable():
        assert waits() == NORMAL
