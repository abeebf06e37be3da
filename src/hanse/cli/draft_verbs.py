"""What `hanse draft` does, verb by verb."""

from argparse import Namespace
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from hanse.actions import change_sets, drafting, drafts
from hanse.actions.drafts import Choice
from hanse.actions.previewing import preview
from hanse.cli.differences import change_tree
from hanse.cli.drafts import (
    change_set_row,
    change_set_tree,
    draft_row,
    draft_tree,
    preview_lines,
    preview_tree,
    shown_lines,
)
from hanse.cli.say import Exit, table, tell
from hanse.cli.source import texts_at
from hanse.cli.stored import person
from hanse.conf.outside import outside
from hanse.network.wanted.edits import Edit
from hanse.network.wanted.problem import Contradictory, Problem

LATEST: Final = 50  # rows of a list
Deed = Callable[[Namespace], Exit]


def _list(args: Namespace) -> Exit:
    rows = list(drafts.draft_list(person())[:LATEST])
    shown = table(("draft", "title", "state", "by", "changed"), map(draft_row, rows))
    tell(args, {"drafts": [draft_tree(row) for row in rows]}, [shown])
    return Exit.FINE


def _change_sets(args: Namespace) -> Exit:
    rows = list(change_sets.change_set_list(person())[:LATEST])
    shown = table(("change set", "title", "by", "door", "taken"), map(change_set_row, rows))
    tell(args, {"change_sets": [change_set_tree(row) for row in rows]}, [shown])
    return Exit.FINE


def _show(args: Namespace) -> Exit:
    row = drafts.draft(args.number, person())
    changes = drafts.operations(args.number, person())
    tell(args, {**draft_tree(row), "changes": change_tree(changes)}, shown_lines(row.title, changes))
    return Exit.FINE


def _preview(args: Namespace) -> Exit:
    found = preview(draft=args.number, person=person(), world=outside(), only=args.router or ())
    tell(args, preview_tree(found), preview_lines(found))
    if found.problems or found.conflicts:
        return Exit.WANTED
    return Exit.CHANGES if found.changes else Exit.FINE


def _new(args: Namespace) -> Exit:
    if args.path is None:
        return _told(args, drafts.begin(title=args.title, person=person(), world=outside()), "begun")
    number, changes = drafting.from_files(
        texts=texts_at(args.path),
        is_whole=args.whole,
        draft=args.into,
        title=args.title,
        person=person(),
        world=outside(),
    )
    left = tuple(one for one in changes if one.before != one.after)
    document = {"draft": number, "done": "filled", "changes": change_tree(left)}
    tell(args, document, [f"draft {number}:", *shown_lines(args.title, left)[1:]])
    return Exit.FINE


def _remove(args: Namespace) -> Exit:
    kind, name = _named(args.object)
    edits = [Edit(kind=kind, name=name, body=None)]
    number, _ = drafting.put_somewhere(draft=args.into, edits=edits, person=person(), world=outside())
    return _told(args, number, f"{args.object} is to go")


def _rename(args: Namespace) -> Exit:
    kind, name = _named(args.object)
    number = drafting.rename(draft=args.into, kind=kind, old=name, new=args.new, person=person(), world=outside())
    return _told(args, number, f"{args.object} is to be called {args.new}")


def _drop(args: Namespace) -> Exit:
    kind, name = _named(args.object)
    drafts.drop(draft=args.number, kind=kind, name=name, person=person(), world=outside())
    return _told(args, args.number, f"{args.object} is left out")


def _settle(args: Namespace) -> Exit:
    kind, name = _named(args.object)
    drafts.settle(draft=args.number, kind=kind, name=name, choice=Choice(args.choice), person=person(), world=outside())
    return _told(args, args.number, f"{args.object}: {args.choice}")


def _title(args: Namespace) -> Exit:
    drafts.retitle(draft=args.number, title=args.title, person=person(), world=outside())
    return _told(args, args.number, f"is called {args.title}")


def _take(args: Namespace) -> Exit:
    taken = drafts.take(draft=args.number, person=person(), world=outside())
    document = {"draft": args.number, "change_set": taken.number, "changes": change_tree(taken.changes)}
    tell(args, document, [f"draft {args.number} is taken: change set {taken.number}. `hanse plan` shows what follows."])
    return Exit.FINE


def _withdraw(args: Namespace) -> Exit:
    drafts.withdraw(draft=args.number, person=person(), world=outside())
    return _told(args, args.number, "withdrawn")


def _reopen(args: Namespace) -> Exit:
    drafts.reopen(draft=args.number, person=person(), world=outside())
    return _told(args, args.number, "opened again")


def _undo(args: Namespace) -> Exit:
    number = change_sets.undo(number=args.number, person=person(), world=outside())
    return _told(args, number, f"takes change set {args.number} back: look at it, then take it")


def _file(args: Namespace) -> Exit:
    text = drafting.as_files(args.number, person())
    tell(args, {"draft": args.number, "text": text}, [text.rstrip("\n")])
    return Exit.FINE


def _told(args: Namespace, number: int, done: str) -> Exit:
    tell(args, {"draft": number, "done": done}, [f"draft {number}: {done}"])
    return Exit.FINE


def _named(text: str) -> tuple[str, str]:
    """Return kind and name of `links.ring-1`; what is general is `network`.

    :raises Contradictory:
    """
    kind, dot, name = text.partition(".")
    if not dot and kind != "network":
        raise Contradictory((Problem((text,), "write an object as KIND.NAME: links.ring-1"),))
    return kind, name


OPTIONS: Final[Mapping[str, Mapping[str, object]]] = {
    "number": {"type": int, "metavar": "NUMBER"},
    "path": {"type": Path, "nargs": "?", "metavar": "DIR|FILE", "help": "what to fill it from"},
    "object": {"metavar": "KIND.NAME"},
    "new": {"metavar": "NAME"},
    "choice": {"choices": tuple(map(str, Choice))},
    "title": {"metavar": "TITLE"},
    "--title": {"default": "", "help": "what it is called"},
    "--into": {"type": int, "metavar": "NUMBER", "help": "an open draft, instead of a new one"},
    "--whole": {"action": "store_true", "help": "what is not in the files is not wanted any more"},
    "--router": {"action": "append", "metavar": "NODE", "help": "write out this router's diff, and no other's"},
}
VERBS: Final[Mapping[str, tuple[str, tuple[str, ...], Deed]]] = {
    "list": ("list the drafts, those changed last first", (), _list),
    "show": ("show what a draft says", ("number",), _show),
    "preview": ("show what taking a draft would do, router by router", ("number", "--router"), _preview),
    "new": ("begin a draft, filled from files if any are given", ("path", "--title", "--into", "--whole"), _new),
    "remove": ("put into a draft that an object is to go", ("object", "--into"), _remove),
    "rename": ("put into a draft that an object is called otherwise, everywhere", ("object", "new", "--into"), _rename),
    "drop": ("leave what a draft says of an object out of it", ("number", "object"), _drop),
    "settle": ("settle a conflict", ("number", "object", "choice"), _settle),
    "title": ("call a draft something", ("number", "title"), _title),
    "take": ("make what a draft says what is wanted", ("number",), _take),
    "withdraw": ("put a draft aside", ("number",), _withdraw),
    "reopen": ("open a withdrawn draft again", ("number",), _reopen),
    "file": ("print what a draft says as a file", ("number",), _file),
    "change-sets": ("list what was taken, the latest first", (), _change_sets),
    "undo": ("begin the draft that takes a change set back", ("number",), _undo),
}
