"""What a draft makes of routers' texts: which it reaches, which really differ, and whether each can be written."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from hanse.actions.weighing import Weighed
from hanse.actions.world import World
from hanse.derive.affected import affected
from hanse.derive.devices import some_device_specs
from hanse.derive.spec import DeviceSpec
from hanse.render.dialects import DIALECTS
from hanse.render.difference import counted, difference
from hanse.render.text import NeverTold, TemplateBroken, render
from hanse.render.vendor_words import NotExpressible
from hanse.store import access, known
from hanse.store.drafts import TEMPLATE

Templates = Mapping[str, str]

SHOWN: Final = 20  # routers whose texts are written out at once; the others are named, and shown one by one
LOOKED_INTO: Final = 60  # routers that are derived to see whether they differ at all


def reached(found: Weighed) -> tuple[str, ...]:
    """Return the routers whose text may differ, by name."""
    if found.after is None:
        return ()
    if found.before is None or any(one.kind == TEMPLATE for one in found.changes):
        return tuple(sorted({*(found.before.nodes if found.before else ()), *found.after.nodes}))
    return tuple(sorted(affected(found.before, found.after)))


@dataclass(frozen=True, slots=True, kw_only=True)
class RouterChange:
    """What one router's text would become. `error`: its text cannot be written, and why.

    `is_untold`: not before a registry has told something, which is no reason against taking the draft.
    """

    node: str
    diff: str = ""
    added: int = 0
    removed: int = 0
    error: str = ""
    is_untold: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class BothSides:
    """One router before and after: None where it is not there."""

    before: DeviceSpec | None
    after: DeviceSpec | None
    templates: tuple[Templates, Templates]  # before, after

    def change(self, node: str) -> RouterChange:
        """Return what its text becomes."""
        try:
            diff = difference(_text(self.before, self.templates[0]), _text(self.after, self.templates[1]))
        except (TemplateBroken, NeverTold, NotExpressible) as error:
            return RouterChange(node=node, error=str(error), is_untold=isinstance(error, NeverTold))
        added, removed = counted(diff)
        return RouterChange(node=node, diff=diff, added=added, removed=removed)


def _text(spec: DeviceSpec | None, templates: Templates) -> str:
    """Return what would be written; nothing for a router that is not there, or that Hanse writes nothing for."""
    return render(spec, templates) if spec and spec.dialect in DIALECTS else ""


def differing(found: Weighed, names: Iterable[str], world: World) -> list[tuple[str, BothSides]]:
    """Return the routers that are not to be what they are, with both sides of each."""
    stored = access.templates()
    after = {**stored, **{one.name: one.after for one in found.changes if one.kind == TEMPLATE}}
    kept = {name: text for name, text in after.items() if text is not None}
    both_templates = {**world.templates, **stored}, {**world.templates, **kept}
    listed = tuple(names)
    sides = [some_device_specs(side, listed, known.known(side)) if side else {} for side in (found.before, found.after)]
    pairs = {
        name: BothSides(before=sides[0].get(name), after=sides[1].get(name), templates=both_templates)
        for name in listed
    }
    return [
        (name, both)
        for name, both in pairs.items()
        if both.before != both.after or both_templates[0] != both_templates[1]
    ]


def insist_on_texts(found: Weighed, world: World) -> None:
    """Return if the texts of the routers that change can be written: of all where a template does.

    What a registry never told can still be told afterwards.

    :raises TemplateBroken:
    """
    everywhere = any(one.kind == TEMPLATE for one in found.changes)
    names = reached(found) if everywhere else reached(found)[:LOOKED_INTO]
    changing = differing(found, names, world)
    for _, both in changing if everywhere else changing[:SHOWN]:
        if not (both.after and both.after.missing):
            _text(both.after, both.templates[1])
