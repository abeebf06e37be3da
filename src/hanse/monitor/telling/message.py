"""What people are told about an alert, as programs and as people read it."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, Final

SHOWN: Final = 50  # parts that a mail lists; the page and a webhook have them all


class Told(StrEnum):
    """What happened that people are told of."""

    FIRED = "fired"
    ACKNOWLEDGED = "acknowledged"
    CLEARED = "cleared"
    TEST = "test"


def subject(body: Mapping[str, Any]) -> str:
    """Return the subject of a mail, in one line."""
    if body["event"] == Told.TEST:
        return "[hanse] test"
    alert = body["alert"]
    about = " ".join(part for part in (alert["node"], alert["name"]) if part)
    about = alert["node"] if alert["name"] == alert["node"] else about
    return " ".join(f"[hanse] {body['event']}: {alert['kind']} {about}".split())


def text(body: Mapping[str, Any]) -> str:
    """Return the text of a mail."""
    if body["event"] == Told.TEST:
        return "This is a test: whoever reads it would be told of alerts.\n"
    alert = body["alert"]
    lines = [alert["sentence"], ""]
    if body["event"] == Told.ACKNOWLEDGED:
        lines += [f"{alert['acknowledged_by']} looks after it." + (f" {alert['note']}" if alert["note"] else ""), ""]
    if body["event"] == Told.CLEARED:
        lines += [f"It is over since {alert['cleared_at']}: {alert['cleared_why']}.", ""]
    lines += _parts(body["parts"])
    lines += [f"First seen {alert['fired_at']}, at {alert['site'] or 'no site'}, alert {alert['number']}."]
    lines += [body["url"]] if body["url"] else []
    return "\n".join(lines) + "\n"


def _parts(parts: list[Mapping[str, Any]]) -> list[str]:
    if not parts:
        return []
    more = [f"- and {len(parts) - SHOWN} more"] if len(parts) > SHOWN else []
    return ["Part of it:", *(f"- {part['sentence']}" for part in parts[:SHOWN]), *more, ""]
