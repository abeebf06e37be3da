"""bgpq4, which speaks with an IRRd server: three runs an expansion, for IPv4, IPv6 and origins."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from hanse.network.known.irr import Expansion
from hanse.network.values.as_sets import parse_as_set
from hanse.registries.irr.answers import read_origins, read_prefixes, without_covered
from hanse.registries.irr.bounded import said_by
from hanse.registries.irr.registry import IrrSilent

# -p: private AS numbers too; those that must not be seen on the Internet are refused by every filter all the same.
PREFIXES4: Final = "-4pj"
PREFIXES6: Final = "-6pj"
ORIGINS: Final = "-pjt"
# Complaints after which the answer is whole all the same: a set has an odd member, an AS an odd route. After all others
# bgpq4 may end well and have written less than there is, an empty list even.
HARMLESS: Final = re.compile(r"Invalid AS number|Invalid symbol in AS|Unable to (parse|add) prefix")


@dataclass(frozen=True, slots=True, kw_only=True)
class Bgpq4:
    """How the program is called. It is an `Irr`."""

    program: str = "bgpq4"
    server: str = ""  # host or host:port of an IRRd; empty: the program's own choice
    sources: tuple[str, ...] = ()  # registries, the most trusted first; empty: all that the server has
    time_limit: timedelta = timedelta(seconds=60)  # of one run
    size_limit: int = 64 << 20  # bytes of one answer

    def expand(self, name: str, *, at: datetime) -> Expansion:
        """Return what is registered for `name`; empty: nothing is.

        :raises NotAnAsSet:
        :raises OutsideError:
        """
        objects = tuple(parse_as_set(word) for word in name.split())
        prefixes = (*read_prefixes(self._ask(PREFIXES4, objects)), *read_prefixes(self._ask(PREFIXES6, objects)))
        return Expansion(
            name=name,
            prefixes=without_covered(prefixes),
            origins=read_origins(self._ask(ORIGINS, objects)),
            sources=self.sources,
            at=at,
        )

    def _ask(self, what: str, objects: tuple[str, ...]) -> bytes:
        server = ("-h", self.server) if self.server else ()
        sources = ("-S", ",".join(self.sources)) if self.sources else ()
        said = said_by(
            (self.program, *server, *sources, what, "--", *objects),
            time_limit=self.time_limit,
            size_limit=self.size_limit,
        )
        complaints = said.complaints.decode(errors="replace").splitlines()
        broken = [line for line in complaints if "ERROR:" in line and not HARMLESS.search(line)]
        if said.code != 0 or broken:
            why = (broken or complaints or [f"bgpq4 ended with {said.code}"])[0].partition("ERROR:")
            where = f" at {self.server}" if self.server else ""
            raise IrrSilent(f"the IRR{where} does not answer: {(why[2] or why[0]).strip()[:200]}")
        return said.text
