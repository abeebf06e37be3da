"""Templates that leave a mark before everything they write: which line of which template it was, and of what object.

The marks stand in the text itself, as characters that no configuration has. They are for `explain` alone.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from jinja2 import nodes

from hanse.render.sandbox import Sandbox

# From the private use area of Unicode: what each is followed by, up to END.
PLACE: Final = "\ue000"  # a template and a line in it: "NAME:LINE"
INTO: Final = "\ue001"  # from here on, of this object; empty: of nobody new
OUT: Final = "\ue002"  # back to the object before
END: Final = "\ue003"
MARK: Final = re.compile(f"([{PLACE}{INTO}{OUT}])([^{END}]*){END}")
AS_NO_MARK: Final = re.compile(f"[{PLACE}{INTO}{OUT}{END}]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Some text between two marks. `why` is the path of an object, empty if nobody knows."""

    text: str
    template: str
    line: int
    why: str


class MarkingSandbox(Sandbox):
    """A sandbox whose templates leave marks."""

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(AS_NO_MARK.sub(" ", source), name, filename)
        _mark(tree, name or "")
        return tree

    def why_mark(self, value: Any) -> str:
        """Return the mark that says of which object the text from here on is."""
        return f"{INTO}{getattr(value, 'why', '') or ''}{END}"


def _mark(node: nodes.Node, template: str) -> None:
    """Put marks into a tree of a template, in place."""
    for child in node.iter_child_nodes():
        if not (isinstance(child, nodes.Macro) and _is_one_word(child)):
            _mark(child, template)
    if isinstance(node, nodes.Output):
        node.nodes = [marked for one in node.nodes for marked in _marked(one, template)]
    elif isinstance(node, nodes.For):
        node.body = _scoped(node.body, [one.name for one in node.target.find_all(nodes.Name)] or _own_name(node.target))
    elif isinstance(node, nodes.Macro) and not _is_one_word(node):
        node.body = _scoped(node.body, [one.name for one in node.args])


def _own_name(target: nodes.Node) -> list[str]:
    return [target.name] if isinstance(target, nodes.Name) else []


def _is_one_word(macro: nodes.Macro) -> bool:
    """Say whether a macro writes no whole line: what it says is taken for a word, and a mark in it would be wrong."""
    return not any("\n" in piece.data for piece in macro.find_all(nodes.TemplateData))


def _marked(one: nodes.Expr, template: str) -> Iterator[nodes.Expr]:
    if not isinstance(one, nodes.TemplateData):
        yield nodes.TemplateData(f"{PLACE}{template}:{one.lineno}{END}", lineno=one.lineno)
        yield one
        return
    for number, line in enumerate(one.data.splitlines(keepends=True)):
        place = f"{PLACE}{template}:{one.lineno + number}{END}"
        yield nodes.TemplateData(f"{place}{line}", lineno=one.lineno)


def _scoped(body: list[nodes.Node], names: list[str]) -> list[nodes.Node]:
    """Return `body` between marks for the objects of those names."""
    if not body:
        return body
    number = body[0].lineno
    into: list[nodes.Expr] = [
        nodes.Call(
            nodes.EnvironmentAttribute("why_mark", lineno=number),
            [nodes.Name(name, "load", lineno=number)],
            [],
            None,
            None,
            lineno=number,
        )
        for name in names
    ]
    out: list[nodes.Expr] = [nodes.TemplateData(f"{OUT}{END}" * len(names), lineno=number)]
    return [nodes.Output(into, lineno=number), *body, nodes.Output(out, lineno=number)]


def pieces(marked: str) -> Iterator[Piece]:
    """Yield the text between marks, in order, each with where it came from."""
    template, line, whys, begin = "", 0, [""], 0
    for mark in (*MARK.finditer(marked), None):
        text = marked[begin : mark.start() if mark else len(marked)]
        if text:
            yield Piece(text=text, template=template, line=line, why=next((why for why in reversed(whys) if why), ""))
        if mark is None:
            return
        begin = mark.end()
        if mark[1] == PLACE:
            template, _, number = mark[2].rpartition(":")
            line = int(number)
        elif mark[1] == INTO:
            whys.append(mark[2])
        elif len(whys) > 1:
            whys.pop()
