"""Changes of wanted objects as pages show them: what differs, as lines of YAML."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import unified_diff
from typing import Any

import yaml

from hanse.network.wanted.edits import ALL_KINDS, GENERAL
from hanse.store.audit import ObjectChange
from hanse.web.pages.objects import NAMELESS


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldChange:
    """One object, what happens to it, and what differs."""

    verb: str
    kind: str
    name: str
    lines: tuple[str, ...]

    @property
    def title(self) -> str:
        """Return what the object is called."""
        return f"{self.kind}.{self.name}".removesuffix(".")

    @property
    def key(self) -> str:
        """Return what stands in an address for its name; empty if it has no page."""
        if self.kind not in ALL_KINDS:
            return ""
        return NAMELESS if self.kind == GENERAL else self.name


def told(changes: Iterable[ObjectChange]) -> tuple[ToldChange, ...]:
    """Return `changes` for a page."""
    return tuple(
        ToldChange(verb=one.verb, kind=one.kind, name=one.name, lines=_lines(one.before, one.after)) for one in changes
    )


def as_yaml(body: Any) -> str:
    """Return a body as files hold it; a text is itself, nothing is nothing."""
    if body is None or isinstance(body, str):
        return body or ""
    return yaml.safe_dump(body, sort_keys=False, allow_unicode=True, width=110) if body else ""


def _lines(before: Any, after: Any) -> tuple[str, ...]:
    """Return the lines of a unified diff with everything around, without its heads: objects are short."""
    one, other = as_yaml(before).splitlines(), as_yaml(after).splitlines()
    lines = tuple(unified_diff(one, other, n=max(len(one), len(other)), lineterm=""))
    return lines[3:]
