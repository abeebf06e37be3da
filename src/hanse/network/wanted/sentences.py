"""What pydantic finds wrong, as sentences that say how to mend it."""

from collections.abc import Callable, Iterable
from dataclasses import fields, is_dataclass
from difflib import get_close_matches
from typing import Any, Final, get_args, get_type_hints

from pydantic_core import ErrorDetails

from hanse.network.wanted.network import Network, key_of
from hanse.network.wanted.problem import Path, Problem


def one_of(known: Iterable[str], written: str) -> str:
    """Return advice on which of `known` to write instead of `written`, the nearest first."""
    names = sorted(known)
    near = get_close_matches(written, names, n=1)
    if near:
        return f"did you mean {near[0]}?"
    if not names:
        return "there is none yet."
    return f"known: {', '.join(names[:12])}{', ...' if len(names) > 12 else '.'}"


def problem_from(detail: ErrorDetails) -> Problem | None:
    """Return the problem that one of pydantic's findings tells of, or None if another finding tells the same."""
    path = tuple(str(step) for step in detail["loc"])
    if path and path[-1] == "[key]":
        return None if detail["type"] == "value_error" and len(path) == 3 else Problem(path[:-1], _sentence(detail))
    if path and detail["type"] == "value_error" and path[-1] in {"name", "asn"} and detail["input"] == path[-2]:
        return Problem(path[:-1], _sentence(detail))
    if detail["type"] in {"unexpected_keyword_argument", "extra_forbidden"}:
        return Problem(path, f"there is no such word here: {one_of(_known_words(path[:-1]), path[-1])}")
    if detail["type"] == "missing":
        return Problem(path, "this is missing: add it")
    return Problem(path, _sentence(detail))


def _sentence(detail: ErrorDetails) -> str:
    context: dict[str, Any] = detail.get("ctx", {})
    if detail["type"] in SENTENCES:
        return SENTENCES[detail["type"]](detail["input"], context)
    said = detail["msg"].removeprefix("Value error, ")
    return said[:1].lower() + said[1:] if said[:2].istitle() else said


SENTENCES: Final[dict[str, Callable[[Any, dict[str, Any]], str]]] = {
    "enum": lambda written, context: f"{written!r} is unknown: write {context['expected']}",
    "int_parsing": lambda written, _: f"{written!r} is no whole number",
    "int_type": lambda written, _: f"{written!r} is no whole number",
    "float_parsing": lambda written, _: f"{written!r} is no number",
    "bool_parsing": lambda written, _: f"{written!r} is neither true nor false",
    "greater_than_equal": lambda written, context: f"{written} is too small: at least {context['ge']}",
    "less_than_equal": lambda written, context: f"{written} is too large: at most {context['le']}",
    "too_short": lambda _, context: f"{context['actual_length']} given, {context['min_length']} wanted at least",
    "too_long": lambda _, context: f"{context['actual_length']} given, {context['max_length']} wanted at most",
    "dataclass_type": lambda written, _: f"{written!r} stands where `word: value` lines are wanted",
    "dict_type": lambda written, _: f"{written!r} stands where `name:` entries are wanted",
    "tuple_type": lambda written, _: f"{written!r} stands where a list is wanted: write [{written}]",
}


def _known_words(path: Path) -> tuple[str, ...]:
    """Return the words that the object at `path` knows, without the one that is its key."""
    hint: Any = Network
    for step in path:
        hint = _type_of(hint, step)
    if not is_dataclass(hint):  # an optional part: Place | None
        hint = next((arg for arg in get_args(hint) if is_dataclass(arg)), None)
    if hint is None:
        return ()
    key = key_of(path[0]) if len(path) > 1 else ""
    return tuple(field.name for field in fields(hint) if field.name != key)


def _type_of(hint: Any, step: str) -> Any:
    """Return the type behind `step`: a dataclass's field, or the element of a mapping or tuple."""
    if is_dataclass(hint) and isinstance(hint, type):
        return get_type_hints(hint).get(step)
    elements = [arg for arg in get_args(hint) if is_dataclass(arg)]
    return elements[0] if elements else None
