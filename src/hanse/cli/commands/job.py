"""`hanse job`: work that workers do: asked for, looked at, stopped, asked for once more."""

from argparse import ArgumentParser, Namespace
from typing import Final

from hanse.actions import jobs
from hanse.cli.jobs import FIELDS, job_lines, job_table, job_tree
from hanse.cli.limits import limit_argument
from hanse.cli.say import Exit, tell
from hanse.cli.stored import person
from hanse.conf.outside import outside
from hanse.network.errors import WantedError

NAME: Final = "job"
HELP: Final = "list jobs, show one with its log, stop one, ask for one once more, or ask for a new one"
USAGE: Final = (
    "hanse job list [--state STATE] | show NUMBER | stop NUMBER | retry NUMBER | ask KIND [--limit NODE,NODE]"
)
SHOWN: Final = 50  # of the newest


class NotAJobWord(WantedError):
    """The words after `hanse job` cannot be read."""


def arguments(parser: ArgumentParser) -> None:
    """Add what this word takes."""
    parser.add_argument("verb", choices=("list", "show", "stop", "retry", "ask"))
    parser.add_argument("what", nargs="?", metavar="NUMBER|KIND", help="a job's number; after `ask` what it is to do")
    parser.add_argument("--state", help="list: only those in this state")
    limit_argument(parser)


def run(args: Namespace) -> int:
    """Do it."""
    who, world = person(), outside()
    match args.verb, args.what:
        case "list", None:
            found = jobs.job_list(who)
            rows = list((found.filter(state=args.state) if args.state else found).values(*FIELDS)[:SHOWN])
            tell(args, {"jobs": rows}, [job_table(rows)])
        case "ask", str(kind):
            limit = {"limit": sorted(args.limit)} if args.limit else {}
            _told(args, jobs.ask(kind=kind, person=who, world=world, arguments=limit), "queued")
        case "show", str(text):
            tree = job_tree(jobs.job(_number(text), who))
            tell(args, tree, job_lines(tree))
        case "stop", str(text):
            _told(args, _number(text), jobs.stop(_number(text), who, world=world))
        case "retry", str(text):
            _told(args, jobs.retry(_number(text), who, world=world), "queued")
        case _:
            raise NotAJobWord(USAGE)
    return Exit.FINE


def _number(text: str) -> int:
    if not text.isdecimal():
        raise NotAJobWord(f"{text!r} is no job's number")
    return int(text)


def _told(args: Namespace, number: int, state: str) -> None:
    tell(args, {"job": number, "state": state}, [f"job {number}: {state}"])
