"""What recipients are told about an alert, from its row."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from hanse.monitor.telling.message import Told
from hanse.store.models import Alert


def body(alert: Alert, event: Told, *, parts: Iterable[Alert], url: str, at: datetime) -> dict[str, Any]:
    """Return the body of a message, without the number of its delivery; `url` is where the pages are, or empty."""
    return {
        "event": event.value,
        "at": at.isoformat(),
        "url": f"{url}/alerts/{alert.pk}/" if url else "",
        "alert": tree(alert),
        "parts": [tree(part) for part in parts],
    }


def test_body(*, url: str, at: datetime) -> dict[str, Any]:
    """Return the body of a test."""
    return {"event": Told.TEST.value, "at": at.isoformat(), "url": url, "alert": None, "parts": []}


def tree(alert: Alert) -> Mapping[str, Any]:
    """Return an alert as plain values: what webhooks and `hanse alerts --json` have of it."""
    return {
        "number": alert.pk,
        "key": alert.key,
        "kind": alert.kind,
        "state": alert.state,
        "sentence": alert.sentence,
        "node": alert.node,
        "site": alert.site,
        "name": alert.name,
        "asn": alert.asn,
        "is_quiet": alert.is_quiet,
        "part_of": alert.part_of_id,
        "fired_at": alert.fired_at.isoformat(),
        "last_at": alert.last_at.isoformat(),
        "count": alert.count,
        "acknowledged_by": alert.acknowledged_by,
        "acknowledged_at": _time(alert.acknowledged_at),
        "cleared_at": _time(alert.cleared_at),
        "cleared_why": alert.cleared_why,
        "note": alert.note,
    }


def _time(at: datetime | None) -> str | None:
    return at.isoformat() if at else None
