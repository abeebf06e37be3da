"""What is wanted, read as a whole: checked, rendered for one router, written out as files. Nothing is changed."""

from collections.abc import Mapping
from dataclasses import dataclass

from hanse.actions.rights import Person, Right
from hanse.actions.wanted import export_network
from hanse.actions.whereabouts import visible
from hanse.actions.world import World
from hanse.derive.devices import some_device_specs
from hanse.network.errors import WantedError
from hanse.network.wanted.files import load
from hanse.network.wanted.lookups import NoSuchNode
from hanse.network.wanted.problem import Contradictory, Problem, place_of
from hanse.network.wanted.problems import problems
from hanse.render.dialects import DIALECTS
from hanse.render.text import render
from hanse.store import access, known, snapshot


class NothingWritten(WantedError):
    """Hanse writes no text for this router."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A problem and where it was written; `file` empty: nobody knows."""

    problem: Problem
    file: str = ""
    line: int = 0


def check_stored(person: Person) -> tuple[Found, ...]:
    """Return what contradicts itself in what is wanted.

    :raises NotAllowed:
    :raises NothingWanted:
    """
    person.insist(Right.VIEW)
    return tuple(Found(problem=one) for one in problems(snapshot.load()))


def check_files(texts: Mapping[str, str], person: Person) -> tuple[Found, ...]:
    """Return what is wrong with files of intent, name -> text, that nobody has imported.

    :raises NotAllowed:
    """
    person.insist_any(Right.VIEW)
    try:
        loaded = load(texts)
    except Contradictory as error:
        found, marks = error.problems, error.marks
    else:
        found, marks = problems(loaded.network), loaded.marks
    places = ((one, place_of(one.path, marks)) for one in found)
    return tuple(
        Found(problem=one, file=place.file if place else "", line=place.line if place else 0) for one, place in places
    )


def text_of(node: str, person: Person, world: World) -> tuple[str, str]:
    """Return the dialect and the text of a router as what is wanted says now. Secrets are names.

    :raises NoSuchNode: or it is not for this person to see
    :raises NothingWritten:
    :raises NeverTold:
    :raises TemplateBroken:
    """
    if node not in visible("nodes", person):
        raise NoSuchNode(f"there is no node {node!r} that you may see")
    network = snapshot.load()
    spec = some_device_specs(network, [node], known.known(network))[node]
    if spec.dialect not in DIALECTS:
        raise NothingWritten(f"the platform of {node} has no dialect that Hanse writes")
    return spec.dialect, render(spec, {**world.templates, **access.templates()})


def files(person: Person) -> dict[str, str]:
    """Return what is wanted as files, name -> text.

    :raises NotAllowed: it takes the right to look at everything
    :raises NothingWanted:
    """
    person.insist(Right.VIEW)
    return export_network()
