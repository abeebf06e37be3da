"""What the Internet Routing Registry says an AS-SET or AS may announce, as it was last told well."""

from dataclasses import dataclass
from datetime import datetime

from hanse.network.values.addresses import Family, Prefix, family_of
from hanse.network.values.asn import Asn


@dataclass(frozen=True, slots=True, kw_only=True)
class Expansion:
    """An AS-SET, or an AS such as "AS64501", written out. `at` is when the registry said so."""

    name: str
    prefixes: tuple[Prefix, ...]  # aggregated, IPv4 before IPv6
    origins: tuple[Asn, ...]  # ascending
    sources: tuple[str, ...]  # the registries asked, the most trusted first
    at: datetime

    def of_family(self, family: Family) -> tuple[Prefix, ...]:
        """Return its prefixes of one family, in order."""
        return tuple(prefix for prefix in self.prefixes if family_of(prefix) is family)
