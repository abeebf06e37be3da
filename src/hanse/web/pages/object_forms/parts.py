"""The form of one object as the page shows it: inputs, groups of them, and rows that can be added and removed."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from django import forms

from hanse.network.wanted.problem import Path, Problem
from hanse.network.wanted.shape import Field, Sort, fields_of
from hanse.web.pages.object_forms.inputs import Choices, input_for
from hanse.web.pages.object_forms.names import KEY, Values, has_own_inputs, rows_in, under

WHOLE_WORDS: Final = {
    "as": "AS",
    "asn": "AS number",
    "bfd": "BFD",
    "ipv4": "IPv4",
    "ipv6": "IPv6",
    "irr": "IRR",
    "lan": "LAN",
    "mac": "MAC address",
    "med": "MED",
    "mtu": "MTU",
    "peeringdb": "PeeringDB",
    "ttl": "TTL",
    "vlan": "VLAN",
    "vrf": "VRF",
}

NONE: Final[frozenset[str]] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """One input of the page."""

    name: str
    path: Path  # from the object on
    label: str
    field: Field
    bound: forms.BoundField

    @property
    def refers(self) -> str:
        """Return what kind of thing is named here and has too many names for a list to choose from."""
        return self.field.refers if isinstance(self.bound.field.widget, forms.TextInput) else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """The inputs of one object or of one within it."""

    title: str = ""
    meaning: str = ""
    prefix: str = ""
    inputs: tuple[Input, ...] = ()
    parts: tuple["Part", ...] = ()
    row: str = ""  # its number, if it is a row
    holds_rows: bool = False
    path: Path = ()
    form: forms.Form = field(default_factory=forms.Form)

    def all_parts(self) -> Iterator["Part"]:
        """Yield this part and all within it."""
        yield self
        for part in self.parts:
            yield from part.all_parts()


def part_of(form: type, values: Values, choices: Choices, *, title: str = "", skip: frozenset[str] = NONE) -> Part:
    """Return the form of an object of a class, with what stands in its inputs, without the fields `skip`."""
    return _part(form, values, choices, Part(title=title), skip)


def _part(form: type, values: Values, choices: Choices, at: Part, skip: frozenset[str] = NONE) -> Part:
    asked = [one for one in fields_of(form) if one.name not in skip]
    shown = forms.Form(values)
    inputs: list[tuple[str, Path, str, Field]] = []
    for one in asked:
        for name, path, label in _names(one, at):
            shown.fields[name] = input_for(one, choices)
            inputs.append((name, path, label, one))
    shown.is_valid()  # it always is: from now on the reader's problems can be put at its inputs
    return Part(
        title=at.title,
        meaning=at.meaning,
        prefix=at.prefix,
        row=at.row,
        path=at.path,
        form=shown,
        inputs=tuple(
            Input(name=name, path=path, label=label, field=one, bound=shown[name]) for name, path, label, one in inputs
        ),
        parts=tuple(part for one in asked for part in _within(one, values, choices, at)),
    )


def _names(one: Field, at: Part) -> Iterator[tuple[str, Path, str]]:
    """Yield name, path and label of each input of a field that is neither a group nor rows."""
    name, path, label = under(at.prefix, one.name), (*at.path, one.name), label_of(one.name)
    if one.sort is Sort.LINES and has_own_inputs(one):
        for number in range(int(one.most or 0)):
            yield under(name, number), (*path, str(number)), f"{label}, {number + 1}"
    elif one.sort not in {Sort.GROUP, Sort.ROWS}:
        yield name, path, label


def _within(one: Field, values: Values, choices: Choices, at: Part) -> Iterator[Part]:
    if one.form is None:
        return
    name, path, label = under(at.prefix, one.name), (*at.path, one.name), label_of(one.name)
    head = Part(title=label, meaning=one.meaning, prefix=name, path=path, holds_rows=one.sort is Sort.ROWS)
    if one.sort is Sort.GROUP:
        yield _part(one.form, values, choices, head)
        return
    rows = tuple(_row(one.form, values, choices, head, number) for number in rows_in(values, name))
    yield Part(title=label, meaning=one.meaning, prefix=name, path=path, holds_rows=True, parts=rows)


def _row(form: type, values: Values, choices: Choices, head: Part, number: str) -> Part:
    prefix = under(head.prefix, number)
    key = values.get(under(prefix, KEY), "").strip()
    return _part(form, values, choices, Part(title=key, prefix=prefix, path=(*head.path, key), row=number))


def label_of(name: str) -> str:
    """Return a field's name as people write it.

    >>> label_of("link_class"), label_of("asn")
    ('Link class', 'AS number')
    """
    words = name.split("_")
    text = " ".join(WHOLE_WORDS.get(word, word) for word in words)
    return text[:1].upper() + text[1:]


def said_at_fields(part: Part, problems: Iterable[Problem], *, depth: int) -> tuple[Problem, ...]:
    """Put each problem at the input that its path leads to; return those that lead to none.

    `depth`: how many steps of a path lead to the object.
    """
    inputs = {one.path: (each.form, one.name) for each in part.all_parts() for one in each.inputs}
    rows = {each.path: (each.form, under(each.prefix, KEY)) for each in part.all_parts() if each.row}
    left = []
    for problem in problems:
        found = _nearest({**rows, **inputs}, problem.path[depth:])
        if found is None:
            left.append(problem)
        else:
            found[0].add_error(found[1], problem.sentence)
    return tuple(left)


def _nearest(places: Mapping[Path, tuple[forms.Form, str]], path: Path) -> tuple[forms.Form, str] | None:
    for length in range(len(path), 0, -1):
        if path[:length] in places:
            return places[path[:length]]
    first = [place for way, place in places.items() if path and way[: len(path)] == path]
    return first[0] if first else None
