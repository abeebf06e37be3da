"""The text that is written for a router, each line with the wanted object that it comes from."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from hanse.derive.devices import device_spec
from hanse.derive.spec import DeviceSpec
from hanse.network.errors import WantedError
from hanse.network.values.bundle import parse_bundle
from hanse.network.wanted.edits import object_in
from hanse.network.wanted.network import KINDS, Network
from hanse.render.text import render

REASON: Final = re.compile(rf"#.*?(?:^|[\s,])((?:{'|'.join(KINDS)})\.[\w.:/-]+)\s*$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Why:
    """A wanted object, and the path in it that a line comes from."""

    path: str
    kind: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenLine:
    """One line. `why` is None where a line stands on every router of the dialect."""

    number: int
    text: str
    why: Why | None


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenFile:
    """One file of a router's configuration."""

    path: str
    lines: tuple[WrittenLine, ...]

    @property
    def text(self) -> str:
        """Return the file as it is written."""
        return "".join(f"{line.text}\n" for line in self.lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A router's spec and what is written for it; or why nothing is."""

    spec: DeviceSpec
    files: tuple[WrittenFile, ...] = ()
    unwritten: str = ""


KEPT: Final = 32  # routers: somebody who looks at one comes back to it, or lets its page ask again and again
_WRITTEN: Final[dict[str, tuple[Network, Mapping[str, str], Written]]] = {}


def written(network: Network, node: str, overrides: Mapping[str, str]) -> Written:
    """Return what is written for a router of `network`; once for a network and its templates."""
    known = _WRITTEN.get(node)
    if known and known[0] is network and known[1] == overrides:
        return known[2]
    found = _written(network, node, overrides)
    if len(_WRITTEN) >= KEPT:
        _WRITTEN.clear()
    _WRITTEN[node] = network, overrides, found
    return found


def _written(network: Network, node: str, overrides: Mapping[str, str]) -> Written:
    spec = device_spec(network, node)
    try:
        return Written(spec=spec, files=written_files(spec, overrides, network))
    except WantedError as error:
        return Written(spec=spec, unwritten=str(error))


def written_files(spec: DeviceSpec, overrides: Mapping[str, str], network: Network) -> tuple[WrittenFile, ...]:
    """Return what is written for a router of `network`.

    :raises NoDialect:
    :raises TemplateBroken:
    """
    return tuple(
        WrittenFile(path=file.path, lines=tuple(_lines(file.text, network)))
        for file in parse_bundle(render(spec, overrides))
    )


def _lines(text: str, network: Network) -> Iterator[WrittenLine]:
    """Yield the lines. A reason holds for its line, for the block that opens there, or for the paragraph it heads."""
    why: Why | None = None
    depth = 0  # of braces since the reason
    in_paragraph = False
    for number, line in enumerate(text.splitlines(), 1):
        found = REASON.search(line)
        if found:
            why, depth, in_paragraph = _why(found[1], network), 0, line.lstrip().startswith("#")
        elif in_paragraph and not line.strip():
            why, in_paragraph = None, False
        yield WrittenLine(number=number, text=line, why=why)
        code = line.partition("#")[0]
        depth += code.count("{") - code.count("}")
        if depth <= 0 and not in_paragraph:
            why, depth = None, 0


def _why(path: str, network: Network) -> Why:
    """Return the object that a path leads into; a name may have dots in it."""
    kind, _, rest = path.partition(".")
    parts = rest.split(".")
    for length in range(len(parts), 0, -1):
        name = ".".join(parts[:length])
        if object_in(network, kind, name) is not None:
            return Why(path=path, kind=kind, name=name)
    return Why(path=path, kind=kind, name=parts[0])
