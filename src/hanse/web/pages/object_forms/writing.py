"""A body to the values of inputs."""

from collections.abc import Iterator, Mapping
from typing import Any

import yaml
from django.utils.datastructures import MultiValueDict

from hanse.network.wanted.shape import Field, Sort, fields_of
from hanse.web.pages.object_forms.names import KEY, Values, has_own_inputs, under


def values_of(form: type, body: Mapping[str, Any], prefix: str = "") -> Values:
    """Return what stands in each input for `body`; fields that it does not name stand at their default."""
    found: Values = MultiValueDict()
    for field in fields_of(form):
        for name, values in _inputs(field, body.get(field.name), under(prefix, field.name)):
            found.setlist(name, values)
    return found


def _inputs(field: Field, value: Any, name: str) -> Iterator[tuple[str, list[str]]]:
    match field.sort:
        case Sort.GROUP if field.form:
            yield from values_of(field.form, value or {}, name).lists()
        case Sort.ROWS if field.form:
            rows: Mapping[str, Any] = value or {}
            yield under(name, "row"), [str(number) for number in range(len(rows))]
            for number, (key, row) in enumerate(rows.items()):
                yield from values_of(field.form, {**row, KEY: key}, under(name, number)).lists()
        case Sort.LINES if has_own_inputs(field):
            for number, item in enumerate(value or ()):
                yield under(name, number), [str(item)]
        case _:
            yield name, _plain(field, value)


def _plain(field: Field, value: Any) -> list[str]:
    """Return what stands in one input."""
    match field.sort:
        case Sort.CHOICES:
            return [str(item) for item in value or ()]
        case Sort.LINES:
            return ["\n".join(str(item) for item in value or ())]
        case Sort.WORDS:
            return [yaml.safe_dump(value, sort_keys=False, allow_unicode=True) if value else ""]
        case Sort.FLAG:
            return ["on"] if (field.default if value is None else value) else []
    if value is None:
        value = "" if field.default is None else field.default
    return [str(value)]
