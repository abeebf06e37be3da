"""The wanted objects of a kind as rows of a list: made as they are looked at, so that fifty thousand cost no more."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, overload


@dataclass(frozen=True, slots=True)
class ObjectRow:
    """One object of a list. Its fields are read as they are asked for, as people write them."""

    kind: str
    key: str
    wanted: Any

    def __getattr__(self, field: str) -> Any:
        if field.startswith("_"):
            raise AttributeError(field)
        return said(getattr(self.wanted, field))


class ObjectRows(Sequence[ObjectRow]):
    """The objects of `kind`, by name, in their order."""

    def __init__(self, kind: str, wanted: Mapping[str, Any]) -> None:
        self._kind = kind
        self._names = tuple(wanted)
        self._wanted = wanted

    def __len__(self) -> int:
        return len(self._names)

    @overload
    def __getitem__(self, which: int) -> ObjectRow: ...
    @overload
    def __getitem__(self, which: slice) -> "tuple[ObjectRow, ...]": ...
    def __getitem__(self, which: int | slice) -> "ObjectRow | tuple[ObjectRow, ...]":
        if isinstance(which, slice):
            return tuple(self._row(name) for name in self._names[which])
        return self._row(self._names[which])

    def _row(self, name: str) -> ObjectRow:
        return ObjectRow(self._kind, name, self._wanted[name])

    def with_words(self, words: str, fields: Sequence[str]) -> "ObjectRows":
        """Return those in which each of `words` stands, in the name or one of `fields`; capitals do not count."""
        asked = words.lower().split()
        texts = _texts(self._kind, self._wanted, fields)
        found = {
            name: wanted
            for (name, wanted), text in zip(self._wanted.items(), texts, strict=True)
            if all(word in text for word in asked)
        }
        return ObjectRows(self._kind, found)

    def holding(self, field: str, value: str) -> "ObjectRows":
        """Return those whose `field` is `value`, or names it among others."""
        return ObjectRows(
            self._kind, {name: one for name, one in self._wanted.items() if value in _held(getattr(one, field))}
        )


def _held(value: Any) -> tuple[str, ...]:
    return tuple(map(str, value)) if isinstance(value, tuple) else (str(value),)


def said(value: Any) -> Any:
    """Return a field's value as people write it."""
    if isinstance(value, tuple):
        return ", ".join(str(item) for item in value)
    if value is None or isinstance(value, bool | int | float):
        return value
    return getattr(value, "number", None) or str(value)


Texts = dict[str, tuple[Any, str]]  # by name: the object, and the words in it
# What was searched last, by kind and fields. Objects never change: a text holds as long as the object is the same one.
_SEARCHED: dict[tuple[str, tuple[str, ...]], Texts] = {}


def _texts(kind: str, wanted: Mapping[str, Any], fields: Sequence[str]) -> list[str]:
    """Return what stands in each of the objects, made anew only of those that were not searched last time."""
    place = kind, tuple(fields)
    before, now = _SEARCHED.get(place, {}), {}
    for name, one in wanted.items():
        known = before.get(name)
        now[name] = known if known and known[0] is one else (one, _text(name, one, fields))
    _SEARCHED[place] = now
    return [text for _, text in now.values()]


def _text(name: str, one: Any, fields: Sequence[str]) -> str:
    return "\n".join((name, *(str(said(getattr(one, field))) for field in fields))).lower()
