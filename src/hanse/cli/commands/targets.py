"""`hanse targets`: what Prometheus is to ask, as its file_sd reads it."""

import json
from argparse import ArgumentParser, Namespace
from dataclasses import asdict
from typing import Final

from hanse.cli.say import Exit, tell
from hanse.cli.source import folder_argument, source_of
from hanse.derive.targets import target_groups

NAME: Final = "targets"
HELP: Final = "print what Prometheus is to ask, as the JSON of its file_sd"


def arguments(parser: ArgumentParser) -> None:
    """Add what this word takes."""
    folder_argument(parser)


def run(args: Namespace) -> int:
    """Print the target groups as Prometheus reads them: a list. With `--json` it is one document, as of every word."""
    network = source_of(args).sound()
    groups = [asdict(group) for group in target_groups(network, network.nodes)]
    tell(args, {"groups": groups}, [json.dumps(groups, indent=2)])
    return Exit.FINE
