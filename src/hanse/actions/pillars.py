"""What Salt's minions get: each its own router's files, the program that installs them, and the secrets in them."""

import base64
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from hanse.actions.rights import Person, Right
from hanse.actions.world import World, chosen
from hanse.derive.devices import some_device_specs
from hanse.devices.driver import Program
from hanse.network.errors import WantedError
from hanse.network.values.bundle import File, parse_bundle
from hanse.network.values.secrets import UnknownSecret, secret_names
from hanse.network.wanted.network import Network
from hanse.network.wanted.nodes import Node
from hanse.render.dialects import DIALECTS
from hanse.render.text import render
from hanse.store import access, known, snapshot
from hanse.store.audit import ObjectChange, last_entry, write_entries

ROUTERS = "nodes"  # the kind of object that the rights are about


class NoSuchMinion(WantedError):
    """No router that is in use, and whose pillar the asker may read, has a minion of this name."""


class NothingCarried(WantedError):
    """The router's driver carries no program to it: there is nothing that a minion could install."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pillar:
    """What one minion gets. Texts hold secrets by name; `secrets` is empty unless their values were asked for."""

    minion: str
    node: str
    files: tuple[File, ...]
    program: Program
    undo_after: timedelta
    secrets: Mapping[str, str] = field(default_factory=dict, repr=False)

    def tree(self) -> dict[str, Any]:
        """Return it as Salt keeps it, under the word `hanse`."""
        return {
            "minion": self.minion,
            "node": self.node,
            "files": [
                {"path": one.path, "text": one.text, "mode": f"{one.mode:04o}", "owner": one.owner}
                for one in self.files
            ],
            "program": {"path": self.program.path, "content": base64.b64encode(self.program.content).decode()},
            "secrets": dict(self.secrets),
            "undo_after": self.undo_after.total_seconds(),
        }


def pillar_of(minion: str, *, person: Person, world: World, with_secrets: bool = False) -> Pillar:
    """Return the pillar of the minion with this id: a router's name, alone or with the network's domain.

    With secrets it is for who may read pillars, and on record: once for as long as the same secrets are read.

    :raises NotAllowed: the asker may read no pillar at all
    :raises NoSuchMinion:
    :raises NothingCarried: the router is none that a program of ours works on
    :raises UnknownSecret: a text names a secret that nobody has put down
    """
    right = Right.READ_PILLAR if with_secrets else Right.VIEW
    person.insist_any(right, ROUTERS)
    network = snapshot.load()
    node = _node_of(minion, network)
    if node is None or not person.may(right, ROUTERS, site=node.site):
        raise NoSuchMinion(f"no router in use whose pillar you may read has the minion {minion!r}")
    (found,) = _pillars(network, {node.name: minion}, world, with_secrets=with_secrets)
    _put_down(found, person, world)
    return found


def pillars(*, person: Person, world: World, limit: Iterable[str] = (), with_secrets: bool = False) -> list[Pillar]:
    """Return the pillar of every router that Salt can install, by name; of those in `limit` only if there are any.

    :raises NotAllowed:
    :raises NoSuchNode:
    :raises NothingCarried: one in `limit` is none that a program of ours works on
    :raises UnknownSecret:
    """
    network = snapshot.load()
    asked = tuple(limit)
    names = chosen(network, asked)
    for name in names:
        person.insist(Right.READ_PILLAR if with_secrets else Right.VIEW, ROUTERS, site=network.nodes[name].site)
    if not asked:
        names = tuple(name for name in names if _carried(network, name, world) is not None)
    found = _pillars(network, {name: name for name in names}, world, with_secrets=with_secrets)
    for one in found:
        _put_down(one, person, world)
    return found


def _node_of(minion: str, network: Network) -> Node | None:
    """Return the router in use that a minion's id names: wholly, or before the network's own domain."""
    node = network.nodes.get(minion)
    if node is None and network.network.domain:
        node = network.nodes.get(minion.removesuffix(f".{network.network.domain}"))
    return node if node is not None and node.status.is_asked else None


def _pillars(network: Network, minions: Mapping[str, str], world: World, *, with_secrets: bool) -> list[Pillar]:
    programs = {node: _program(network, node, world) for node in minions}
    specs = some_device_specs(network, minions, known.known(network))
    templates = {**world.templates, **access.templates()}
    texts = {node: render(specs[node], templates) for node in minions}
    values = _values(texts) if with_secrets else {}
    return [
        Pillar(
            minion=minion,
            node=node,
            files=parse_bundle(texts[node]),
            program=programs[node],
            undo_after=world.times.undo_after,
            secrets={name: values[name] for name in sorted(secret_names(texts[node]))} if with_secrets else {},
        )
        for node, minion in minions.items()
    ]


def _values(texts: Mapping[str, str]) -> dict[str, str]:
    names = frozenset(name for text in texts.values() for name in secret_names(text))
    values = access.secrets_named(names)
    missing = sorted(names - values.keys())
    if missing:
        raise UnknownSecret(
            f"no secret is called {', '.join(missing)}: put it down with `hanse secret set {missing[0]}`"
        )
    return values


def _program(network: Network, node: str, world: World) -> Program:
    found = _carried(network, node, world)
    if found is None:
        raise NothingCarried(f"{node}: Hanse has no program for its platform, so no minion can install anything there")
    return found


def _carried(network: Network, node: str, world: World) -> Program | None:
    """Return the program that works on this router; None: its driver carries none, or no text is written for it."""
    platform = network.platforms[network.nodes[node].platform]
    carried = world.kind(platform.driver).carried
    return carried() if carried is not None and platform.dialect in DIALECTS else None


def _put_down(one: Pillar, person: Person, world: World) -> None:
    """Leave an entry, by name only, unless the last one says the same: minions ask every few minutes."""
    if not one.secrets:
        return
    after = {"secrets": sorted(one.secrets)}
    last = last_entry("pillar", one.node, who=person.who)
    if last is None or last.after != after:
        change = ObjectChange(kind="pillar", name=one.node, before=last.after if last else None, after=after)
        write_entries([change], action="read pillar", author=person.author, at=world.clock.now())
