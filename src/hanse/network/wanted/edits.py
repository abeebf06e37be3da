"""Edits of single objects: each is read by the reader of files, and a network with some edited is a new network."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final, get_args, get_type_hints

from pydantic import TypeAdapter, ValidationError

from hanse.network.errors import WantedError
from hanse.network.wanted.bodies import bare
from hanse.network.wanted.network import KINDS, General, Network, key_of
from hanse.network.wanted.problem import Contradictory, Problem, in_order
from hanse.network.wanted.sentences import one_of, problem_from

GENERAL: Final = "network"  # the kind of what holds for the network as a whole; its only object has no name
ALL_KINDS: Final = (GENERAL, *KINDS)
HINTS: Final = get_type_hints(Network, include_extras=True)
ADAPTERS: Final[Mapping[str, TypeAdapter[Any]]] = {kind: TypeAdapter(HINTS[kind]) for kind in ALL_KINDS}
FORMS: Final[Mapping[str, type]] = {
    GENERAL: General,
    **{kind: get_args(get_type_hints(Network)[kind])[1] for kind in KINDS},
}
PRINTERS: Final[Mapping[str, TypeAdapter[Any]]] = {kind: TypeAdapter(form) for kind, form in FORMS.items()}


class NoSuchKind(WantedError):
    """There are no wanted objects of this kind."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """One object as it is to be: its body as files hold it, without its key. None: it is not wanted any more."""

    kind: str
    name: str
    body: Any


def insist_on_kind(kind: str) -> None:
    """Return if there are wanted objects of `kind`.

    :raises NoSuchKind:
    """
    if kind not in ALL_KINDS:
        raise NoSuchKind(f"there is no kind {kind!r}: {one_of(ALL_KINDS, kind)}")


def object_from(kind: str, name: str, body: Any) -> Any:
    """Return the object that `body` describes: a Site, a Node, ..., or the General.

    :raises Contradictory: each problem's path begins with `kind` and, but for what is general, the name
    :raises NoSuchKind:
    """
    insist_on_kind(kind)
    return objects_from(kind, body if kind == GENERAL else {name: body})[0]


def objects_from(kind: str, bodies: Any) -> tuple[Any, ...]:
    """Return the objects that stand under `kind` in files: `bodies` by name, or that of what is general.

    :raises Contradictory:
    """
    try:
        found = ADAPTERS[kind].validate_python(bodies)
    except ValidationError as error:
        raise Contradictory(_problems(kind, error)) from error
    return (found,) if kind == GENERAL else tuple(found.values())


def _problems(kind: str, error: ValidationError) -> tuple[Problem, ...]:
    details = error.errors(include_url=False)
    for detail in details:
        detail["loc"] = (kind, *detail["loc"])
    found = (problem_from(detail) for detail in details)
    return in_order(tuple(problem for problem in found if problem), {})


def body_of(kind: str, wanted: Any) -> Any:
    """Return the body of an object as files and the store hold it: without its key and what is at its default."""
    if kind == GENERAL:
        return ADAPTERS[GENERAL].dump_python(wanted, mode="json", exclude_defaults=True)
    return bare(kind, PRINTERS[kind].dump_python(wanted, mode="json", exclude_defaults=True))


def name_of(kind: str, wanted: Any) -> str:
    """Return the name under which an object stands in files and in the store."""
    return "" if kind == GENERAL else str(getattr(wanted, key_of(kind)))


def object_in(network: Network, kind: str, name: str) -> Any | None:
    """Return an object of `network`, or None if it has none of this kind and name.

    :raises NoSuchKind:
    """
    insist_on_kind(kind)
    if kind == GENERAL:
        return network.network
    return getattr(network, kind).get(_key(kind, name))


def edited(network: Network | None, edits: Iterable[Edit]) -> Network:
    """Return `network` with `edits`, in order; all objects that they do not name are the very same ones.

    Without a network, the edits describe all of a new one.

    :raises Contradictory: with everything in the edits that cannot be read
    """
    changed: dict[str, Any] = {}
    problems: list[Problem] = []
    for edit in edits:
        try:
            _put(network, changed, edit)
        except Contradictory as error:
            problems += error.problems
    if GENERAL not in changed and network is None:
        problems.append(Problem((GENERAL,), "this is missing: add it"))
    if problems:
        raise Contradictory(tuple(problems))
    return replace(network, **changed) if network else Network(**changed)


def _put(network: Network | None, changed: dict[str, Any], edit: Edit) -> None:
    insist_on_kind(edit.kind)
    if edit.kind == GENERAL:
        if edit.body is None:
            raise Contradictory((Problem((GENERAL,), "what is general cannot be removed: change it"),))
        changed[GENERAL] = object_from(GENERAL, "", edit.body)
        return
    objects = changed.setdefault(edit.kind, dict(getattr(network, edit.kind)) if network else {})
    if edit.body is None:
        objects.pop(_key(edit.kind, edit.name), None)
    else:
        wanted = object_from(edit.kind, edit.name, edit.body)
        objects[getattr(wanted, key_of(edit.kind))] = wanted


def _key(kind: str, name: str) -> Any:
    """Return the key under which the network holds an object of that name."""
    return _KEYS[kind].validate_python(name) if kind in _KEYS else name


_KEYS: Final[Mapping[str, TypeAdapter[Any]]] = {
    kind: TypeAdapter(get_type_hints(FORMS[kind], include_extras=True)[key_of(kind)])
    for kind in KINDS
    if key_of(kind) != "name"
}
