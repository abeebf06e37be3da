"""What `hanse recipient` prints of who is told, and of what was sent."""

from argparse import Namespace
from typing import Any, Final

from hanse.actions import recipients
from hanse.actions.rights import Person
from hanse.cli.say import Exit, table, tell
from hanse.cli.times import clock_time

SHOWN: Final = 50  # of what was sent


def list_recipients(args: Namespace, person: Person) -> int:
    """Print who is told."""
    found = [recipients.tree(one) for one in recipients.recipient_list(person)]
    rows = [
        (one["name"], one["means"], one["target"], ", ".join(one["kinds"]) or "all", "on" if one["is_on"] else "off")
        for one in found
    ]
    tell(args, {"recipients": found}, [table(("name", "by", "where", "told of", ""), rows)])
    return Exit.FINE


def list_sent(args: Namespace, person: Person) -> int:
    """Print what was sent, the latest first."""
    found = [_delivery(one) for one in recipients.delivery_list(person)[:SHOWN]]
    tell(args, {"sent": found}, [table(tuple(found[0]), (tuple(one.values()) for one in found))] if found else [])
    return Exit.FINE


def _delivery(one: Any) -> dict[str, object]:
    return {
        "number": one.pk,
        "state": one.state,
        "what": one.event,
        "alert": one.alert_id or "",
        "to": one.recipient.name,
        "queued": clock_time(one.created_at),
        "sent": clock_time(one.sent_at),
        "tries": one.attempts,
        "error": one.error,
    }
