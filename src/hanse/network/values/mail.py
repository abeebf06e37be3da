"""Mail addresses, as they may stand on an envelope."""

import re
from typing import Final

from hanse.network.errors import WantedError

ADDRESS: Final = re.compile(r"[^@\s<>,;:\"()\\]+@[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?")


class NotAMailAddress(WantedError):
    """A text is no mail address: write name@host."""


def insist_on_mail_address(text: str) -> None:
    """Return if `text` is a mail address.

    :raises NotAMailAddress:
    """
    if not ADDRESS.fullmatch(text):
        raise NotAMailAddress("that is no mail address: write name@host")


def parse_mail_address(text: str) -> str:
    """Return the mail address that `text` names; empty stays empty.

    :raises NotAMailAddress:
    """
    plain = str(text).strip()
    if plain:
        insist_on_mail_address(plain)
    return plain
