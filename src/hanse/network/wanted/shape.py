"""What the fields of wanted objects are, as forms need to know: read off the classes, so that a new field is known."""

from collections.abc import Iterator, Mapping
from dataclasses import MISSING, dataclass, fields, is_dataclass
from dataclasses import Field as ClassField
from enum import StrEnum
from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

from annotated_types import Ge, Le, Len, MinLen

from hanse.network.wanted.bodies import words_of
from hanse.network.wanted.fields import ManyLines, Refers


class Sort(StrEnum):
    """How a field is written down."""

    TEXT = "text"
    NUMBER = "number"
    FRACTION = "fraction"
    FLAG = "flag"
    CHOICE = "choice"
    CHOICES = "choices"
    PROSE = "prose"  # a text of many lines
    LINES = "lines"  # one value a line
    WORDS = "words"  # a mapping whose words are not ours
    GROUP = "group"  # an object within the object
    ROWS = "rows"  # objects within the object, each with a name


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field of an object."""

    name: str
    sort: Sort
    meaning: str = ""
    is_required: bool = False
    default: Any = None
    choices: tuple[str, ...] = ()
    refers: str = ""  # see `Refers`
    in_order: bool = True
    least: float | None = None  # of a number its value, of lines their count
    most: float | None = None
    form: type | None = None  # of a group and of rows: their class


def fields_of(form: type) -> tuple[Field, ...]:
    """Return the fields of a class of wanted objects: its own first, then those that it inherits."""
    hints = get_type_hints(form, include_extras=True)
    named = {one.name: one for one in fields(form)}
    return tuple(_field(named[name], hints[name]) for name in words_of(form))


def _field(one: "ClassField[Any]", hint: Any) -> Field:
    found, notes = _unwrapped(hint)
    elements = get_args(found) if get_origin(found) is tuple else ()
    element, element_notes = _unwrapped(elements[0]) if elements else (None, ())
    is_required = one.default is MISSING and one.default_factory is MISSING
    least, most = _bounds(notes)
    named = next((note for note in (*notes, *element_notes) if isinstance(note, Refers)), None)
    return Field(
        name=one.name,
        sort=Sort.PROSE if any(isinstance(note, ManyLines) for note in notes) else _sort(found, element),
        meaning=next((note for note in notes if isinstance(note, str)), ""),
        is_required=is_required,
        default=None if one.default is MISSING else one.default,
        choices=tuple(map(str, _enumeration(element or found))),
        refers=named.kind if named else "",
        in_order=named.in_order if named else True,
        least=least,
        most=most,
        form=_form(found),
    )


def _unwrapped(hint: Any) -> tuple[Any, tuple[Any, ...]]:
    """Return the type behind annotations and an "or nothing", and all that was annotated."""
    notes: list[Any] = []
    while True:
        if get_origin(hint) is Annotated:
            hint, *more = get_args(hint)
            notes += more
            continue
        rest = [arg for arg in get_args(hint) if arg is not NoneType]
        if get_origin(hint) not in {Union, UnionType} or len(rest) != 1:
            return hint, tuple(notes)
        hint = rest[0]


def _sort(found: Any, element: Any) -> Sort:
    if element is not None:
        return Sort.CHOICES if _enumeration(element) else Sort.LINES
    if get_origin(found) is not None and issubclass(get_origin(found), Mapping):
        return Sort.ROWS if is_dataclass(_unwrapped(get_args(found)[1])[0]) else Sort.WORDS
    if _enumeration(found):
        return Sort.CHOICE
    if _is_wanted_object(found):
        return Sort.GROUP
    return {bool: Sort.FLAG, int: Sort.NUMBER, float: Sort.FRACTION}.get(found, Sort.TEXT)


def _enumeration(found: Any) -> Iterator[StrEnum] | tuple[()]:
    return iter(found) if isinstance(found, type) and issubclass(found, StrEnum) else ()


def _is_wanted_object(found: Any) -> bool:
    return isinstance(found, type) and hasattr(found, "__pydantic_config__")


def _form(found: Any) -> type | None:
    if _is_wanted_object(found):
        return found  # type: ignore[no-any-return]
    inner = [_unwrapped(arg)[0] for arg in get_args(found)] if get_origin(found) is not tuple else []
    return next((arg for arg in inner if _is_wanted_object(arg)), None)


def _bounds(notes: tuple[Any, ...]) -> tuple[float | None, float | None]:
    least: Any = None
    most: Any = None
    for note in notes:
        match note:
            case Ge():
                least = note.ge
            case Le():
                most = note.le
            case Len():
                least, most = note.min_length, note.max_length
            case MinLen():
                least = note.min_length
    return least, most
