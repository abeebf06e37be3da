"""Pillars as the plain files that Salt reads: `top.sls`, one file a router, and the program that all of them share."""

from collections.abc import Iterable
from typing import Any, Final

import yaml

from hanse.actions.pillars import Pillar

PLAIN: Final = "#!yaml\n"  # no template: what looks like one in a router's text is that router's
TOP: Final = "top.sls"


def sls_files(pillars: Iterable[Pillar], domain: str) -> dict[str, str]:
    """Return the files, name -> text. A minion is called as its router, or so with the network's `domain` behind.

    >>> sls_files([], "")
    {'top.sls': '#!yaml\\nbase: {}\\n'}
    """
    files: dict[str, str] = {}
    top: dict[str, list[Any]] = {}
    for one in pillars:
        tree = one.tree()
        del tree["minion"]  # it may be called either way
        names = (one.node, *([f"{one.node}.{domain}"] if domain else []))
        program = one.program.path.rpartition("/")[2].removesuffix(".pyz")
        parts = {one.node.replace(".", "_"): tree, f"program-{program}": {"program": tree.pop("program")}}
        files |= {f"hanse/{name}.sls": _text({"hanse": part}) for name, part in parts.items()}
        top[",".join(names)] = [{"match": "list"}, *(f"hanse.{name}" for name in parts)]
    return {TOP: _text({"base": top}), **dict(sorted(files.items()))}


def _text(tree: dict[str, Any]) -> str:
    return PLAIN + yaml.safe_dump(tree, sort_keys=True, allow_unicode=True, width=1000)
