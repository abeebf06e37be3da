"""Files of intent to a Network and back: load(dump(x)) == x for every network.

Reading never rewrites: comments and order of hand-written files are their author's.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from typing import Any, Final, get_args, get_type_hints

import yaml
from pydantic import TypeAdapter, ValidationError

from hanse.network.wanted.bodies import bare
from hanse.network.wanted.contacts import Note
from hanse.network.wanted.edits import ALL_KINDS, Edit, body_of, name_of, objects_from
from hanse.network.wanted.naming import Nameserver
from hanse.network.wanted.network import KINDS, Network
from hanse.network.wanted.ports import Port
from hanse.network.wanted.problem import Contradictory, Mark, Path, Problem, in_order
from hanse.network.wanted.sentences import one_of, problem_from
from hanse.network.wanted.tunnels import TunnelEnd
from hanse.network.wanted.yaml_text import read_yaml

ADAPTER: Final[TypeAdapter[Network]] = TypeAdapter(Network)
Tree = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """A network and where each part of it was written."""

    network: Network
    marks: dict[Path, Mark]


def load(texts: Mapping[str, str]) -> Loaded:
    """Return the network that the files, name -> text, describe together.

    :raises Contradictory: with everything that cannot be read, at once
    """
    tree, marks, problems = _trees(texts)
    try:
        network = network_from(tree)
    except Contradictory as error:
        problems += error.problems
    if problems:
        raise Contradictory(in_order(_without_echo(problems), marks), marks)
    return Loaded(network=network, marks=marks)


def edits_in(texts: Mapping[str, str]) -> tuple[Edit, ...]:
    """Return what files, name -> text, say of the objects that they name: they may be a part of a network.

    :raises Contradictory: with everything that cannot be read, at once
    """
    tree, marks, problems = _trees(texts)
    found: list[Edit] = []
    for kind, objects in tree.items():
        try:
            found += _edits(kind, objects)
        except Contradictory as error:
            problems += error.problems
    if problems:
        raise Contradictory(in_order(_without_echo(problems), marks), marks)
    return tuple(found)


def _edits(kind: str, objects: Any) -> Iterator[Edit]:
    if kind not in ALL_KINDS:
        raise Contradictory((Problem((kind,), f"there is no such word here: {one_of(ALL_KINDS, kind)}"),))
    found = objects_from(kind, objects)
    for one in found:
        yield Edit(kind=kind, name=name_of(kind, one), body=body_of(kind, one))


def _trees(texts: Mapping[str, str]) -> tuple[Tree, dict[Path, Mark], list[Problem]]:
    """Return what all files say together, where each thing stands, and what is no YAML or stands twice."""
    tree: Tree = {}
    marks: dict[Path, Mark] = {}
    problems: list[Problem] = []
    for file in sorted(texts):
        part, part_marks, part_problems = read_yaml(file, texts[file])
        problems += part_problems
        for path, mark in part_marks.items():
            if len(path) != 2 or path not in marks:
                marks[path] = mark
                continue
            problems.append(_again(path, mark, marks))
        _join(tree, part)
    return tree, marks, problems


def _without_echo(problems: list[Problem]) -> tuple[Problem, ...]:
    """Return `problems` without "network is missing" when a file could not be read at all."""
    unreadable = any("not YAML" in problem.sentence for problem in problems)
    return tuple(found for found in problems if not (unreadable and found.path == ("network",)))


def _again(path: Path, mark: Mark, marks: dict[Path, Mark]) -> Problem:
    first = marks[path]
    again = (*path[:-1], f"{path[-1]} (again in {mark.file})")
    marks[again] = mark
    return Problem(again, f"{path[-1]!r} stands in two files, first at {first}: rename or remove one of them")


def _join(tree: Tree, part: Tree) -> None:
    for kind, objects in part.items():
        if isinstance(objects, dict) and isinstance(tree.get(kind), dict):
            tree[kind] = {**objects, **tree[kind]}
        elif objects is not None or kind not in tree:
            tree[kind] = objects if objects is not None else {}


def network_from(tree: Tree) -> Network:
    """Return the network of a plain tree, kind -> name -> body, as files, the store and the API hold it.

    :raises Contradictory:
    """
    try:
        return ADAPTER.validate_python(tree)
    except ValidationError as error:
        found = (problem_from(detail) for detail in error.errors(include_url=False))
        raise Contradictory(in_order(tuple(problem for problem in found if problem), {})) from error


def tree_of(network: Network) -> Tree:
    """Return the plain tree of `network`: what is at its default is left out, keys stand once, as keys."""
    tree: Tree = ADAPTER.dump_python(network, mode="json", exclude_defaults=True)
    for kind in KINDS:
        if kind in tree:
            tree[kind] = {key: bare(kind, body) for key, body in tree[kind].items()}
    for server in tree["network"].get("nameservers", {}).values():
        server.pop("name")
    return tree


def dump(network: Network) -> dict[str, str]:
    """Return `network` as files, name -> text: one file a kind, `network.yml` for what is general."""
    tree = tree_of(network)
    return {
        f"{kind}.yml": yaml.safe_dump({kind: tree[kind]}, sort_keys=False, allow_unicode=True, width=110)
        for kind in ("network", *KINDS)
        if tree.get(kind)
    }


def json_schema() -> Tree:
    """Return the JSON Schema (draft 2020-12) of the files, for editors: every kind may stand in any file."""
    schema: Tree = ADAPTER.json_schema()
    schema.pop("required", None)
    for name, definition in schema.get("$defs", {}).items():
        key = "asn" if name == "AutonomousSystem" else "name"
        if name in _keyed():
            definition["properties"].pop(key, None)
            definition["required"] = [field for field in definition.get("required", []) if field != key]
            definition["type"] = "object" if definition["required"] else ["object", "null"]  # `eth0:` alone is enough
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "Hanse network", **schema}


def _keyed() -> frozenset[str]:
    """Return the names of the classes whose objects stand under their name."""
    hints = get_type_hints(Network)
    elements = (arg for field in fields(Network) for arg in get_args(hints[field.name]))
    return frozenset(
        {
            Nameserver.__name__,
            Note.__name__,
            Port.__name__,
            TunnelEnd.__name__,
            *(arg.__name__ for arg in elements if isinstance(arg, type) and is_dataclass(arg)),
        }
    )
