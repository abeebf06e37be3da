"""People of other networks, and what was noted about them."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

from hanse.network.wanted.fields import Intent, MailField, ObjectName, Prose, Text


class ContactRole(StrEnum):
    """What somebody is written to for; the words of PeeringDB."""

    NOC = "noc"
    POLICY = "policy"  # peering
    TECHNICAL = "technical"
    MAINTENANCE = "maintenance"
    ABUSE = "abuse"
    SALES = "sales"
    PUBLIC_RELATIONS = "public-relations"


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact(Intent):
    """Somebody who can be written to. Mail goes to addresses of contacts only."""

    name: ObjectName
    person: Annotated[Text, "or the desk: Peering desk"] = ""
    email: Annotated[MailField, "mail goes there"] = ""
    phone: Text = ""
    roles: Annotated[tuple[ContactRole, ...], "what they are written to for"] = ()
    description: Text = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Note(Intent):
    """A remark, named for its day: 2026-11-21-1."""

    name: ObjectName
    author: Text = ""
    text: Prose = ""
