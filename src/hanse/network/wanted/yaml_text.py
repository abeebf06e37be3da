"""YAML to plain trees, keeping where each thing stands. Scalars stay as they were written, but for null and booleans.

So an AS number 1.10 is not the fraction 1.1, and 010 is ten: what a word means is decided by the field that it fills.
"""

from typing import Any, Final

import yaml

from hanse.network.wanted.problem import Mark, Path, Problem

LOADER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
BOOLEANS: Final = {"true": True, "false": False}


class _Reading:
    """One text being read: what was found on the way."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.marks: dict[Path, Mark] = {}
        self.problems: list[Problem] = []

    def note(self, path: Path, node: yaml.Node) -> None:
        self.marks[path] = Mark(self.file, node.start_mark.line + 1)

    def tree(self, node: yaml.Node, path: Path) -> Any:
        self.marks.setdefault(path, Mark(self.file, node.start_mark.line + 1))
        if isinstance(node, yaml.MappingNode):
            return self.mapping(node, path)
        if isinstance(node, yaml.SequenceNode):
            return [self.tree(item, (*path, str(index))) for index, item in enumerate(node.value)]
        return scalar(node)

    def mapping(self, node: yaml.MappingNode, path: Path) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key_node, value_node in node.value:
            if not isinstance(key_node, yaml.ScalarNode):
                self.note((*path, "?"), key_node)
                self.problems.append(Problem((*path, "?"), "a name must be a plain word"))
                continue
            key = str(key_node.value)
            if key in found:
                first = self.marks[(*path, key)]
                self.note((*path, f"{key} (again)"), key_node)
                sentence = f"{key!r} stands twice, first at {first}: rename or remove one of them"
                self.problems.append(Problem((*path, f"{key} (again)"), sentence))
                continue
            self.note((*path, key), key_node)
            found[key] = self.tree(value_node, (*path, key))
        return found


class Plain(str):
    """A scalar that stands without quotes."""

    __slots__ = ()


def scalar(node: yaml.Node) -> str | bool | None:
    """Return the scalar as written; null and plain true/false as themselves."""
    if node.tag == "tag:yaml.org,2002:null":
        return None
    if node.tag == "tag:yaml.org,2002:bool":
        return BOOLEANS.get(str(node.value).lower(), str(node.value))
    quoted = isinstance(node, yaml.ScalarNode) and node.style
    return str(node.value) if quoted else Plain(node.value)


def native(value: Any) -> Any:
    """Return `value` with its unquoted scalars as numbers where YAML reads numbers: for words that are not ours."""
    if isinstance(value, dict):
        return {str(key): native(item) for key, item in value.items()}
    if isinstance(value, list):
        return [native(item) for item in value]
    if isinstance(value, Plain):
        number = yaml.safe_load(value)
        return number if isinstance(number, int | float) else str(value)
    return value


def read_yaml(file: str, text: str) -> tuple[dict[str, Any], dict[Path, Mark], tuple[Problem, ...]]:
    """Return the tree of one YAML text, where everything stands, and what is wrong with it as YAML.

    An empty text is an empty tree.
    """
    reading = _Reading(file)
    try:
        node = yaml.compose(text, Loader=LOADER)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        return {}, {(file,): Mark(file, line)}, (_not_yaml(file, error.problem or "unreadable"),)
    except (yaml.YAMLError, RecursionError) as error:
        return {}, {(file,): Mark(file, 1)}, (_not_yaml(file, " ".join(str(error).split())),)
    if node is None:
        return {}, {}, ()
    if not isinstance(node, yaml.MappingNode):
        return {}, {(file,): Mark(file, 1)}, (_not_yaml(file, "its top is no mapping of kinds"),)
    tree = reading.mapping(node, ())
    return tree, reading.marks, tuple(reading.problems)


def _not_yaml(file: str, why: str) -> Problem:
    return Problem(
        (file,), f"this is not YAML that Hanse reads ({why}): write `sites:`, `nodes:` ... and indent by two"
    )
