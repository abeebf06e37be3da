"""What bodies look like: each is a plain dataclass, read by pydantic at this edge, described once for OpenAPI."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, ClassVar, Final

from pydantic import ConfigDict, TypeAdapter, ValidationError

from hanse.network.errors import WantedError
from hanse.network.wanted.problem import Problem
from hanse.network.wanted.sentences import problem_from

COMPONENTS: Final = "#/components/schemas/"
Schema = dict[str, Any]


class Unreadable(WantedError):
    """The body or a word of the address cannot be read at all. `problems` say where."""

    def __init__(self, sentence: str, problems: tuple[Problem, ...] = ()) -> None:
        self.problems = problems
        super().__init__(sentence)


class Exact:
    """Marks the body of a request: a word that it does not know is a mistake, not ignored."""

    __slots__ = ()
    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """A body: its schema, and the named schemas that this one refers to."""

    schema: Schema
    parts: Mapping[str, Schema]


NOTHING: Final = Shape(schema={}, parts={})


def taken(form: Any) -> Shape:
    """Return the shape of a request whose body is read as `form`."""
    return _shape(form, "validation", "Taken")


def given(form: Any) -> Shape:
    """Return the shape of an answer that holds a `form`."""
    return _shape(form, "serialization", "")


@cache  # most forms stand at several addresses, and each process that serves pages describes them all
def _shape(form: Any, mode: Any, suffix: str) -> Shape:
    whole: Schema = TypeAdapter(form).json_schema(mode=mode, ref_template=f"{COMPONENTS}{{model}}{suffix}")
    parts = {f"{name}{suffix}": part for name, part in whole.pop("$defs", {}).items()}
    if "title" not in whole:
        return Shape(schema=whole, parts=parts)
    name = f"{whole['title']}{suffix}"
    return Shape(schema={"$ref": f"{COMPONENTS}{name}"}, parts={**parts, name: whole})


def named(name: str, schema: Schema, *inner: Shape) -> Shape:
    """Return a shape that stands under its own name among the schemas."""
    return Shape(schema={"$ref": f"{COMPONENTS}{name}"}, parts={**_parts(inner), name: schema})


def list_of(shape: Shape) -> Shape:
    """Return the shape of a list without pages."""
    return Shape(schema={"type": "array", "items": shape.schema}, parts=shape.parts)


def one_or_many(shape: Shape) -> Shape:
    """Return the shape of one body or a list of them, as the address of a list takes and gives them."""
    many = {"type": "array", "items": shape.schema, "maxItems": MOST_AT_ONCE}
    return Shape(schema={"anyOf": [shape.schema, many]}, parts=shape.parts)


def page_of(shape: Shape) -> Shape:
    """Return the shape of one page of a list, as NetBox gives it."""
    link = {"type": ["string", "null"], "format": "uri"}
    properties = {
        "count": {"type": ["integer", "null"], "description": "null: more than are worth counting"},
        "next": link,
        "previous": link,
        "results": {"type": "array", "items": shape.schema},
    }
    return Shape(
        schema={"type": "object", "properties": properties, "required": list(properties)},
        parts=shape.parts,
    )


def _parts(shapes: tuple[Shape, ...]) -> dict[str, Schema]:
    return {name: part for shape in shapes for name, part in shape.parts.items()}


MOST_AT_ONCE: Final = 1000


def read_as(form: Any, body: Any) -> Any:
    """Return `body` as a `form`.

    :raises Unreadable:
    """
    insist_on_text(body)
    try:
        return TypeAdapter(form).validate_python(body)
    except ValidationError as error:
        found = tuple(filter(None, (problem_from(detail) for detail in error.errors(include_url=False))))
        raise Unreadable("; ".join(map(str, found)) or str(error), found) from error


def insist_on_text(body: Any) -> None:
    """Return if every text in `body` can be stored: JSON can write characters that no text holds.

    :raises Unreadable:
    """
    try:
        written = json.dumps(body, ensure_ascii=False).encode()
    except (UnicodeEncodeError, RecursionError) as error:
        raise Unreadable("the body holds half a character, or is nested too deep") from error
    if b"\\u0000" in written:
        raise Unreadable("the body holds a NUL character")
