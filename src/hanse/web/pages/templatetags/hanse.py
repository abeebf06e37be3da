"""Words of our templates."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from difflib import SequenceMatcher
from typing import Any, Final
from urllib.parse import urlencode

from django.http import HttpRequest
from django.template import Library
from django.utils.safestring import SafeString, mark_safe

from hanse.network.seen.bgp import GLOBAL_VRF
from hanse.web.pages.drawing import Tile
from hanse.web.pages.navigation import href_of
from hanse.web.pages.tones import tone_of

register: Final = Library()
UNITS: Final = ((86400 * 365, "y"), (86400, "d"), (3600, "h"), (60, "min"), (1, "s"))  # seconds, largest first
LONGEST: Final = 1000  # letters of two lines together: comparing longer ones takes too long
LINE_KINDS: Final = {"+": "added", "-": "removed", "@": "place"}  # by the first letter of a line of a unified diff


@register.filter
def tone(state: object) -> str:
    """Return how a state is to be taken."""
    return tone_of(str(state)).value


@register.filter
def ago(at: datetime | None) -> str:
    """Return how long ago a moment is, in its largest unit; what lies ahead is `in 5 min`. The script says the same."""
    if at is None:
        return ""
    seconds = int((datetime.now(UTC) - at).total_seconds())
    for size, unit in UNITS:
        if abs(seconds) >= size:
            count = abs(seconds) // size
            return f"{count} {unit} ago" if seconds > 0 else f"in {count} {unit}"
    return "now"


@register.filter
def exact(at: datetime | None) -> str:
    """Return a moment to the second, in UTC."""
    return f"{at.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC" if at else ""


@register.filter
def trimmed(text: str) -> str:
    """Return a text without space around it: a cell with nothing in it is empty, and left out on a phone."""
    return mark_safe(text.strip()) if isinstance(text, SafeString) else text.strip()


@register.filter
def lines_of_diff(text: str | Iterable[str]) -> list[tuple[str, list[tuple[str, bool]]]]:
    """Return each line of a unified diff as its kind and its pieces, each with whether it differs from its twin."""
    lines = text.splitlines() if isinstance(text, str) else list(text)
    pieces: list[list[tuple[str, bool]]] = [[(line, False)] for line in lines]
    for removed, added in _twins(lines):
        pieces[removed], pieces[added] = _marked(lines[removed], lines[added])
    return [(_kind(line), parts) for line, parts in zip(lines, pieces, strict=True)]


def _kind(line: str) -> str:
    return "head" if line.startswith(("+++ ", "--- ")) else LINE_KINDS.get(line[:1], "same")


def _twins(lines: list[str]) -> Iterable[tuple[int, int]]:
    """Yield the numbers of lines that replace each other: as many removed as added lines in a row."""
    kinds = [_kind(line) for line in lines]
    at = 0
    while at < len(lines):
        removed = _run(kinds, at, "removed")
        added = _run(kinds, at + removed, "added")
        if removed and removed == added:
            yield from ((at + number, at + removed + number) for number in range(removed))
        at += removed + added or 1


def _run(kinds: list[str], start: int, kind: str) -> int:
    end = start
    while end < len(kinds) and kinds[end] == kind:
        end += 1
    return end - start


def _marked(removed: str, added: str) -> tuple[list[tuple[str, bool]], list[tuple[str, bool]]]:
    """Cut two lines where they differ; the first letter, their kind, is no difference."""
    one: list[tuple[str, bool]] = [(removed[:1], False)]
    other: list[tuple[str, bool]] = [(added[:1], False)]
    before, after = removed[1:], added[1:]
    if len(before) + len(after) > LONGEST:
        return [(removed, False)], [(added, False)]
    matches = SequenceMatcher(None, before, after, autojunk=False)
    if matches.quick_ratio() < 0.4:  # two lines that merely stand beside each other
        return [(removed, False)], [(added, False)]
    for kind, start, end, first, last in matches.get_opcodes():
        one.append((before[start:end], kind != "equal"))
        other.append((after[first:last], kind != "equal"))
    return [part for part in one if part[0]], [part for part in other if part[0]]


@register.filter
def counted(diff: str) -> dict[str, int]:
    """Return how many lines a unified diff adds and removes."""
    kinds = [_kind(line) for line in diff.splitlines()]
    return {"added": kinds.count("added"), "removed": kinds.count("removed")}


@register.filter
def without(sentence: str, node: str) -> str:
    """Return a sentence without the router that it begins with: it stands before it already."""
    rest = sentence.removeprefix(node)
    return rest.lstrip(": ") if rest != sentence and rest[:1] in {":", " "} else sentence


@register.filter
def total(counts: Mapping[str, int]) -> int:
    """Return how many there are of all kinds."""
    return sum(counts.values())


@register.simple_tag
def object_href(kind: str, name: str) -> str:
    """Return where an object of the wanted network has its page; empty: nowhere."""
    return href_of("object", kind, name)


@register.simple_tag
def session_href(node: str, address: str, vrf: str) -> str:
    """Return where a session has its page. One address in two VRFs is two sessions."""
    where = href_of("session", node, address)
    return where if vrf in {"", GLOBAL_VRF} else f"{where}?{urlencode({'vrf': vrf})}"


@register.filter
def unlocal(number: float) -> str:
    """Return a number as SVG reads it."""
    return f"{number:.1f}".removesuffix(".0")


@register.filter
def metres(kilometres: float) -> str:
    """Return a length in metres, without a unit."""
    return f"{kilometres * 1000:.0f}"


@register.simple_tag
def tile_address(pattern: str, tile: Tile) -> str:
    """Return where a tile is fetched from."""
    return pattern.format(z=tile.level, x=tile.column, y=tile.row)


@register.filter
def at(mapping: Mapping[str, Any], key: str) -> Any:
    """Return what stands under a key; nothing if there is none."""
    return mapping.get(key, "")


@register.simple_tag
def query(request: HttpRequest, **changes: object) -> str:
    """Return the query of this page with some of it changed; what is given empty is left out."""
    words = request.GET.copy()
    for name, value in changes.items():
        if value in {None, ""}:
            words.pop(name, None)
        else:
            words[name] = str(value)
    text = words.urlencode()
    return f"?{text}" if text else "?"
