"""`hanse schema`: the JSON Schema of the files, for editors."""

import json
from argparse import ArgumentParser, Namespace
from typing import Final

from hanse.cli.say import Exit
from hanse.network.wanted.files import json_schema

NAME: Final = "schema"
HELP: Final = "print the JSON Schema of the files, for editors"


def arguments(parser: ArgumentParser) -> None:
    """Add what this word takes: nothing."""


def run(args: Namespace) -> int:
    """Print the schema; it is JSON with and without `--json`."""
    print(json.dumps(json_schema(), indent=2))
    return Exit.FINE
