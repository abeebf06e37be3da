"""Two edits of one object, brought together where they touch different fields."""

from typing import Any, Final

NOTHING: Final = object()  # a field that is not there


def merged(base: Any, mine: Any, theirs: Any) -> Any:
    """Return the body with both changes, or None where both changed the same field, or one removed the object.

    Fields within fields are told apart; a list or a plain value is one thing.

    >>> merged({"cost": 10, "mtu": 1500}, {"cost": 20, "mtu": 1500}, {"cost": 10, "mtu": 9000})
    {'cost': 20, 'mtu': 9000}
    >>> merged({"cost": 10}, {"cost": 20}, {"cost": 30}) is None
    True
    """
    if not all(isinstance(body, dict) for body in (base, mine, theirs)):
        return None
    try:
        return _both(base, mine, theirs)
    except _BothChanged:
        return None


class _BothChanged(Exception):
    """One field was changed in two ways."""


def _both(base: Any, mine: Any, theirs: Any) -> Any:
    if mine in (base, theirs):
        return theirs
    if theirs == base:
        return mine
    if not (isinstance(mine, dict) and isinstance(theirs, dict)):
        raise _BothChanged
    before = base if isinstance(base, dict) else {}
    words = [*theirs, *(word for word in mine if word not in theirs)]
    fields = {
        word: _both(before.get(word, NOTHING), mine.get(word, NOTHING), theirs.get(word, NOTHING)) for word in words
    }
    return {word: value for word, value in fields.items() if value is not NOTHING}
