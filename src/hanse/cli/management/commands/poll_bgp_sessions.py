"""`manage.py poll_bgp_sessions`: look at the routers, each router's result is printed."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from hanse.actions.polling import Polled, poll
from hanse.cli.limits import limit_argument
from hanse.cli.management.routers import finish, on_worker, sentences
from hanse.conf.outside import outside
from hanse.monitor.look import Unanswered


class Command(BaseCommand):
    """Look at routers."""

    help = "Poll the routers' BGP sessions, OSPF neighbours and interfaces."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add what this command takes."""
        limit_argument(parser)
        parser.add_argument("--tasks", action="store_true", help="put one job a router on the worker")

    def handle(self, *_: Any, **options: Any) -> None:
        """Do it; the exit code tells whether all routers answered."""
        with sentences():
            if options["tasks"]:
                for line in on_worker("poll", options["limit"], {}):
                    self.stdout.write(line)
                return
            polled = poll(
                world=outside(),
                limit=options["limit"],
                told=lambda one: self._tell(one, options["verbosity"]),
            )
        finish(not any(isinstance(one.look, Unanswered) for one in polled))

    def _tell(self, one: Polled, verbosity: int) -> None:
        if isinstance(one.look, Unanswered):
            self.stdout.write(f"{one.look.node}: {self.style.ERROR(f'does not answer: {one.look.reason}')}")
            return
        if verbosity:
            up = sum(session.state.carries_routes for session in one.look.sessions)
            self.stdout.write(f"{one.look.node}: {up} of {len(one.look.sessions)} sessions established")
        for happening in one.happenings:
            self.stdout.write(f"  {happening}")
