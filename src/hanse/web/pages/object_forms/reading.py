"""The values of inputs to a body. What it means is decided by the reader of files: here nothing is judged."""

from typing import Any, Final

from hanse.network.wanted.problem import Path, Problem
from hanse.network.wanted.shape import Field, Sort, fields_of
from hanse.network.wanted.yaml_text import native, read_yaml
from hanse.web.pages.object_forms.names import KEY, Values, has_own_inputs, rows_in, under

LEFT_OUT: Final = object()  # a field that stands at its default
Found = tuple[Any, tuple[Problem, ...]]
Body = tuple[dict[str, Any], tuple[Problem, ...]]


def body_in(
    form: type, values: Values, prefix: str = "", path: Path = ()
) -> tuple[dict[str, Any], tuple[Problem, ...]]:
    """Return the body that the inputs hold, and what cannot be read at all; `path` leads to the object."""
    body: dict[str, Any] = {}
    problems: tuple[Problem, ...] = ()
    for field in fields_of(form):
        value, wrong = _value(field, values, under(prefix, field.name), (*path, field.name))
        problems += wrong
        if value is not LEFT_OUT:
            body[field.name] = value
    return body, problems


def _value(field: Field, values: Values, name: str, path: Path) -> Found:
    match field.sort:
        case Sort.GROUP if field.form:
            body, problems = body_in(field.form, values, name, path)
            is_empty = not field.is_required and not any(_written(field.form, values, name))
            return (LEFT_OUT, ()) if is_empty else (body, problems)
        case Sort.ROWS:
            return _rows(field, values, name, path)
        case Sort.LINES if has_own_inputs(field):
            listed = (values.get(under(name, number), "").strip() for number in range(int(field.most or 0)))
            return [text for text in listed if text] or LEFT_OUT, ()
        case Sort.WORDS:
            return _words(values.get(name, ""), path)
    return _plain(field, values, name), ()


def _written(form: type, values: Values, prefix: str) -> list[str]:
    """Return what was written into the inputs of a group. A group of nothing but defaults is not there."""
    return [
        text
        for field in fields_of(form)
        for text in values.getlist(under(prefix, field.name))
        if text.strip() and text != str(field.default)
    ]


def _plain(field: Field, values: Values, name: str) -> Any:
    match field.sort:
        case Sort.FLAG:
            return name in values
        case Sort.CHOICES:
            return values.getlist(name) or LEFT_OUT
        case Sort.LINES:
            return " ".join(values.getlist(name)).replace(",", " ").split() or LEFT_OUT
    text = values.get(name, "").strip()
    return text or LEFT_OUT


def _rows(field: Field, values: Values, name: str, path: Path) -> Found:
    rows: dict[str, Any] = {}
    problems: tuple[Problem, ...] = ()
    for number in rows_in(values, name) if field.form else ():
        assert field.form is not None
        prefix = under(name, number)
        key = values.get(under(prefix, KEY), "").strip()
        body, wrong = body_in(field.form, values, prefix, (*path, key))
        body.pop(KEY, None)
        if not key and not _written(field.form, values, prefix):
            continue
        if key in rows:
            wrong = (*wrong, Problem((*path, key, KEY), f"{key!r} stands twice: rename or remove one of them"))
        rows[key] = body
        problems += wrong
    return (rows or LEFT_OUT), problems


def _words(text: str, path: Path) -> Found:
    tree, _, problems = read_yaml("text", text)
    if problems:
        return LEFT_OUT, (Problem(path, problems[0].sentence),)
    return (native(tree) if tree else LEFT_OUT), ()


def with_row(values: Values, prefix: str) -> Values:
    """Return the inputs with one more row of a field, empty."""
    changed = values.copy()
    numbers = [int(number) for number in rows_in(values, prefix) if number.isdigit()]
    changed.setlist(under(prefix, "row"), [*rows_in(values, prefix), str(max(numbers, default=-1) + 1)])
    return changed


def without_row(values: Values, prefix: str, number: str) -> Values:
    """Return the inputs without one row of a field."""
    changed = values.copy()
    changed.setlist(under(prefix, "row"), [one for one in rows_in(values, prefix) if one != number])
    return changed
