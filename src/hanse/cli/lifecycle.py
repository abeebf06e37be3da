"""What `hanse drain` and `hanse restore` share."""

from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from hanse.actions.lifecycle import Stepped, Way, step
from hanse.cli.say import Exit, tell
from hanse.cli.stored import person
from hanse.conf.outside import outside


def step_arguments(parser: ArgumentParser) -> None:
    """Add what a step takes."""
    parser.add_argument("thing", metavar="ROUTER|LINK")
    parser.add_argument("--into", type=int, metavar="DRAFT", help="put it into this draft; nothing is wanted yet")
    parser.add_argument("--draft", action="store_true", help="put it into a new draft; nothing is wanted yet")
    parser.add_argument("--plan", action="store_true", help="ask the routers what would change, as `hanse plan` does")


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanWord:
    """The word `plan`, which words that import this one know."""

    arguments: Callable[[ArgumentParser], None]
    run: Callable[[Namespace], int]


def take_step(args: Namespace, way: Way, plan: PlanWord) -> int:
    """Take the step, and plan what it changes if that was asked for."""
    at_once = args.into is None and not args.draft
    done = step(way=way, thing=args.thing, draft=args.into, at_once=at_once, person=person(), world=outside())
    plans = args.plan and at_once
    if not (args.json and plans):  # with --json there is one document
        tell(args, _tree(done), _lines(done))
    return _planned(args, done, plan) if plans else Exit.FINE


def _tree(done: Stepped) -> dict[str, object]:
    return {
        "kind": done.kind,
        "name": done.name,
        "status": done.status,
        "routers": list(done.routers),
        "draft": done.draft,
        "change_set": done.change_set,
    }


def _lines(done: Stepped) -> Iterable[str]:
    if done.draft is not None:
        take = f"hanse draft take {done.draft}"
        yield f"Draft {done.draft}: {done.name} is to be {done.status}. `{take}` makes it wanted."
        return
    yield f"{done.name} is wanted {done.status}: change set {done.change_set}. No router knows yet:"
    yield f"  hanse apply --limit {','.join(done.routers)}"


def _planned(args: Namespace, done: Stepped, plan: PlanWord) -> int:
    parser = ArgumentParser()
    plan.arguments(parser)
    words = parser.parse_args(["--limit", ",".join(done.routers)])
    words.json = args.json
    return plan.run(words)
