"""What PeeringDB says as people and programs read it."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from rich.table import Table

from hanse.actions.peeringdb import Step, Synced
from hanse.actions.registries import KnownAs
from hanse.cli.say import table
from hanse.network.known.peeringdb import AtExchange


def step_words(step: Step) -> str:
    """Return where a sync is."""
    if step.wait:
        return f"{step.kind}: waiting {step.wait.total_seconds():.0f} s, as PeeringDB asks"
    return f"{step.kind}: {step.read} rows" if step.read else step.kind.value


def synced_tree(one: Synced) -> dict[str, Any]:
    """Return what came of one kind for `--json`."""
    return asdict(one) | {"passed_over": list(one.passed_over)}


def known_tree(known: KnownAs) -> dict[str, Any]:
    """Return a network for `--json`."""
    return {
        "network": asdict(known.network),
        "exchanges": [
            {"exchange": one.exchange.name, "city": one.exchange.city, **asdict(one.member)} for one in known.exchanges
        ],
        "facilities": [asdict(one) for one in known.facilities],
        "contacts": [asdict(one) for one in known.contacts],
    }


def known_lines(known: KnownAs) -> Iterator[str | Table]:
    """Return a network as lines and tables."""
    said = known.network
    yield f"AS{said.asn} {said.name}"
    facts = {
        "type": said.info_type,
        "policy": said.policy_general,
        "AS-SET": said.irr_as_set,
        "max-prefix": f"{said.info_prefixes4 or '-'} IPv4, {said.info_prefixes6 or '-'} IPv6",
        "website": said.website,
    }
    yield table(("", ""), [(name, value) for name, value in facts.items() if value])
    if known.exchanges:
        heads = ("exchange", "city", "IPv4", "IPv6", "Mbit/s", "")
        yield table(heads, [_port(one) for one in known.exchanges])
    if known.facilities:
        yield table(("facility", "city", "country"), [(one.name, one.city, one.country) for one in known.facilities])
    if known.contacts:
        yield table(("contact", "name", "mail"), [(one.role, one.name, one.email) for one in known.contacts])


def _port(one: AtExchange) -> tuple[object, ...]:
    port = one.member
    said = "route server" if port.is_rs_peer else ""
    return one.exchange.name, one.exchange.city, port.ipaddr4 or "", port.ipaddr6 or "", port.speed, said
