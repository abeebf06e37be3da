"""Texts of long lists, written once: hundreds of routers have the very same prefixes, and the same words of them."""

from collections.abc import Callable, Iterable
from threading import Lock
from typing import Any, Final

ROOM: Final = 16 << 20  # characters; when they are used up all is forgotten
LONG: Final = 16  # shorter lists are written as fast as they are found


class Remembered:
    """What was written of a tuple, found again by the very tuple. Any thread may ask."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._room = ROOM
        self._texts: dict[tuple[Any, ...], tuple[Any, str]] = {}  # the tuple stays, so that its identity does

    def text(self, write: Callable[[Iterable[Any]], str], items: Iterable[Any], *terms: object) -> str:
        """Return what `write` says of `items`; `terms` are what else it depends on."""
        if not isinstance(items, tuple) or len(items) < LONG:
            return write(items)
        key = (id(items), *terms)
        found = self._texts.get(key)
        if found is not None and found[0] is items:
            return found[1]
        text = write(items)
        with self._lock:
            self._room -= len(text)
            if self._room < 0:
                self._texts, self._room = {}, ROOM - len(text)
            if self._room >= 0:
                self._texts[key] = items, text
        return text
