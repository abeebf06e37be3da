"""`hanse run`: the pages, the API and a worker, in one command."""

import sys
from argparse import ArgumentParser, Namespace
from typing import Final

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.wsgi import get_wsgi_application

from hanse.actions.accounts import ensure_administrator
from hanse.cli.say import Exit, sentence, tell
from hanse.cli.serving import WorkerChild, only_one, serve, server_at
from hanse.conf.outside import outside

NAME: Final = "run"
HELP: Final = "serve the pages and the API and run jobs, until Ctrl-C"


def arguments(parser: ArgumentParser) -> None:
    """Add what this word takes."""
    parser.add_argument("--no-worker", action="store_true", help="serve only; `hanse worker` runs elsewhere")


def run(args: Namespace) -> int:
    """Serve. The first administrator's password is shown once, when it is made."""
    with only_one(settings.DATA):
        host, port = settings.VALUES["HANSE_LISTEN"]
        proxies: int = settings.VALUES["HANSE_PROXIES"]
        server = server_at((host, port), get_wsgi_application(), behind_proxies=proxies > 0)
        made = ensure_administrator(clock=outside().clock)
        address = settings.VALUES["HANSE_URL"] or f"http://{f'[{host}]' if ':' in host else host}:{port}"
        lines = [f"Hanse serves {address}. Ctrl-C ends it."]
        if made:
            lines += ["", f"  Log in as {made.username} with the password {made.password}", SHOWN_ONCE, ""]
        tell(args, {"address": address, "username": made and made.username, "password": made and made.password}, lines)
        sys.stdout.flush()  # whoever reads a pipe wants to know now
        if not finders.find(STYLES):
            sentence(WITHOUT_STYLES)
        serve(server, None if args.no_worker else WorkerChild(settings.VALUES["HANSE_JOBS"]))
    return Exit.FINE


STYLES: Final = "vendor/stamp"  # there once script/assets.py has run
WITHOUT_STYLES: Final = (
    "The pages lack their styles and scripts: run ./hanse where npm is, or python3 script/assets.py."
)
SHOWN_ONCE: Final = "  It is shown this once; change it on the page of your account."
