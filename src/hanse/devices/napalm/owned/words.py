"""What a platform's words mean for what is ours: frozen tables of patterns, one a platform."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from hanse.devices.napalm.owned.tree import Path, Patterns

OUR_NAME: Final = re.compile(r"HANSE(-[A-Z0-9-]+)?")  # of groups, policies, lists and discard routes
NAMES_OURS: Final = re.compile(r"(?<![\w-])HANSE-[A-Z0-9-]+")
FREE_TEXT: Final = re.compile(r"(neighbor \S+ )?description .*")
IN_VRF: Final = re.compile(r"(?:.* )?vrf (?P<vrf>\S+)")
BGP: Final = "router bgp "

ReadStored = Callable[[str, str, str], str | None]  # form, stored, peer -> the password; None: cannot be read back


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """A platform's patterns. Each is matched against a whole line; `shared` against a path joined by ` / `."""

    platform: str
    indent: int
    line_by_line: bool  # each line is in force as it comes; else all of them at once
    shared: Patterns  # blocks that others write in too: only what is ours in them is touched
    named: Patterns  # group `name` tells whose; `no` and the group `whole` take all lines of that name away
    neighbour: re.Pattern[str]  # groups `peer`, an address or a group's name, and `said`: the words that name it
    numbered: re.Pattern[str] | None = None  # a list without a name, ours where a policy of ours asks it
    asks: re.Pattern[str] | None = None  # what asks such lists: group `numbers`
    network: re.Pattern[str]  # an origin: group `prefix`
    heads: Patterns  # other lines of BGP that we may write, and that are ours where we do
    single: (
        Patterns  # groups without a name make the key: of one key there is one line, the newer in place of the older
    )
    exchanged: Patterns = ()  # of those, the ones whose older line must go before the newer can come
    renewed: Patterns = ()  # of those, the ones that a neighbour must go and come again for
    rewritten: Patterns = ()  # group `whole`: a list that is taken away and written anew where anything in it differs
    short: Patterns = ()  # what follows `no` if not the whole line: group `said`
    late: Patterns = ()  # goes only after all that is new has come
    password: re.Pattern[str]  # groups `head`, `form`, `value`; a neighbour's address or group's name is `peer`
    stored: ReadStored
    group: str = ""  # after the words that name a group, what stands for all of it
    pieces: Patterns = ()
    opens: Patterns  # a line that opens a block even if nothing stands in it
    leave: str = "exit"
    ending: str = ""  # the last line of what is loaded


def vrf_of(path: Path) -> str:
    """Return the VRF that lines in these blocks are about; empty: the global table."""
    found = [match["vrf"] for head in path if (match := IN_VRF.fullmatch(head))]
    return found[-1] if found else ""


def matched(patterns: Patterns, text: str) -> re.Match[str] | None:
    """Return the first pattern's match of the whole line."""
    return next((match for pattern in patterns if (match := pattern.fullmatch(text))), None)


def compiled(*patterns: str) -> Patterns:
    """Return patterns of their texts."""
    return tuple(re.compile(pattern) for pattern in patterns)
