"""What `hanse discover` prints of routers' sessions, and which of them its arguments mean."""

from collections.abc import Iterable, Iterator
from typing import Any

from hanse.actions.discovery import Discovered, NotOnOffer, Result
from hanse.monitor.discovery.findings import Finding, Sort
from hanse.network.seen.bgp import GLOBAL_VRF

HEADS = ("router", "VRF", "address", "AS", "what", "session", "about it")
ALL = "all"


def rows(found: Discovered) -> Iterator[tuple[object, ...]]:
    """Yield a row for each session that is not on both sides."""
    for one in found.result.findings if found.result else ():
        vrf, address = one.place
        shown = "" if vrf == GLOBAL_VRF else vrf
        yield found.node, shown, address, one.remote_asn.number, one.sort, one.session, _about(one)


def _about(one: Finding) -> str:
    return one.why or "; ".join(said for said in (one.remark, one.description) if said)


def tree(found: Discovered) -> dict[str, Any]:
    """Return one router's result for `--json`."""
    result = found.result
    return {
        "node": found.node,
        "error": found.error,
        "looked_at": result.looked_at.isoformat() if result else None,
        "agreed": result.agreed if result else None,
        "sessions": [_session(one) for one in result.findings] if result else [],
    }


def _session(one: Finding) -> dict[str, Any]:
    return {
        "vrf": one.place[0],
        "remote_address": str(one.place[1]),
        "remote_asn": one.remote_asn.number,
        "what": one.sort,
        "session": one.session,
        "connection": one.way.connection,
        "state": one.seen.state if one.seen else "",
        "description": one.description,
        "why": one.why,
        "remark": one.remark,
    }


def chosen(found: Result, words: Iterable[str]) -> frozenset[str]:
    """Return the keys of the new sessions that `words` name: `all`, an address, or VRF/address.

    :raises NotOnOffer: several VRFs have one
    """
    new = found.of(Sort.NEW)
    keys: set[str] = set()
    for word in words:
        meant = [one.key for one in new if word in {ALL, str(one.place[1]), f"{one.place[0]}/{one.place[1]}"}]
        if word != ALL and len(meant) > 1:
            among = ", ".join(f"{key.split()[0]}/{word}" for key in meant)
            raise NotOnOffer(f"{found.node} has {word} in several VRFs: say {among}")
        keys.update(meant)
    return frozenset(keys)


def insist_on_all(found: Iterable[Discovered], words: Iterable[str]) -> None:
    """Return if each of `words` means a new session of some router.

    :raises NotOnOffer:
    """
    results = [one.result for one in found if one.result]
    for word in words:
        if not any(chosen(result, (word,)) for result in results):
            raise NotOnOffer(f"no router has a new session {word!r}: `hanse discover` shows them")
