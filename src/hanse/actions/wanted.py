"""Bringing what is wanted into the store, and out of it again."""

from collections.abc import Mapping

from django.db import transaction

from hanse.devices.clock import Clock
from hanse.network.wanted.files import dump, tree_of
from hanse.network.wanted.network import Network
from hanse.network.wanted.problem import Contradictory
from hanse.network.wanted.problems import problems
from hanse.network.wanted.statuses import SESSIONS, forbidden_steps
from hanse.store import access, change_sets, snapshot, standings
from hanse.store.audit import Author, ObjectChange

Templates = Mapping[str, str] | None  # by name; None: they are not touched


def changes_to(network: Network, templates: Templates = None) -> tuple[ObjectChange, ...]:
    """Return what an import would change. Two queries; nothing is written.

    :raises Contradictory: a session would go where no step leads
    """
    changes = snapshot.changes_to(tree_of(network))
    forbidden = tuple(forbidden_steps((one.name, one.before, one.after) for one in changes if one.kind == SESSIONS))
    if forbidden:
        raise Contradictory(forbidden)
    return (*changes, *_template_changes(templates))


def import_network(
    *, network: Network, templates: Templates = None, author: Author, clock: Clock
) -> tuple[ObjectChange, ...]:
    """Make `network` what is wanted, whole, and return what changed: what is not in it is not wanted any more.

    The same holds for `templates`, if they are given at all. It is one change set, which can be undone like any other.

    :raises Contradictory: it contradicts itself; nothing is written
    :raises ChangedMeanwhile: somebody else wrote at the same moment; nothing is written
    """
    found = problems(network)
    if found:
        raise Contradictory(found)
    prepared = standings.prepare(network)
    with transaction.atomic():
        changes = changes_to(network, templates)
        if changes:
            change_sets.write(
                changes, title="import", action="import", author=author, at=clock.now(), prepared=prepared
            )
    return changes


def _template_changes(templates: Templates) -> tuple[ObjectChange, ...]:
    if templates is None:
        return ()
    stored = access.templates()
    return tuple(
        ObjectChange(kind="template", name=name, before=stored.get(name), after=templates.get(name))
        for name in sorted({*stored, *templates})
        if stored.get(name) != templates.get(name)
    )


def export_network() -> dict[str, str]:
    """Return what is wanted as files, name -> text: `hanse import` reads them back without loss. Two queries.

    :raises NothingWanted:
    """
    texts = {f"templates/{name}": text for name, text in access.templates().items()}
    return {**dump(snapshot.load()), **texts}
