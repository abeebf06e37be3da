"""Who answers for our part of the domain name system."""

from dataclasses import dataclass
from typing import Annotated

from hanse.network.wanted.fields import AddressField, DomainName, Intent


@dataclass(frozen=True, slots=True, kw_only=True)
class Nameserver(Intent):
    """A server that answers for our zones."""

    name: DomainName
    addresses: Annotated[tuple[AddressField, ...], "where its name is in our own domain, and no router's"] = ()
