"""Edits of a wanted network: which objects they change, and back. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

Tree = dict[str, Any]  # kind -> name -> body, as files hold it
Body = Mapping[str, Any]
GENERAL: Final = "network"  # the kind that is one object, without a name


class DoesNotFit(Exception):
    """The edit is of a network in which its objects are not as they are here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One object before and after; None: it is not there."""

    kind: str
    name: Any  # a text, or the number of an AS
    before: Body | None
    after: Body | None

    @property
    def back(self) -> "Change":
        """Return the way back."""
        return Change(kind=self.kind, name=self.name, before=self.after, after=self.before)


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """What an operator would do in one go."""

    kind: str  # its name in the table of kinds
    what: str
    changes: tuple[Change, ...]
    undoes: bool = False

    @property
    def back(self) -> "Edit":
        """Return the edit that takes this one back."""
        changes = tuple(change.back for change in reversed(self.changes))
        return Edit(kind=self.kind, what=f"undo: {self.what}", changes=changes, undoes=True)


def fits(tree: Tree, edit: Edit) -> bool:
    """Say whether all objects of the edit are in `tree` as they were when it was made."""
    return all(found(tree, change.kind, change.name) == change.before for change in edit.changes)


def found(tree: Tree, kind: str, name: Any) -> Body | None:
    """Return the body of one object; None: it is not there."""
    body: Body | None = tree.get(kind) if kind == GENERAL else tree.get(kind, {}).get(name)
    return body


def edited(tree: Tree, edit: Edit) -> Tree:
    """Return the network after the edit; `tree` stays as it is.

    :raises DoesNotFit:
    """
    if not fits(tree, edit):
        raise DoesNotFit(f"{edit.what}: its objects have changed since")
    after = dict(tree)
    for change in edit.changes:
        if change.kind == GENERAL:
            after[GENERAL] = change.after
            continue
        objects = {name: body for name, body in after.get(change.kind, {}).items() if name != change.name}
        if change.after is not None:
            objects[change.name] = change.after
        after[change.kind] = dict(sorted(objects.items()))
    return {kind: objects for kind, objects in after.items() if objects or kind == GENERAL}


def put(tree: Tree, kind: str, name: Any, /, **values: Any) -> Change:
    """Return the change that gives an object other values; None, and what is empty, is left out again."""
    before = found(tree, kind, name)
    after = {**(before or {}), **values}
    return Change(kind=kind, name=name, before=before, after={word: one for word, one in after.items() if _says(one)})


def removed(tree: Tree, kind: str, name: Any) -> Change:
    """Return the change that removes an object."""
    return Change(kind=kind, name=name, before=found(tree, kind, name), after=None)


def put_below(tree: Tree, kind: str, name: Any, group: str, row: str, body: Body | None) -> Change:
    """Return the change that puts one nested row of an object: a port of a node; None removes it."""
    rows = dict((found(tree, kind, name) or {}).get(group, {}))
    rows.pop(row, None)
    return put(tree, kind, name, **{group: rows if body is None else {**rows, row: dict(body)}})


def toggled(names: Iterable[str], name: str) -> list[str]:
    """Return `names` without `name` where it is one of them, else with it."""
    listed = list(names)
    return [one for one in listed if one != name] if name in listed else [*listed, name]


def _says(value: Any) -> bool:
    return value is not None and value not in ("", [], {}, ())
