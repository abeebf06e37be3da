"""`manage.py run_worker`: runs the jobs that `--tasks` puts down."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils.module_loading import import_string

from hanse.cli.management.routers import sentences
from hanse.conf.engines import WORK


class Command(BaseCommand):
    """Work."""

    help = "Run queued jobs until Ctrl-C."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add what this command takes."""
        parser.add_argument("--threads", type=int, default=4, help="jobs at the same time (default 4)")
        parser.add_argument("--once", action="store_true", help="end when the queue is empty")

    def handle(self, *_: Any, **options: Any) -> None:
        """Run the jobs."""
        with sentences():
            import_string(WORK[settings.VALUES["HANSE_ENGINE"]])(max(1, options["threads"]), once=options["once"])
