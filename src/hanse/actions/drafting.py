"""Filling drafts: from forms and files, by renaming, and out again as a file."""

from collections.abc import Iterable, Mapping
from typing import Any

import yaml
from django.db import transaction

from hanse.actions.drafts import begin, operations, put
from hanse.actions.objects import body as body_now
from hanse.actions.objects import wanted_now
from hanse.actions.rights import Person
from hanse.actions.weighing import weigh
from hanse.actions.world import World
from hanse.network.wanted.edits import GENERAL, Edit, name_of
from hanse.network.wanted.files import edits_in
from hanse.network.wanted.network import KINDS, Network
from hanse.network.wanted.problem import Path, Problem
from hanse.network.wanted.renaming import NotThere, renamed
from hanse.store.audit import ObjectChange
from hanse.store.drafts import TEMPLATE


def put_somewhere(
    *, draft: int | None, edits: Iterable[Edit], person: Person, world: World, title: str = ""
) -> tuple[int, tuple[ObjectChange, ...]]:
    """Put edits into a draft, into a new one if none is given; return its number and what the edits come to.

    :raises: what `put` raises; then there is no new draft either
    """
    with transaction.atomic():
        number = begin(title=title, person=person, world=world) if draft is None else draft
        return number, put(draft=number, edits=edits, person=person, world=world)


def rename(*, draft: int | None, kind: str, old: str, new: str, person: Person, world: World) -> int:
    """Put into a draft that an object is called otherwise, wherever it is named, and return the draft's number.

    :raises NotThere:
    :raises Contradictory: `new` is no name
    :raises: what `put` raises
    """
    network = network_of(draft)
    if network is None:
        raise NotThere("nothing is wanted yet")
    return put_somewhere(draft=draft, edits=renamed(network, kind, old, new), person=person, world=world)[0]


def network_of(draft: int | None) -> Network | None:
    """Return what would be wanted with a draft; what is wanted now where there is none, or it cannot be read."""
    if draft is None:
        return wanted_now()
    found = weigh(draft)
    return found.after or found.before


def body(*, kind: str, name: str, draft: int | None, person: Person) -> Any:
    """Return the body of an object as the draft has it, else as it is wanted now.

    None: it is not there, or not to be seen.

    :raises NoSuchDraft:
    """
    if draft is not None:
        asked = (one for one in operations(draft, person) if (one.kind, one.name) == (kind, name))
        for one in asked:
            return one.after
    return body_now(kind=kind, name=name, person=person)


def from_files(
    *, texts: Mapping[str, str], is_whole: bool, draft: int | None, title: str, person: Person, world: World
) -> tuple[int, tuple[ObjectChange, ...]]:
    """Put what files describe into a draft; `is_whole`: what is not in them is not wanted any more.

    :raises Contradictory: a file cannot be read
    :raises: what `put` raises
    """
    found = edits_in(texts)
    if is_whole:
        named = {(edit.kind, edit.name) for edit in found}
        now = wanted_now()
        there = [(kind, name_of(kind, one)) for kind in KINDS for one in getattr(now, kind).values()] if now else []
        found = (*(Edit(kind=kind, name=name, body=None) for kind, name in there if (kind, name) not in named), *found)
    return put_somewhere(draft=draft, edits=found, title=title, person=person, world=world)


def as_files(number: int, person: Person) -> str:
    """Return what a draft adds and changes, as one YAML file; what it removes stands there as a comment.

    :raises NoSuchDraft:
    """
    asked = operations(number, person)
    tree: dict[str, Any] = {}
    for one in asked:
        if one.kind == GENERAL:
            tree[GENERAL] = one.after
        elif one.kind != TEMPLATE and one.after is not None:
            tree.setdefault(one.kind, {})[one.name] = one.after
    gone = "".join(f"# removed: {one.kind}.{one.name}\n" for one in asked if one.after is None)
    return gone + (yaml.safe_dump(tree, sort_keys=False, allow_unicode=True, width=110) if tree else "")


def problems_at(*, draft: int, path: Path, person: Person) -> tuple[Problem, ...]:
    """Return the problems that a draft makes at one object, whose path is kind and name.

    :raises NoSuchDraft:
    """
    operations(draft, person)
    return tuple(problem for problem in weigh(draft).problems if problem.path[: len(path)] == path)
