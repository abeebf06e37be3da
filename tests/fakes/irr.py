"""An IRR that says what it is told to say."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from hanse.network.errors import HanseError
from hanse.network.known.irr import Expansion
from hanse.network.values.addresses import parse_prefix
from hanse.network.values.asn import Asn

NEVER = datetime(2026, 1, 1, tzinfo=UTC)


def expansion(name: str, prefixes: str, origins: str) -> Expansion:
    """Return an answer of texts: prefixes and AS numbers, parted by blanks."""
    return Expansion(
        name=name,
        prefixes=tuple(map(parse_prefix, prefixes.split())),
        origins=tuple(map(Asn.parse, origins.split())),
        sources=(),
        at=NEVER,
    )


@dataclass
class FakeIrr:
    """It is a `registries.irr.registry.Irr`. What it was not told about is empty."""

    answers: dict[str, Expansion | HanseError] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def tell(self, name: str, prefixes: str, origins: str) -> None:
        """Say this of `name` from now on."""
        self.answers[name] = expansion(name, prefixes, origins)

    def expand(self, name: str, *, at: datetime) -> Expansion:
        self.asked.append(name)
        answer = self.answers.get(name) or expansion(name, "", "")
        if isinstance(answer, HanseError):
            raise answer
        return replace(answer, at=at)
