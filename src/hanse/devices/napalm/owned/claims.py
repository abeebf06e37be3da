"""What of a configuration is ours: what bears our name, and the neighbours that are wanted."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from hanse.devices.napalm.owned.tree import Line, Path
from hanse.devices.napalm.owned.words import BGP, FREE_TEXT, NAMES_OURS, OUR_NAME, Words, matched, vrf_of

Place = tuple[str, str]  # VRF, and a neighbour or a prefix in it
Key = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Claims:
    """What is ours besides what bears our name."""

    words: Words
    peers: frozenset[Place]
    networks: frozenset[Place]
    numbers: frozenset[str]  # of lists that our policies ask
    heads: frozenset[tuple[Path, Key]]  # lines of BGP that are wanted, by where
    blocks: frozenset[Path]  # shared blocks that are wanted

    def part(self, lines: Iterable[Line], path: Path = ()) -> tuple[Line, ...]:
        """Return those of `lines`, which stand in `path`, that are ours."""
        return tuple(self._part(lines, path))

    def _part(self, lines: Iterable[Line], path: Path) -> Iterator[Line]:
        for line in lines:
            inner = (*path, line.text)
            if is_shared(self.words, inner):
                below = self.part(line.below, inner)
                if below or inner in self.blocks:
                    yield replace(line, below=below)
            elif self._is_ours(line, path):
                yield line

    def _is_ours(self, line: Line, path: Path) -> bool:
        words = self.words
        if named := matched(words.named, line.text):
            return is_our_name(named["name"])
        if number := number_of(words, line):
            return number in self.numbers
        if not in_bgp(path):
            return False
        if peer := peer_of(words, line):
            return is_our_name(peer) or (vrf_of(path), peer) in self.peers
        if network := words.network.fullmatch(line.text):
            return (vrf_of(path), network["prefix"]) in self.networks
        return (path, key_of(words, line.text)) in self.heads


def claims(running: Iterable[Line], wanted: Iterable[Line], words: Words) -> Claims:
    """Return what is ours of `running`, given what is wanted."""
    running, wanted = tuple(running), tuple(wanted)
    by_name = [(line, path) for line, path in _walk(running, words, ()) if names_ours(line)]
    ours = [*_walk(wanted, words, ()), *by_name]
    return Claims(
        words=words,
        peers=frozenset((vrf_of(path), peer) for line, path in ours if (peer := peer_of(words, line))),
        networks=frozenset(
            (vrf_of(path), network["prefix"]) for line, path in ours if (network := words.network.fullmatch(line.text))
        ),
        numbers=asked(running, words) | {number for line in wanted if (number := number_of(words, line))},
        heads=frozenset(
            (path, key_of(words, line.text))
            for line, path in _walk(wanted, words, ())
            if matched(words.heads, line.text)
        ),
        blocks=frozenset(
            (*path, line.text) for line, path in _walk(wanted, words, ()) if is_shared(words, (*path, line.text))
        ),
    )


def _walk(lines: Iterable[Line], words: Words, path: Path) -> Iterator[tuple[Line, Path]]:
    """Yield each line of the shared blocks, with where it stands; what is below a line of somebody's is its own."""
    for line in lines:
        yield line, path
        inner = (*path, line.text)
        if is_shared(words, inner):
            yield from _walk(line.below, words, inner)


def asked(lines: Iterable[Line], words: Words) -> frozenset[str]:
    """Return the numbers of the lists that policies of ours ask."""
    ours = [line for line in lines if (named := matched(words.named, line.text)) and is_our_name(named["name"])]
    asks = words.asks
    found = [asks.fullmatch(inner.text) for line in ours for inner in line.below] if asks else []
    return frozenset(number for match in found if match for number in match["numbers"].split())


def number_of(words: Words, line: Line) -> str:
    """Return the number of a list that has no name; empty: the line is none."""
    found = words.numbered.fullmatch(line.text) if words.numbered else None
    return found["number"] if found else ""


def is_shared(words: Words, path: Path) -> bool:
    """Say whether others write in this block too."""
    return matched(words.shared, " / ".join(path)) is not None


def in_bgp(path: Path) -> bool:
    """Say whether these are blocks of BGP."""
    return bool(path) and path[0].startswith(BGP)


def is_our_name(name: str) -> bool:
    """Say whether a group, a policy or a list of that name is ours."""
    return OUR_NAME.fullmatch(name) is not None


def names_ours(line: Line) -> bool:
    """Say whether the line, or one below it, refers to something of ours; what people say in words does not count."""
    if FREE_TEXT.fullmatch(line.text):
        return False
    return NAMES_OURS.search(line.text) is not None or any(names_ours(inner) for inner in line.below)


def peer_of(words: Words, line: Line) -> str:
    """Return the neighbour, or the group, that a line of BGP is about; empty: none."""
    found = words.neighbour.fullmatch(line.text)
    return found["peer"] if found else ""


def key_of(words: Words, text: str) -> Key:
    """Return what two lines have in common of which there can be only one: the negation of a line among them."""
    said = text.removeprefix("no ")
    found = matched(words.single, said)
    return tuple(group or "" for group in found.groups()) if found else (said,)
