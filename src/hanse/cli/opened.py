"""Opening the store: Django set up, and its tables there. Only words that need the store come here."""

import fcntl
import importlib
import os
from collections.abc import Generator
from contextlib import contextmanager
from datetime import UTC, datetime

import django
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor


def open_store() -> None:
    """Set Django up; after that the models can be imported."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hanse.conf.settings")
    if not apps.ready:
        django.setup()
        bring_up_to_date()


def bring_up_to_date() -> None:
    """Make the tables of this Hanse, and what they hold for lists, one process at a time."""
    if _is_behind():
        with _only_one():
            if _is_behind():
                call_command("migrate", verbosity=0, interactive=False)
    standings = importlib.import_module("hanse.store.standings")  # only now is Django ready
    if standings.is_behind():
        with _only_one(), transaction.atomic():
            standings.catch_up(at=datetime.now(UTC))


def _is_behind() -> bool:
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


@contextmanager
def _only_one() -> Generator[None]:
    with (settings.DATA / "migrating").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
