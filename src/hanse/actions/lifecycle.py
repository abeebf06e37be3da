"""Where routers and links stand in their lives: traffic led around one and back, and what a step would change."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from hanse.actions.drafting import put_somewhere
from hanse.actions.drafts import save_now
from hanse.actions.objects import wanted_now
from hanse.actions.previewing import Preview, preview_of
from hanse.actions.rights import Person, Right
from hanse.actions.weighing import weigh_edits
from hanse.actions.whereabouts import visible
from hanse.actions.world import World
from hanse.derive.affected import affected
from hanse.network.errors import WantedError
from hanse.network.wanted.edits import Edit, body_of, edited
from hanse.network.wanted.links import Link, LinkStatus
from hanse.network.wanted.network import Network
from hanse.network.wanted.nodes import Node, NodeStatus
from hanse.network.wanted.sentences import one_of
from hanse.store.snapshot import NothingWanted

NODES: Final = "nodes"
LINKS: Final = "links"


class NoSuchThing(WantedError):
    """No router and no link is called so, or both are."""


class NoSuchStatus(WantedError):
    """Routers, or links, never stand there in their lives."""


class NotFromThere(WantedError):
    """What is not in service is neither drained nor restored."""


class Way(StrEnum):
    """A step that somebody takes at three in the morning."""

    DRAIN = "drain"  # traffic leaves it; it works on
    RESTORE = "restore"  # traffic comes back


LEADS_TO: Final = {Way.DRAIN: "maintenance", Way.RESTORE: "active"}
COMES_FROM: Final = {Way.DRAIN: ("active", "offline"), Way.RESTORE: ("maintenance", "offline")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Stepped:
    """A step that is wanted now, or that a draft holds. `routers` are those that may have to change."""

    kind: str
    name: str
    status: str
    routers: tuple[str, ...]
    draft: int | None = None
    change_set: int | None = None


def step(*, way: Way, thing: str, draft: int | None = None, at_once: bool, person: Person, world: World) -> Stepped:
    """Drain or restore a router or a link: wanted `at_once`, or put into a draft, a new one if none is given.

    No router is touched: a deployment to `routers` lets traffic leave or come back.

    :raises NoSuchThing:
    :raises NotFromThere: it is planned, or stands there already
    :raises NotAllowed:
    :raises: what taking a change raises
    """
    person.insist_any(Right.CHANGE)
    network = _network()
    wanted = _thing(thing, person)
    if wanted.status not in COMES_FROM[way]:
        came = " or ".join(COMES_FROM[way])
        raise NotFromThere(f"{wanted.name} is {wanted.status}: {way} is for what is {came}; edit its status otherwise")
    edit = _standing(wanted, LEADS_TO[way])
    title = f"{way} {wanted.name}"
    routers = tuple(sorted(affected(network, edited(network, [edit]))))
    stepped = Stepped(kind=edit.kind, name=edit.name, status=LEADS_TO[way], routers=routers)
    if at_once:
        taken = save_now(edits=[edit], title=title, person=person, world=world)
        return replace(stepped, change_set=taken.number if taken else None)
    return replace(stepped, draft=put_somewhere(draft=draft, edits=[edit], title=title, person=person, world=world)[0])


def as_if(*, statuses: Mapping[str, str], person: Person, world: World) -> Preview:
    """Return what would change if these routers and links (name -> status) stood there. Nothing is kept.

    :raises NoSuchThing:
    :raises NoSuchStatus:
    :raises NotAllowed:
    """
    person.insist_any(Right.VIEW)
    _network()
    edits = [_standing(_thing(name, person), status) for name, status in statuses.items()]
    return preview_of(weigh_edits(edits), person, world)


def _network() -> Network:
    network = wanted_now()
    if network is None:
        raise NothingWanted("nothing is wanted yet: `hanse import` brings the first network in")
    return network


def _thing(said: str, person: Person) -> Node | Link:
    """Return the router or the link called `said`; where one name is both, `nodes.NAME` or `links.NAME` tells.

    What the person may not look at is not there.
    """
    kind, dot, name = said.partition(".")
    kinds, called = ((kind,), name) if dot and kind in (NODES, LINKS) else ((NODES, LINKS), said)
    known = {kind: visible(kind, person) for kind in kinds}
    found: list[Node | Link] = [there[called] for there in known.values() if called in there]
    if len(found) > 1:
        raise NoSuchThing(f"a router and a link are called {said}: write nodes.{said} or links.{said}")
    if not found:
        names = [name for there in known.values() for name in there]
        raise NoSuchThing(f"no router and no link is called {called!r}: {one_of(names, called)}")
    return found[0]


def _standing(thing: Node | Link, status: str) -> Edit:
    """Return the edit that lets `thing` stand at `status`."""
    statuses: tuple[str, ...] = tuple(map(str, NodeStatus if isinstance(thing, Node) else LinkStatus))
    if status not in statuses:
        what = "router" if isinstance(thing, Node) else "link"
        raise NoSuchStatus(f"{thing.name}: no {what} is {status!r}: {one_of(statuses, status)}")
    kind = NODES if isinstance(thing, Node) else LINKS
    now = (
        replace(thing, status=NodeStatus(status))
        if isinstance(thing, Node)
        else replace(thing, status=LinkStatus(status))
    )
    return Edit(kind=kind, name=thing.name, body=body_of(kind, now))
