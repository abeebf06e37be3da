"""The text that is written for a router, each line with the wanted object that it comes from."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from hanse.derive.devices import device_spec
from hanse.derive.spec import DeviceSpec
from hanse.network.errors import WantedError
from hanse.network.known.known import Known
from hanse.network.wanted.network import Network
from hanse.render.explain import ExplainedLine, explain, object_of

WHOLE: Final = "configuration"  # what the text of a vendor's router is called
HEAD: Final = "#= "  # of a file in a bundle


@dataclass(frozen=True, slots=True, kw_only=True)
class Why:
    """A wanted object, and the path in it that a line comes from."""

    path: str
    kind: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenLine:
    """One line. `why` is None where a line stands on every router of the dialect.

    `template` is the one that wrote it, and `template_line` the line in it; empty and 0: nobody knows.
    """

    number: int
    text: str
    why: Why | None
    template: str = ""
    template_line: int = 0


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
_WRITTEN: Final[dict[str, tuple[Network, Known, Mapping[str, str], Written]]] = {}


def written(network: Network, node: str, overrides: Mapping[str, str], known: Known) -> Written:
    """Return what is written for a router of `network`; once for a network, what is known, and its templates."""
    kept = _WRITTEN.get(node)
    if kept and kept[0] is network and kept[1] is known and kept[2] == overrides:
        return kept[3]
    found = _written(network, node, overrides, known)
    if len(_WRITTEN) >= KEPT:
        _WRITTEN.clear()
    _WRITTEN[node] = network, known, overrides, found
    return found


def _written(network: Network, node: str, overrides: Mapping[str, str], known: Known) -> Written:
    spec = device_spec(network, node, known)
    try:
        return Written(spec=spec, files=written_files(spec, overrides, network))
    except WantedError as error:
        return Written(spec=spec, unwritten=str(error))


def written_files(spec: DeviceSpec, overrides: Mapping[str, str], network: Network) -> tuple[WrittenFile, ...]:
    """Return what is written for a router of `network`: its files, or the one text of a vendor's router.

    :raises NoDialect:
    :raises NeverTold:
    :raises TemplateBroken:
    """
    texts = groupby(explain(spec, overrides), lambda line: line.path)
    return tuple(WrittenFile(path=path or WHOLE, lines=tuple(_lines(lines, network))) for path, lines in texts)


def _lines(lines: Iterable[ExplainedLine], network: Network) -> Iterator[WrittenLine]:
    """Yield the lines of one file, counted from 1, without the head that it has in a bundle."""
    own = (line for line in lines if line.template or not line.text.startswith(HEAD))
    for number, line in enumerate(own, 1):
        yield WrittenLine(
            number=number,
            text=line.text,
            why=_why(line.why, network) if line.why else None,
            template=line.template,
            template_line=line.template_line,
        )


def _why(path: str, network: Network) -> Why:
    kind, name = object_of(path, network)
    return Why(path=path, kind=kind, name=name)
