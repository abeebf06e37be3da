"""What a fact is."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from hanse.network.errors import OutsideError

T = TypeVar("T")


class NotUnderstood(OutsideError):
    """The router's tools answer in a form that this reader does not know."""

    retry = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact(Generic[T]):
    """A shell command, and the pure reader of what it prints."""

    command: str
    read: Callable[[str], T]
