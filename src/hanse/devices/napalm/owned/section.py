"""What every platform can say of the part of a router's configuration that is ours."""

from collections.abc import Collection, Mapping
from typing import Protocol


class Section(Protocol):
    """What is ours of a router's configuration, as texts."""

    def owned(self, running: str, wanted: str, secrets: Mapping[str, str] = ..., changed: Collection[str] = ...) -> str:
        """Return the part of `running` that is ours, secrets by name; `wanted` itself if it says the same."""

    def merge_lines(
        self, running: str, wanted: str, secrets: Mapping[str, str] = ..., changed: Collection[str] = ...
    ) -> str:
        """Return what to load so that what is ours becomes `wanted`, secrets revealed; empty: nothing to do."""

    def concealed(self, diff: str, secrets: Mapping[str, str] = ...) -> str:
        """Return a router's own text without passwords in a form that the router stores."""

    def canonical(self, text: str) -> str:
        """Return what all texts that say the same have in common."""
