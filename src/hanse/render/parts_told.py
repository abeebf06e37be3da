"""What a class says of its parts in its own source: types in words, and what comments and annotations mean."""

import ast
import inspect
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, is_dataclass
from typing import Final

DEEPEST: Final = 3  # types within each other
ALIASES: Final[Mapping[str, str]] = {
    "AddressField": "Address",
    "AsnField": "Asn",
    "AsSetsField": "str",
    "Arguments": "mapping",
    "CommunityField": "CommunityValue",
    "HostName": "str",
    "InterfaceAddressField": "InterfaceAddress",
    "InterfaceName": "str",
    "MacField": "str",
    "MailField": "str",
    "Mapping[str, Any]": "mapping",
    "ObjectName": "str",
    "PrefixField": "Prefix",
    "Prose": "str",
    "Text": "str",
    "VlanId": "int",
    "bool": "true or false",
    "int": "number",
    "str": "text",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One field of a class: its name, its type in words, what it means."""

    name: str
    type: str
    meaning: str


def parts_of(cls: type) -> tuple[Part, ...]:
    """Return the fields and properties of a dataclass, with those that it has from others first."""
    found: dict[str, Part] = {}
    for owner in reversed(cls.__mro__):
        if is_dataclass(owner) and isinstance(owner, type):
            found |= {part.name: part for part in _own_parts(owner)}
    return tuple(found.values())


def _own_parts(cls: type) -> Iterator[Part]:
    comments = comments_in(cls)
    for node in _body(cls):
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            name = node.target.id
            written, told = _annotation(node.annotation)
            meaning = "; ".join(filter(None, (told, comments.get(name, ""))))
            yield Part(name=name, type=_in_words(written), meaning=meaning)
        elif isinstance(node, ast.FunctionDef) and _is_property(node) and node.returns:
            first = (ast.get_docstring(node) or "").partition("\n")[0]
            yield Part(name=node.name, type=_in_words(ast.unparse(node.returns)), meaning=without_verb(first))


def _is_property(node: ast.FunctionDef) -> bool:
    return any(isinstance(one, ast.Name) and one.id == "property" for one in node.decorator_list)


def _body(cls: type) -> list[ast.stmt]:
    tree = ast.parse(inspect.cleandoc(inspect.getsource(cls))).body[0]
    return tree.body if isinstance(tree, ast.ClassDef) else []


def _annotation(node: ast.expr) -> tuple[str, str]:
    """Return the type that is written, and the text in its annotation that says what it means."""
    said = [
        one.value
        for inner in ast.walk(node)
        if isinstance(inner, ast.Subscript) and ast.unparse(inner.value) == "Annotated"
        for one in (inner.slice.elts[1:] if isinstance(inner.slice, ast.Tuple) else ())
        if isinstance(one, ast.Constant) and isinstance(one.value, str)
    ]
    bare = _Bare().visit(node)
    return ast.unparse(bare), "; ".join(said)


class _Bare(ast.NodeTransformer):
    """Takes `Annotated` off a type."""

    def visit_Subscript(self, node: ast.Subscript) -> ast.AST:
        self.generic_visit(node)
        if ast.unparse(node.value) == "Annotated" and isinstance(node.slice, ast.Tuple):
            return node.slice.elts[0]
        return node


def comments_in(cls: type) -> dict[str, str]:
    """Return the comment behind each field or member, by name."""
    found = {}
    for line in inspect.getsource(cls).splitlines():
        field = re.match(r"    (\w+)\s*[:=]", line)
        comment = re.search(r"\s{2}#\s*(?!noqa|type:)(.+)$", line)
        if field and comment:
            found[field[1]] = comment[1]
    return found


def _in_words(written: str) -> str:
    """Return a type as people say it: `tuple[Asn, ...]` is a list of Asn."""
    for _ in range(DEEPEST):
        written = re.sub(r"tuple\[([^\[\]]+), \.\.\.\]", r"list of \1", written)
        written = re.sub(r"Mapping\[\w+, (?!Any)([^\[\]]+)\]", r"mapping to \1", written)
        written = re.sub(r"tuple\[((?:(?!\.\.\.)[^\[\]])+)\]", r"(\1)", written)
    for name, plain in ALIASES.items():
        written = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", plain, written)
    return written.replace(" | None", " or none").replace("|", "or").replace("text or text", "text")


def without_verb(sentence: str) -> str:
    """Return what a docstring's first sentence says is returned.

    >>> without_verb("Return the address alone.")
    'The address alone.'
    """
    rest = re.sub(r"^(Return|Yield|Say) ", "", sentence)
    return rest[:1].upper() + rest[1:] if rest != sentence else sentence
