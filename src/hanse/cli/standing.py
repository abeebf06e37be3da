"""How the network stands, as people and programs read it."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from rich.table import Table

from hanse.actions.status import LinkStatus, NetworkStatus, RouterStatus
from hanse.cli.say import table
from hanse.cli.times import age, clock_time
from hanse.deploy.stages import Stage
from hanse.derive.label_spec import LabelSwap
from hanse.monitor.compare import Condition, NeighbourCondition, SessionCondition, tally
from hanse.monitor.happenings import Happening, Subject, session_name
from hanse.store.deployments import Deployed

WELL = frozenset({Condition.UP, Condition.DISABLED})
Conditions = Iterable[SessionCondition | NeighbourCondition]


def answer(router: RouterStatus) -> str:
    """Return whether the router answered at the last look."""
    match router.answered:
        case None:
            return "never asked"
        case True:
            return "yes"
        case _:
            return "unreachable"


def lines(found: NetworkStatus, now: datetime) -> Iterator[str | Table]:
    """Return the routers' table, then everything that is not as it should be, then changes and deployments."""
    heads = ("router", "answers", "OSPF", "BGP", "looked", "deployment")
    yield table(heads, (_row(router, now) for router in found.routers))
    troubles = _never_asked(found)
    troubles += [line for router in found.routers for line in _troubles(router)]
    troubles += [_link_line(link) for link in found.links if _is_news(link, found)]
    yield from _part("Not as wanted:", troubles)
    yield from _part("Latest changes:", [_change_line(change) for change in reversed(found.changes)])
    yield from _part("Open deployments:", [_deployment_line(one) for one in found.open_deployments])
    if found.is_well:
        yield "Everything is as wanted."


def _part(head: str, body: list[str]) -> Iterator[str]:
    if body:
        yield from ("", head, *(f"  {line}" for line in body))


def _row(router: RouterStatus, now: datetime) -> tuple[object, ...]:
    latest = router.deployment
    done = f"{latest.stage} {age(latest.ended_at or latest.created_at, now)} ago" if latest else "none"
    looked = f"{age(router.polled_at, now)} ago" if router.polled_at else "never"
    return router.node, answer(router), tally(router.neighbours), tally(router.sessions), looked, done


def _never_asked(found: NetworkStatus) -> list[str]:
    never = sum(router.answered is None for router in found.routers)
    return [f"{never} router{' was' if never == 1 else 's were'} never asked: `hanse poll` does it"] if never else []


def _is_news(link: LinkStatus, found: NetworkStatus) -> bool:
    """Say whether a link's state is worth a line: not where it is unknown only because nobody ever asked."""
    if link.condition is Condition.UNKNOWN:
        return any(router.answered is not None for router in found.routers)
    return link.condition not in WELL


def _troubles(router: RouterStatus) -> list[str]:
    """Return a line for each thing that is not as wanted; of a silent router, one line for all."""
    if router.answered is None:
        return []
    if not router.answered:
        silent = f"{router.node}: unreachable: {router.error}"
        return [
            silent,
            f"{router.node}: its {len(router.sessions)} sessions and {len(router.neighbours)} neighbours are unknown",
        ]
    found = [f"{router.node}: {name(one)} is {_with_why(one)}" for one in _not_well(router)]
    found += [f"{router.node}: {label_name(one)} is absent" for one in router.labels_lacking]
    latest = router.deployment
    if latest is not None and latest.stage in {Stage.REVERTED, Stage.REFUSED}:
        found.append(f"{router.node}: the last deployment was {latest.stage}: {latest.outcome}")
    return found


def _not_well(router: RouterStatus) -> list[SessionCondition | NeighbourCondition]:
    both: tuple[SessionCondition | NeighbourCondition, ...] = (*router.neighbours, *router.sessions)
    return [one for one in both if one.condition not in WELL]


def _with_why(one: SessionCondition | NeighbourCondition) -> str:
    since = f" since {clock_time(one.since)}" if one.since else ""
    return f"{one.condition}{since}" + (f": {one.why}" if one.why else "")


