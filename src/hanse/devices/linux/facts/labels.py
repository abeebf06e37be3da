"""What the kernel does with labels (MPLS), from iproute2."""

import json
from ipaddress import ip_address
from typing import Any, Final

from hanse.devices.linux.facts.fact import Fact, NotUnderstood
from hanse.network.seen.device import SeenLabel


def read_labels(out: str) -> tuple[SeenLabel, ...]:
    """Return all labels that the kernel knows, by number, with each way of a shared one; none where it knows no MPLS.

    :raises NotUnderstood:
    """
    try:
        listed = json.loads(out) if out.strip() else []
        seen = (_label(one | hop) for one in listed for hop in one.get("nexthops", ({},)))
        return tuple(sorted(seen, key=lambda one: one.label))
    except (ValueError, KeyError) as error:
        raise NotUnderstood(f"ip -json -family mpls route: {out[:200]!r}") from error


def _label(listed: dict[str, Any]) -> SeenLabel:
    gateway = listed.get("via", {}).get("host")
    return SeenLabel(
        label=int(listed["dst"]),
        out=tuple(int(label) for label in str(listed.get("to", "")).split("/") if label),
        via=ip_address(gateway) if gateway else None,
        interface=listed.get("dev", ""),
        protocol=listed.get("protocol", ""),
    )


LABELS: Final = Fact(command="ip -json -family mpls route show 2>/dev/null; true", read=read_labels)
