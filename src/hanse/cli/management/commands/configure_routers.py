"""`manage.py configure_routers`: what is wanted goes to the routers, each router's result is printed."""

from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand

from hanse.actions.applying import Insistence
from hanse.actions.configuring import Configured, configure
from hanse.cli.limits import limit_argument
from hanse.cli.management.routers import finish, on_worker, sentences
from hanse.cli.stored import author
from hanse.conf.outside import outside


class Command(BaseCommand):
    """Bring routers to what is wanted."""

    help = "Configure routers: only those that have a difference, unless --no-commit-check is given."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add what this command takes."""
        limit_argument(parser)
        parser.add_argument(
            "--no-commit-check", action="store_true", help="push the configuration without looking for a difference"
        )
        parser.add_argument("--force", action="store_true", help="pass the safety limits")
        parser.add_argument("--tasks", action="store_true", help="put one job a router on the worker")

    def handle(self, *_: Any, **options: Any) -> None:
        """Do it; the exit code tells whether all went well."""
        insistence = Insistence(force=options["force"], commit_check=not options["no_commit_check"])
        with sentences():
            if options["tasks"]:
                for line in on_worker("configure", options["limit"], asdict(insistence)):
                    self.stdout.write(line)
                return
            results = configure(
                world=outside(),
                limit=options["limit"],
                insistence=insistence,
                author=author("manage"),
                told=lambda one: self._tell(one, options["verbosity"]),
            )
        finish(all(one.is_well for one in results))

    def _tell(self, one: Configured, verbosity: int) -> None:
        style = self.style.SUCCESS if one.is_well else self.style.ERROR
        if verbosity:
            self.stdout.write(f"{one.node}: {style(one.sentence)}")
        if verbosity > 1 and one.diff:
            self.stdout.write(one.diff)
