"""Changes of wanted objects, as lines and as a tree."""

from collections.abc import Iterable
from typing import Any

import yaml

from hanse.store.audit import ObjectChange


def change_tree(changes: Iterable[ObjectChange]) -> list[dict[str, Any]]:
    """Return the changes for `--json`."""
    return [
        {"verb": one.verb, "kind": one.kind, "name": one.name, "before": one.before, "after": one.after}
        for one in changes
    ]


def change_lines(changes: Iterable[ObjectChange]) -> list[str]:
    """Return a line an object, and under a changed one what differs in it."""
    lines = []
    for one in changes:
        lines.append(f"{one.verb:6} {one.kind}" + (f".{one.name}" if one.name else ""))
        if isinstance(one.before, dict) and isinstance(one.after, dict):
            lines += _differing(one.before, one.after)
    return lines


def _differing(before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    words = [*before, *(word for word in after if word not in before)]
    return [
        f"         {word}: {_short(before.get(word))} -> {_short(after.get(word))}"
        for word in words
        if before.get(word) != after.get(word)
    ]


def _short(value: Any) -> str:
    if value is None:
        return "(default)"
    return yaml.safe_dump(value, default_flow_style=True, width=10_000, sort_keys=False).removesuffix("\n...\n").strip()
