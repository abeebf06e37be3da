"""The door of the `hanse` command, and the one place where its errors become sentences and exit codes."""

import gc
import importlib
import json
import os
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType
from typing import Any, Final

from hanse.cli.say import Exit, sentence
from hanse.network.errors import HanseError, WantedError
from hanse.network.wanted.problem import Contradictory, place_of

COMMANDS: Final = Path(__file__).with_name("commands")
WITHOUT_STORE: Final = frozenset(  # these start without Django
    {"check", "count", "derive", "links", "render", "schema", "targets", "zones"}
)


def words() -> tuple[str, ...]:
    """Return all words that `hanse` knows, in order."""
    names = (path.stem for path in COMMANDS.glob("*.py") if path.stem != "__init__")
    return tuple(sorted(name.rstrip("_").replace("_", "-") for name in names))


def command(word: str) -> ModuleType:
    """Return the module of `word`, with Django set up if it needs the store."""
    if word not in WITHOUT_STORE:
        importlib.import_module("hanse.cli.opened").open_store()
    name = word.replace("-", "_")
    file = name if (COMMANDS / f"{name}.py").exists() else f"{name}_"  # `import` is a word of Python
    return importlib.import_module(f"hanse.cli.commands.{file}")


def parser_for(given: Sequence[str]) -> ArgumentParser:
    """Return the parser: of one word if `given` begins with one, else of all of them."""
    parser = ArgumentParser(prog="hanse", description="Runs an autonomous network from one source of truth.")
    known = words()
    subparsers = parser.add_subparsers(metavar="WORD", required=True)
    for word in given[:1] if given and given[0] in known else known:
        module = command(word)
        added = subparsers.add_parser(word, help=module.HELP, description=module.HELP)
        added.add_argument("--json", action="store_true", help="print one JSON document and nothing else")
        module.arguments(added)
        added.set_defaults(run=module.run)
    return parser


def main(given: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; a bug of ours leaves with its traceback and code 1."""
    given = sys.argv[1:] if given is None else given
    as_json = "--json" in given
    try:
        gc.disable()  # looking through what imports make, none of it garbage, is an eighth of a short command's time
        try:
            args: Namespace = parser_for(given).parse_args(given)
        finally:
            gc.enable()
        code: int = args.run(args)
        sys.stdout.flush()
        return code
    except HanseError as error:
        return _tell_error(error, as_json=as_json)
    except KeyboardInterrupt:
        sentence("Stopped.")
        return 130  # 128 + SIGINT, as shells say it
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # the reader has gone, as `head` does
        return Exit.FINE


def _tell_error(error: HanseError, *, as_json: bool) -> int:
    code = Exit.WANTED if isinstance(error, WantedError) else Exit.OUTSIDE
    if as_json:
        print(json.dumps({"error": type(error).__name__, "sentence": str(error), **_problems(error)}, indent=2))
    else:
        sentence(str(error))
    return code


def _problems(error: HanseError) -> dict[str, Any]:
    if not isinstance(error, Contradictory):
        return {}
    found = []
    for problem in error.problems:
        mark = place_of(problem.path, error.marks)
        place = {"file": mark.file, "line": mark.line} if mark else {}
        found.append({**place, "path": list(problem.path), "sentence": problem.sentence})
    return {"problems": found}


if __name__ == "__main__":
    sys.exit(main())
