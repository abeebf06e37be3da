"""`hanse settings`: what is set, and where it comes from."""

from argparse import ArgumentParser, Namespace
from dataclasses import asdict
from typing import Final

from hanse.cli.say import Exit, table, tell
from hanse.conf.shown_settings import shown_settings

NAME: Final = "settings"
HELP: Final = "show every setting, its value and where it comes from; no secret"


def arguments(parser: ArgumentParser) -> None:
    """Add what this word takes: nothing."""


def run(args: Namespace) -> int:
    """Do it."""
    found = shown_settings()
    lines = [(one.name, one.value, one.comes_from) for one in found]
    tell(args, {"settings": [asdict(one) for one in found]}, [table(("SETTING", "VALUE", "FROM"), lines)])
    return Exit.FINE
