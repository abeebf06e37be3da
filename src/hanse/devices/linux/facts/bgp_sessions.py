"""BGP sessions, from `birdc show protocols all`, and from FRR, OpenBGPD and GoBGP where they run."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from ipaddress import ip_address
from typing import Final

from hanse.devices.linux.facts.bird_time import NOW, read_now, read_time
from hanse.devices.linux.facts.fact import Fact
from hanse.devices.linux.facts.frr import asked_of_frr, parts
from hanse.devices.linux.facts.frr_sessions import QUESTION, read_frr_sessions
from hanse.devices.linux.facts.gobgp_sessions import QUESTION as GOBGP
from hanse.devices.linux.facts.gobgp_sessions import parted as gobgp_parted
from hanse.devices.linux.facts.gobgp_sessions import read_gobgp_sessions
from hanse.devices.linux.facts.openbgpd_sessions import QUESTION as OPENBGPD
from hanse.devices.linux.facts.openbgpd_sessions import parted, read_openbgpd_sessions
from hanse.network.seen.bgp import GLOBAL_VRF, BgpState, RouteCounts, SeenSession
from hanse.network.values.addresses import Family
from hanse.network.values.asn import Asn
from hanse.network.wanted.vrfs import DEVICE

HEAD: Final = re.compile(
    r"^(?P<name>\S+) +BGP +\S+ +(?P<state>up|start|down|stop|flush|feed) +"
    r"(?P<since>\d[\d.:-]+(?: \d\d:\d\d[\d:.]*)?)? *(?P<more>.*)$"
)
FIELD: Final = re.compile(r"^(?P<indent> {2,})(?P<key>[A-Za-z][A-Za-z ]*?): +(?P<value>\S.*?)\s*$")
CHANNEL: Final = re.compile(r"^  Channel (?P<name>\S+)")
COUNT: Final = re.compile(r"(\d+) (imported|filtered|exported|preferred)")
IMPORTS: Final = re.compile(
    r"^ +Import updates: +(?P<received>\S+) +(?P<rejected>\S+) +(?P<filtered>\S+) +(?P<ignored>\S+)"
)
DEFAULT: Final = "default"  # BIRD's word for the global table, where a session is bound to it
FAMILIES: Final = {"ipv4": Family.IPV4, "ipv6": Family.IPV6}

# BIRD's words, from `bgp_state_dsc`. A passive session waits for the other side: RFC 4271 calls that Active.
STATES: Final = {
    "Idle": BgpState.IDLE,
    "Connect": BgpState.CONNECT,
    "Active": BgpState.ACTIVE,
    "Passive": BgpState.ACTIVE,
    "OpenSent": BgpState.OPEN_SENT,
    "OpenConfirm": BgpState.OPEN_CONFIRM,
    "Established": BgpState.ESTABLISHED,
    "Close": BgpState.IDLE,
    "Down": BgpState.ADMIN_DOWN,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Block:
    """One protocol's part of the text."""

    head: re.Match[str]
    fields: dict[str, str]
    counts: tuple[RouteCounts, ...]


def read_bgp_sessions(out: str) -> tuple[SeenSession, ...]:
    """Return all sessions with one neighbour, by VRF and address; where no daemon runs there are none."""
    rest_of_all, gobgp = gobgp_parted(out)
    others, openbgpd = parted(rest_of_all)
    bird, frr_now, frr = parts(others)
    first, _, rest = bird.partition("\n")
    now = read_now(first)
    blocks = (_read_block(head, lines) for head, lines in _blocks(rest))
    sessions = [_session(block, now) for block in blocks if "Neighbor address" in block.fields]
    if frr_now:
        sessions += read_frr_sessions(frr, read_now(frr_now))
    sessions += read_openbgpd_sessions(openbgpd)
    sessions += read_gobgp_sessions(gobgp)
    return tuple(sorted(sessions, key=lambda one: (one.vrf, one.remote_address.version, one.remote_address)))


def _blocks(text: str) -> Iterator[tuple[re.Match[str], list[str]]]:
    """Yield the head and the lines of each BGP protocol."""
    head: re.Match[str] | None = None
    lines: list[str] = []
    for line in text.splitlines():
        if line.startswith(" "):
            lines.append(line)
            continue
        if head:
            yield head, lines
        head, lines = HEAD.match(line), []
    if head:
        yield head, lines


def _read_block(head: re.Match[str], lines: list[str]) -> _Block:
    starts = [number for number, line in enumerate(lines) if CHANNEL.match(line)]
    own = lines[: starts[0]] if starts else lines
    fields = [found for found in map(FIELD.match, own) if found]
    channels = [lines[start:end] for start, end in zip(starts, [*starts[1:], len(lines)], strict=True)]
    return _Block(
        head=head,
        fields={found["key"]: found["value"] for found in fields},
        counts=tuple(counts for counts in map(_counts, channels) if counts),
    )


def _counts(channel: list[str]) -> RouteCounts | None:
    """Return a channel's counts, None for a family that is not told apart here or a channel that is down.

    What a filter has thrown away is known only with `import keep filtered`, or when it has thrown away nothing yet.
    """
    named = CHANNEL.match(channel[0])
    family = FAMILIES.get(named["name"]) if named else None
    fields = [found for found in map(FIELD.match, channel) if found]
    routes = next((found["value"] for found in fields if found["key"] == "Routes"), "")
    if family is None or not routes:
        return None
    counted = {what: int(number) for number, what in COUNT.findall(routes)}
    updates = next((found for found in map(IMPORTS.match, channel) if found), None)
    accepted = counted.get("imported", 0)
    if "filtered" in counted:
        received = accepted + counted["filtered"]
    elif updates and updates["rejected"] == updates["filtered"] == "0":
        received = accepted
    else:
        received = None
    return RouteCounts(family=family, received=received, accepted=accepted, advertised=counted.get("exported", 0))


def _session(block: _Block, now: datetime) -> SeenSession:
    fields = block.fields
    state = STATES.get(fields.get("BGP state", "Down"), BgpState.IDLE)
    error = fields.get("Last error", "")
    if state is BgpState.ADMIN_DOWN and "limit" in error:
        state = BgpState.IDLE  # BIRD itself has stopped it, not a person
    source = fields.get("Source address")
    return SeenSession(
        vrf=_table(fields.get("VRF", DEFAULT)),
        remote_address=ip_address(fields["Neighbor address"].split("%")[0]),
        remote_asn=Asn(int(fields.get("Neighbor AS", "0"))),
        local_asn=Asn(int(fields["Local AS"])) if "Local AS" in fields else None,
        local_address=ip_address(source.split("%")[0]) if source else None,
        remote_id=fields.get("Neighbor ID", ""),
        state=state,
        since=read_time(block.head["since"] or "", now),
        counts=block.counts,
        last_error=error,
        description=fields.get("Description", ""),
    )


def _table(told: str) -> str:
    """Return the VRF for which the interface stands that BIRD names."""
    return GLOBAL_VRF if told == DEFAULT else told.removeprefix(DEVICE)


BGP_SESSIONS: Final = Fact(
    command=f"{NOW}; birdc -r show protocols all; {asked_of_frr('bgpd', QUESTION)}; {OPENBGPD}; {GOBGP}",
    read=read_bgp_sessions,
)
