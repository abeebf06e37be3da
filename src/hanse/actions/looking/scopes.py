"""How much of a list somebody may see."""

from hanse.actions.rights import Person, Right, Scope


def scope(person: Person, kind: str) -> Scope:
    """Return on how much of the objects of `kind` the person may look."""
    return person.scope(Right.VIEW, kind)
