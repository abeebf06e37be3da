"""Single objects of the wanted network: what is there, who may change it, and a change that is taken at once."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any, Final

from hanse.actions.rights import Person, Right
from hanse.actions.whereabouts import visible, whereabouts
from hanse.network.wanted.edits import (
    GENERAL,
    Edit,
    body_of,
    edited,
    insist_on_kind,
    name_of,
    object_from,
    object_in,
)
from hanse.network.wanted.network import KINDS, Network
from hanse.network.wanted.problem import Contradictory, Problem
from hanse.network.wanted.sentences import one_of
from hanse.render.dialects import DIALECTS
from hanse.render.kinds import is_export
from hanse.render.mails import MAILS
from hanse.render.text import template_names
from hanse.store import access, revision, snapshot
from hanse.store.audit import ObjectChange
from hanse.store.drafts import TEMPLATE
from hanse.store.revision import Head

TEMPLATES: Final = frozenset((*MAILS, *(name for dialect in DIALECTS for name in template_names(dialect))))


def wanted_at() -> tuple[Head, Network | None]:
    """Return what is wanted, and the revision that it is; no network in a store that is still empty."""
    try:
        return snapshot.load_at()
    except snapshot.NothingWanted:
        return revision.head(), None


def wanted_now() -> Network | None:
    """Return what is wanted, or None in a store that is still empty."""
    return wanted_at()[1]


def canonical(edits: Iterable[Edit]) -> tuple[Edit, ...]:
    """Return `edits` as the store holds them: read and printed again, so that one thing has one text.

    :raises Contradictory: with everything that cannot be read
    :raises NoSuchKind:
    """
    found: list[Edit] = []
    problems: list[Problem] = []
    for edit in edits:
        try:
            found.append(_canonical(edit))
        except Contradictory as error:
            problems += error.problems
    if problems:
        raise Contradictory(tuple(problems))
    return tuple(found)


def _canonical(edit: Edit) -> Edit:
    if edit.kind == TEMPLATE:
        if edit.name not in TEMPLATES and not is_export(edit.name):
            sentence = f"Hanse has no template {edit.name!r}: {one_of(TEMPLATES, edit.name)}"
            raise Contradictory((Problem((TEMPLATE, edit.name), sentence),))
        return edit
    insist_on_kind(edit.kind)
    if edit.body is None:
        return edit
    wanted = object_from(edit.kind, edit.name, edit.body)
    return Edit(kind=edit.kind, name=name_of(edit.kind, wanted), body=body_of(edit.kind, wanted))


def edits_of(changes: Iterable[ObjectChange]) -> tuple[Edit, ...]:
    """Return what `changes` make of the wanted network's objects, without templates."""
    return tuple(Edit(kind=one.kind, name=one.name, body=one.after) for one in changes if one.kind != TEMPLATE)


def insist_on_changes(
    person: Person, changes: Collection[ObjectChange], *, beside: Iterable[ObjectChange] = ()
) -> None:
    """Return if `person` may make all of `changes`: each object is asked for as it stands, and as it is to be.

    `beside` are further changes that will stand when these do.

    :raises NotAllowed:
    """
    limited = tuple(one for one in changes if not person.scope(Right.CHANGE, one.kind).everything)
    for one in limited:
        person.insist_any(Right.CHANGE, one.kind)
    if not limited:
        return
    before = wanted_now()
    after = edited(before, edits_of((*beside, *changes)))
    for one in limited:
        for network in (before, after):
            _insist(person, network, one)


def _insist(person: Person, network: Network | None, change: ObjectChange) -> None:
    wanted = object_in(network, change.kind, change.name) if network and change.kind != TEMPLATE else None
    if wanted is None and change.kind not in {TEMPLATE, GENERAL}:
        return
    for site, asn in whereabouts(network, change.kind, wanted) if network else ((None, None),):
        person.insist(Right.CHANGE, change.kind, site=site, asn=asn)


def body(*, kind: str, name: str, person: Person) -> Any:
    """Return the body of one object as it is wanted now, or None if it is not there, or not to be seen."""
    network = wanted_now()
    wanted = object_in(network, kind, name) if network else None
    if network is None or wanted is None:
        return None
    around = whereabouts(network, kind, wanted)
    seen = any(person.may(Right.VIEW, kind, site=site, asn=asn) for site, asn in around)
    return body_of(kind, wanted) if seen else None


def objects(*, kind: str, person: Person) -> Mapping[str, Any]:
    """Return the wanted objects of `kind` that `person` may look at, by name."""
    insist_on_kind(kind)
    return visible(kind, person) if kind != GENERAL else {}


def names(*, refers: str, person: Person, like: str = "", most: int = 1000) -> tuple[str, ...]:
    """Return the names that a field can refer to and that `person` may look at, those that hold `like`, in order.

    Besides the kinds of the network these are its ports ("ends"), secrets and dialects.
    """
    found = sorted(name for name in _names(refers, person) if like.lower() in name.lower())
    return tuple(found[:most])


def _names(refers: str, person: Person) -> Iterable[str]:
    match refers:
        case "ends":
            nodes = visible("nodes", person).values()
            return (f"{node.name}:{port}" for node in nodes for port in node.ports)
        case "secrets":
            return access.secret_list() if person.may_any(Right.CHANGE) else ()
        case "dialects":
            return DIALECTS
    return visible(refers, person) if refers in KINDS else ()
