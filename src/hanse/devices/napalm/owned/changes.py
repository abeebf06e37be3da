"""The lines that make what is ours on a router what is wanted, for a router that can only be told more lines.

The order keeps two promises. What is referred to is there before the reference and goes after it. And where a platform
takes line by line, no neighbour talks before its policies are in place (RFC 8212): it is switched off while it is made.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from hanse.devices.napalm.owned.claims import Place, in_bgp, is_our_name, is_shared, key_of, peer_of
from hanse.devices.napalm.owned.tree import Line, Path, meaning
from hanse.devices.napalm.owned.words import Words, matched, vrf_of

HIDDEN: Final = "@hidden@"  # stands for a password that Hanse does not know: it stays as it is
POLICIES: Final = ("route-map ", "route-policy ")  # these refer to lists
Lines = tuple[Line, ...]


def changes(have: Lines, want: Lines, words: Words) -> Lines:
    """Return the lines to load, so that `have`, all that is ours on the router, becomes `want`."""
    gone = _gone(have, want, words)
    comes = _peers(want, words) - (_peers(have, words) - gone)
    change = _Change(
        words=words,
        gone=gone,
        comes=comes,
        births=_births(want, words, comes),
        gone_groups=_groups(have, words) - _groups(want, words),
        rewritten=_rewritten(have, want, words),
        wholes=frozenset(_whole(line, words) for line in want),
    )
    lists, bgp = _parted(want)
    old_lists, old_bgp = _parted(change.without_gone(have, ()))
    return (
        *change.farewells(have, (), change.gone),
        *change.additions(old_lists, lists, ()),
        *change.removals(old_bgp, bgp, (), late=False),
        *change.additions(old_bgp, bgp, ()),
        *change.removals(old_bgp, bgp, (), late=True),
        *change.farewells(old_bgp, (), change.gone_groups),
        *change.greetings(bgp, ()),
        *sorted(change.removals(old_lists, lists, ()), key=_policies_first),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Change:
    """What is known before the first line is written."""

    words: Words
    gone: frozenset[Place]  # neighbours that go, or go and come again
    comes: frozenset[Place]  # neighbours that come
    births: frozenset[tuple[Path, str]]  # the line that makes each of them, and where it stands
    gone_groups: frozenset[Place]
    rewritten: frozenset[str]  # lists that are taken away and written anew
    wholes: frozenset[str]  # what is wanted of that which one `no` would take away

    def without_gone(self, lines: Lines, path: Path) -> Lines:
        """Return the lines without the neighbours that go."""
        return tuple(
            replace(line, below=self.without_gone(line.below, (*path, line.text)))
            for line in lines
            if self._place(line, path) not in self.gone
        )

    def farewells(self, lines: Lines, path: Path, gone: frozenset[Place]) -> Iterator[Line]:
        """Yield what takes each of `gone` away, once, where it is made."""
        blocks = [line for line in lines if is_shared(self.words, (*path, line.text))]
        said: set[Place] = set()
        for line in lines:
            place = self._place(line, path)
            if place in gone - said and line not in blocks:
                said.add(place)
                yield self._farewell(line)
        for block in blocks:
            inner = (*path, block.text)
            below = tuple(self.farewells(block.below, inner, gone - said))
            said |= {place for _, _, place in _speaking(block.below, self.words, inner)}
            if below:
                yield Line(text=block.text, below=below)

    def _farewell(self, line: Line) -> Line:
        found = self.words.neighbour.fullmatch(line.text)
        is_group = found is not None and is_our_name(found["peer"]) and self.words.group
        return Line(text=f"no {self._said(line)}{f' {self.words.group}' if is_group else ''}")

    def additions(self, have: Lines, want: Lines, path: Path) -> Iterator[Line]:
        """Yield what `want` has and `have` has not, or has otherwise."""
        old_lines = {key_of(self.words, line.text): line for line in have}
        renewed: set[str] = set()
        for line in want:
            whole = _whole(line, self.words)
            if whole in self.rewritten:
                if whole not in renewed:
                    yield Line(text=f"no {whole}")
                renewed.add(whole)
                yield line
            elif HIDDEN not in line.text:
                old = old_lines.get(key_of(self.words, line.text))
                yield from self._comes(line, path) if old is None else self._becomes(old, line, path)

    def _comes(self, line: Line, path: Path) -> Iterator[Line]:
        """Yield a line that is new, and what keeps a new neighbour quiet until all of it is there."""
        inner = (*path, line.text)
        if is_shared(self.words, inner):
            yield replace(line, below=tuple(self.additions((), line.below, inner)))
        elif not self.words.line_by_line or (path, line.text) not in self.births:
            yield line
        elif line.below:
            wake = () if Line(text="shutdown") in line.below else (Line(text="no shutdown"),)
            quiet = (Line(text="shutdown"), *(one for one in line.below if one.text != "shutdown"), *wake)
            yield replace(line, below=quiet)
        else:
            yield line
            yield Line(text=f"{self._said(line)} shutdown")

    def _becomes(self, old: Line, line: Line, path: Path) -> Iterator[Line]:
        """Yield what makes an old line the new one of the same key."""
        inner = (*path, line.text)
        if line.end or old.text != line.text:
            if old.text != line.text and (old.below or matched(self.words.exchanged, old.text)):
                yield self._no(old)
            if old.text != line.text or meaning([old]) != meaning([line]):
                yield line
            return
        below = tuple(self._inside(old.below, line.below, inner))
        if below:
            yield replace(line, below=below)

    def _inside(self, have: Lines, want: Lines, path: Path) -> Iterator[Line]:
        if is_shared(self.words, path):
            yield from self.additions(have, want, path)
            return
        yield from self.removals(have, want, path, late=False)
        yield from self.additions(have, want, path)
        yield from self.removals(have, want, path, late=True)

    def removals(self, have: Lines, want: Lines, path: Path, *, late: bool | None = None) -> Iterator[Line]:
        """Yield what takes away what `want` has not; only what goes `late`, or only what does not; None: both."""
        new_lines = {key_of(self.words, line.text): line for line in want}
        said: set[str] = set()
        for line in have:
            new = new_lines.get(key_of(self.words, line.text))
            inner = (*path, line.text)
            if is_shared(self.words, inner):
                below = tuple(self.removals(line.below, new.below if new else (), inner, late=late))
                if below:
                    yield Line(text=line.text, below=below)
            elif new is None and self._is_taken_away_alone(line, path):
                no = self._no_more(line)
                if no.text not in said and late in {None, matched(self.words.late, line.text) is not None}:
                    said.add(no.text)
                    yield no

    def greetings(self, want: Lines, path: Path) -> Iterator[Line]:
        """Yield what lets each new neighbour talk, now that all of it is there, unless it is wanted switched off."""
        if not self.words.line_by_line:
            return
        for line in want:
            inner = (*path, line.text)
            if is_shared(self.words, inner):
                below = tuple(self.greetings(line.below, inner))
                if below:
                    yield Line(text=line.text, below=below)
            elif (path, line.text) in self.births and not line.below:
                quiet = f"{self._said(line)} shutdown"
                if Line(text=quiet) not in want:
                    yield Line(text=f"no {quiet}")

    def _is_taken_away_alone(self, line: Line, path: Path) -> bool:
        """Say whether a line goes by a word of its own: not with its list, and not as the last of its group."""
        is_last = self._place(line, path) in self.gone_groups and line.text == f"{self._said(line)} {self.words.group}"
        return not is_last and _whole(line, self.words) not in self.rewritten

    def _no_more(self, line: Line) -> Line:
        """Return what takes the line away, with all of its list if all of that goes."""
        whole = _whole(line, self.words)
        return Line(text=f"no {whole}") if whole and whole not in self.wholes else self._no(line)

    def _no(self, line: Line) -> Line:
        if line.text.startswith("no "):
            return Line(text=line.text.removeprefix("no "))
        short = matched(self.words.short, line.text)
        return Line(text=f"no {short['said'] if short else line.text}")

    def _said(self, line: Line) -> str:
        """Return the words that name the neighbour of a line."""
        found = self.words.neighbour.fullmatch(line.text)
        return found["said"] if found else line.text

    def _place(self, line: Line, path: Path) -> Place:
        return vrf_of(path), peer_of(self.words, line) if in_bgp(path) else ""


def _parted(lines: Lines) -> tuple[Lines, Lines]:
    """Return what is beside BGP, policies last, and BGP."""
    beside = sorted((line for line in lines if not in_bgp((line.text,))), key=_policies_last)
    return tuple(beside), tuple(line for line in lines if in_bgp((line.text,)))


def _policies_last(line: Line) -> bool:
    return line.text.startswith(POLICIES)


def _policies_first(line: Line) -> bool:
    return not line.text.removeprefix("no ").startswith(POLICIES)


def _whole(line: Line, words: Words) -> str:
    """Return what one `no` would take away together with this line; empty: nothing else."""
    named = matched(words.named, line.text) or (words.numbered and words.numbered.fullmatch(line.text))
    return named["whole"] if named else ""


def _rewritten(have: Lines, want: Lines, words: Words) -> frozenset[str]:
    """Return the lists that are written anew because anything in them differs."""

    def lists(lines: Lines) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for line in lines:
            if match := matched(words.rewritten, line.text):
                found.setdefault(match["whole"], []).append(line.text)
        return found

    old, new = lists(have), lists(want)
    return frozenset(whole for whole in old.keys() & new.keys() if old[whole] != new[whole])


def _speaking(lines: Lines, words: Words, path: Path = ()) -> Iterator[tuple[Line, Path, Place]]:
    """Yield each line about a neighbour or a group, with where it stands."""
    for line in lines:
        inner = (*path, line.text)
        if is_shared(words, inner):
            yield from _speaking(line.below, words, inner)
        elif in_bgp(path) and (peer := peer_of(words, line)):
            yield line, path, (vrf_of(path), peer)


def _peers(lines: Lines, words: Words) -> frozenset[Place]:
    return frozenset(place for _, _, place in _speaking(lines, words) if not is_our_name(place[1]))


def _groups(lines: Lines, words: Words) -> frozenset[Place]:
    return frozenset(place for _, _, place in _speaking(lines, words) if is_our_name(place[1]))


def _births(want: Lines, words: Words, comes: frozenset[Place]) -> frozenset[tuple[Path, str]]:
    """Return the outermost line about each neighbour that comes, the first of several."""
    found: dict[Place, tuple[Path, str]] = {}
    for line, path, place in _speaking(want, words):
        if place in comes and (place not in found or len(path) < len(found[place][0])):
            found[place] = (path, line.text)
    return frozenset(found.values())


def _gone(have: Lines, want: Lines, words: Words) -> frozenset[Place]:
    """Return the neighbours that are not wanted, and those that cannot become what is wanted of them as they are."""

    def fixed(lines: Lines) -> dict[tuple[Path, Place, str], str]:
        return {
            (path, place, " ".join(key_of(words, line.text))): line.text
            for line, path, place in _speaking(lines, words)
            if matched(words.renewed, line.text)
        }

    old, new = fixed(have), fixed(want)
    renewed = {place for (path, place, key), text in old.items() if new.get((path, place, key)) != text}
    return (_peers(have, words) - _peers(want, words)) | frozenset(renewed & _peers(want, words))
