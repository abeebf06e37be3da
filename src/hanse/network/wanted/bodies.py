"""An object's body as files and the store hold it: without its key, and its own words before those that it shares."""

from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any, Final, get_args, get_type_hints

from hanse.network.wanted.network import Network, key_of

ROWS: Final = ("ports", "notes", "ends")  # objects within an object, by name


def bare(kind: str, printed: dict[str, Any]) -> dict[str, Any]:
    """Return the body of an object of `kind` that was printed whole."""
    for rows in ROWS:
        found = printed.get(rows, {})
        for row in found.values() if isinstance(found, dict) else ():  # the ports of a service are numbers
            row.pop("name")
    return {word: printed[word] for word in words_of(_form(kind)) if word in printed and word != key_of(kind)}


@cache
def words_of(form: type) -> tuple[str, ...]:
    """Return the names of the fields of a class of wanted objects: its own first, then those that it inherits."""
    inherited = {field.name for above in form.__mro__[1:] if is_dataclass(above) for field in fields(above)}
    return tuple(sorted((field.name for field in fields(form)), key=lambda name: name in inherited))


@cache
def _form(kind: str) -> type:
    form: type = get_args(get_type_hints(Network)[kind])[1]
    return form
