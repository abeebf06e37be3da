"""A whole list as CSV, JSON or YAML: every row that the filters leave, in the order asked for, as it is read."""

import csv
import json
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import Any, Final

import yaml
from django.db.models import QuerySet
from django.http import StreamingHttpResponse

from hanse.web.pages.lists.table import Column, Rows, Table

Record = dict[str, Any]
AT_ONCE: Final = 1000  # rows
# What a spreadsheet takes for a formula: https://owasp.org/www-community/attacks/CSV_Injection
FORMULA_BEGINS: Final = ("=", "+", "-", "@", "\t", "\r", "\n")


class _Line:
    """A file that gives back what is written to it: csv wants one."""

    def write(self, text: str) -> str:
        return text


def _columns(table: Table) -> list[Column]:
    shown = [column for column in table.columns if column.is_exported and column.field]
    return shown + [Column(name.replace("__", "."), name) for name in table.exported]


def _name(column: Column) -> str:
    return column.field.replace(".", "_")


def _records(columns: list[Column], rows: Rows) -> Iterator[Record]:
    found: Iterable[Any] = rows.iterator(chunk_size=AT_ONCE) if isinstance(rows, QuerySet) else rows
    for row in found:
        yield {_name(column): _plain(column.value(row)) for column in columns}


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, dict):
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(one) for one in value]
    return str(value)


def _as_csv(columns: list[Column], records: Iterator[Record]) -> Iterator[str]:
    writer = csv.writer(_Line())
    yield writer.writerow(map(_name, columns))
    for record in records:
        yield writer.writerow(map(_cell, record.values()))


def _cell(value: Any) -> Any:
    text = json.dumps(value) if isinstance(value, dict | list) else value
    return f"'{text}" if isinstance(text, str) and text.startswith(FORMULA_BEGINS) else text


def _as_json(_columns: list[Column], records: Iterator[Record]) -> Iterator[str]:
    between = "[\n"
    for record in records:
        yield between + json.dumps(record, ensure_ascii=False)
        between = ",\n"
    yield "\n]\n" if between == ",\n" else "[]\n"


def _as_yaml(_columns: list[Column], records: Iterator[Record]) -> Iterator[str]:
    is_empty = True
    for record in records:
        is_empty = False
        yield yaml.safe_dump([record], sort_keys=False, allow_unicode=True)
    if is_empty:
        yield "[]\n"


FORMATS: Final[dict[str, tuple[str, Callable[[list[Column], Iterator[Record]], Iterator[str]]]]] = {
    "csv": ("text/csv; charset=utf-8", _as_csv),
    "json": ("application/json", _as_json),
    "yaml": ("application/yaml; charset=utf-8", _as_yaml),
}


def export(table: Table, rows: Rows, *, form: str, name: str) -> StreamingHttpResponse:
    """Return the list as a file that is called `name`."""
    kind, written = FORMATS[form]
    columns = _columns(table)
    answer = StreamingHttpResponse(written(columns, _records(columns, rows)), content_type=kind)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    return answer
