"""`hanse schedule`: work that comes round."""

from argparse import ArgumentParser, Namespace
from typing import Final

from hanse.actions.schedules import change_schedule, schedule_list
from hanse.cli.say import Exit, table, tell
from hanse.cli.stored import person
from hanse.cli.times import clock_time
from hanse.conf.outside import outside
from hanse.network.errors import WantedError

NAME: Final = "schedule"
HELP: Final = "list the work that comes round, switch it on and off, change when it comes"


class NotAScheduleWord(WantedError):
    """The words after `hanse schedule` cannot be read."""


def arguments(parser: ArgumentParser) -> None:
    """Add what this word takes."""
    parser.add_argument("verb", choices=("list", "on", "off", "at"))
    parser.add_argument("name", nargs="?", metavar="NAME")
    parser.add_argument("cron", nargs="?", metavar="FIELDS", help="five fields as in crontab(5), in UTC: '*/5 * * * *'")


def run(args: Namespace) -> int:
    """Do it, and list."""
    who, world = person(), outside()
    match args.verb, args.name, args.cron:
        case "list", None, None:
            pass
        case "on" | "off" as verb, str(name), None:
            change_schedule(name, who, world=world, is_on=verb == "on")
        case "at", str(name), str(cron):
            change_schedule(name, who, world=world, cron=cron)
        case _:
            raise NotAScheduleWord("hanse schedule list | on NAME | off NAME | at NAME '*/5 * * * *'")
    found = schedule_list(who)
    words = ("name", "kind", "cron", "is_on", "next_run", "last_run")
    cells = [
        (one.name, one.cron, clock_time(one.next_run) if one.is_on else "off", clock_time(one.last_run))
        for one in found
    ]
    tell(
        args,
        {"schedules": [{word: getattr(one, word) for word in words} for one in found]},
        [table(("schedule", "in UTC", "next", "last"), cells)] if cells else ["No schedules: they come with a worker."],
    )
    return Exit.FINE