def name(one: SessionCondition | NeighbourCondition) -> str:
    """Return what people call a session or neighbour, with the reason why it is wanted."""
    why = f" ({one.wanted.why})" if one.wanted else ""
    if isinstance(one, NeighbourCondition):
        shown = one.wanted or one.seen
        return (
            f"{Subject.NEIGHBOUR} {shown.router_id} on {shown.interface} (OSPFv{shown.version}){why}" if shown else ""
        )
    session = one.wanted or one.seen
    named = f"{session_name(session.vrf, session.remote_address)} AS{session.remote_asn.number}" if session else ""
    return f"{Subject.SESSION} {named}{why}" if session else ""


def label_name(swap: LabelSwap) -> str:
    """Return what people call what a router does with a label of a path, with the reason why it is wanted."""
    out = "taken off" if swap.out is None else f"changed to {swap.out}"
    return f"{Subject.LABEL} {swap.label}, {out}, out of {swap.interface} ({swap.why})"


def _link_line(link: LinkStatus) -> str:
    return f"link {link.name} is {link.condition}: {link.why}"


def _change_line(change: Happening) -> str:
    since = f" (since {clock_time(change.since)})" if change.since else ""
    return f"{clock_time(change.at)} {change}{since}"


def _deployment_line(one: Deployed) -> str:
    return f"{one.node}: {one.stage} since {clock_time(one.created_at)}, by {one.who}: {one.outcome or one.name}"


def tree(found: NetworkStatus, now: datetime) -> dict[str, Any]:
    """Return everything for `--json`; times in ISO 8601 with their zone."""
    return {
        "at": now.isoformat(),
        "well": found.is_well,
        "routers": [_router_tree(router) for router in found.routers],
        "links": [
            {"name": link.name, "ends": list(link.ends), "condition": link.condition.value, "why": link.why}
            for link in found.links
        ],
        "changes": [_change_tree(change) for change in found.changes],
        "open_deployments": [_deployment_tree(one) for one in found.open_deployments],
    }


def _router_tree(router: RouterStatus) -> dict[str, Any]:
    ospf, bgp = tally(router.neighbours), tally(router.sessions)
    return {
        "node": router.node,
        "reachable": router.answered,
        "error": router.error,
        "polled_at": _iso(router.polled_at),
        "answered_at": _iso(router.answered_at),
        "ospf": {"wanted": ospf.wanted, "seen": ospf.up},
        "bgp": {"wanted": bgp.wanted, "seen": bgp.up},
        "neighbours": _condition_trees(router.neighbours),
        "sessions": _condition_trees(router.sessions),
        "labels_lacking": [
            {"label": one.label, "out": one.out, "interface": one.interface, "why": one.why}
            for one in router.labels_lacking
        ],
        "deployment": _deployment_tree(router.deployment) if router.deployment else None,
    }


def _condition_trees(conditions: Conditions) -> list[dict[str, Any]]:
    return [
        {"name": name(one), "condition": one.condition.value, "since": _iso(one.since), "why": one.why}
        | (_session_tree(one) if isinstance(one, SessionCondition) else {})
        for one in conditions
    ]


def _session_tree(one: SessionCondition) -> dict[str, Any]:
    session = one.wanted or one.seen
    if session is None:
        return {}
    return {
        "vrf": session.vrf,
        "remote_address": str(session.remote_address),
        "remote_asn": session.remote_asn.number,
    }


def _change_tree(change: Happening) -> dict[str, Any]:
    return {
        "node": change.node,
        "subject": change.subject.value,
        "name": change.name,
        "change": change.change.value,
        "sentence": str(change),
        "before": change.before,
        "after": change.after,
        "why": change.why,
        "at": _iso(change.at),
        "since": _iso(change.since),
    }


def _deployment_tree(one: Deployed) -> dict[str, Any]:
    return {
        "name": one.name,
        "node": one.node,
        "stage": one.stage.value,
        "outcome": one.outcome,
        "by": one.who,
        "door": one.door,
        "created_at": _iso(one.created_at),
        "ended_at": _iso(one.ended_at),
    }


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
