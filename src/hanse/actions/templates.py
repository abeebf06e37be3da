"""Templates as people edit them: ours, what stands in for ours, and exports, with what a new text changes first."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from django.db import transaction

from hanse.actions.rights import Person, Right
from hanse.actions.template_texts import texts_by
from hanse.actions.world import World
from hanse.devices.clock import Clock
from hanse.network.errors import WantedError
from hanse.network.wanted.sentences import one_of
from hanse.render.dialects import DIALECTS
from hanse.render.difference import counted, difference
from hanse.render.kinds import EXPORT, MAIL, is_export, parse_export_name
from hanse.render.mails import MAILS
from hanse.render.text import template_names, template_text
from hanse.store import access
from hanse.store.audit import ObjectChange, write_entries

NOWHERE: Final = "nowhere"
OBJECT: Final = "templates"  # the kind of object that the rights are about


class NotATemplate(WantedError):
    """There is no template of that name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """One template and where its text comes from."""

    name: str
    dialect: str  # or mail, or export
    source: str  # ours, store, folder; nowhere: an export that is still to be written
    text: str
    ours: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TextChange:
    """What a router's text, a mail or an export becomes."""

    node: str
    diff: str
    lines_added: int
    lines_removed: int


def template_list(*, person: Person, world: World) -> tuple[Template, ...]:
    """Return every template by name.

    :raises NotAllowed:
    """
    person.insist(Right.VIEW, OBJECT)
    stored = access.templates()
    return tuple(_template(name, dialect, stored, world) for name, dialect in _names({*stored, *world.templates}))


def _names(own: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield every template's name, with its dialect, or what it is instead: mail, export."""
    for dialect in sorted(DIALECTS):
        yield from ((name, dialect) for name in sorted(template_names(dialect)))
    yield from ((name, MAIL) for name in MAILS)
    yield from ((name, EXPORT) for name in sorted(own) if is_export(name))


def template(name: str, *, person: Person, world: World) -> Template:
    """Return one template. An export that is still to be written is there, and empty.

    :raises NotATemplate:
    :raises NotATemplateName: an export cannot be called so
    :raises NotAllowed:
    """
    found = {one.name: one for one in template_list(person=person, world=world)}
    if name in found:
        return found[name]
    if is_export(name):
        return Template(name=parse_export_name(name), dialect=EXPORT, source=NOWHERE, text="", ours="")
    raise NotATemplate(f"Hanse has no template {name!r}: {one_of(found, name)}")


def _template(name: str, dialect: str, stored: dict[str, str], world: World) -> Template:
    ours = "" if dialect == EXPORT else template_text(name)
    source = "store" if name in stored else "folder" if name in world.templates else "ours"
    text = stored.get(name, world.templates.get(name, ours))
    return Template(name=name, dialect=dialect, source=source, text=text, ours=ours)


def preview(name: str, text: str | None, *, person: Person, world: World) -> tuple[TextChange, ...]:
    """Return which texts would become what; nothing is written. `text` None: as if the store had none.

    :raises NotATemplate:
    :raises NotAllowed:
    :raises NothingWanted:
    :raises TemplateBroken: it fails on a router that is wanted
    """
    person.insist(Right.CHANGE, OBJECT)
    one = template(name, person=person, world=world)
    now = {**world.templates, **access.templates()}
    new = {**now, name: text} if text is not None else _without(now, name, world)
    return tuple(_changes(texts_by(name, one.dialect, now), texts_by(name, one.dialect, new)))


def _without(now: dict[str, str], name: str, world: World) -> dict[str, str]:
    kept = {key: text for key, text in now.items() if key != name}
    return {**kept, name: world.templates[name]} if name in world.templates else kept


def _changes(before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[TextChange]:
    for node in sorted({*before, *after}):
        diff = difference(before.get(node, ""), after.get(node, ""))
        if diff:
            added, removed = counted(diff)
            yield TextChange(node=node, diff=diff, lines_added=added, lines_removed=removed)


def save_template(name: str, text: str, *, person: Person, world: World) -> None:
    """Let `text` stand in for our template `name`, on every router.

    :raises NotAllowed:
    :raises NotATemplate:
    :raises TemplateBroken: it fails on a router that is wanted; nothing is written
    :raises ChangedMeanwhile: somebody else wrote it at the same moment; nothing is written
    """
    person.insist(Right.CHANGE, OBJECT)
    one = template(name, person=person, world=world)
    stored = access.templates()
    texts_by(name, one.dialect, {**world.templates, **stored, name: text})
    _write("set template", name, stored.get(name), text, person, world.clock)


def drop_template(name: str, *, person: Person, world: World) -> None:
    """Go back to our own template, or to that of the folder.

    :raises NotAllowed:
    :raises NotATemplate: the store has none of that name
    :raises ChangedMeanwhile:
    """
    person.insist(Right.CHANGE, OBJECT)
    stored = access.templates()
    if name not in stored:
        raise NotATemplate(f"the store has no template {name!r}: {one_of(stored, name)}")
    _write("remove template", name, stored[name], None, person, world.clock)


def _write(action: str, name: str, before: str | None, after: str | None, person: Person, clock: Clock) -> None:
    at = clock.now()
    with transaction.atomic():
        access.write_template(name, before=before, after=after, at=at)
        change = ObjectChange(kind="template", name=name, before=before, after=after)
        write_entries([change], action=action, author=person.author, at=at)
