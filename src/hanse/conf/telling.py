"""How people are told and how long things are kept, as the settings say."""

from typing import Any

from hanse.conf.alert_settings import SECURITY
from hanse.monitor.telling.mail import Post
from hanse.monitor.telling.means import Telling
from hanse.monitor.telling.webhook import Webhooks
from hanse.store.keeping import Keeping


def telling(values: dict[str, Any]) -> Telling:
    """Return how people are told."""
    host, port = values["HANSE_SMTP"]
    kind = values["HANSE_SMTP_SECURITY"]
    return Telling(
        after=values["HANSE_ALERT_AFTER"],
        url=values["HANSE_URL"],
        webhooks=Webhooks(private_allowed=values["HANSE_WEBHOOK_PRIVATE"]),
        post=Post(
            host=host,
            port=port or SECURITY[kind],
            user=values["HANSE_SMTP_USER"],
            password=values["HANSE_SMTP_PASSWORD"],
            security=kind,
            sender=values["HANSE_MAIL_FROM"],
            reply_to=values["HANSE_MAIL_REPLY_TO"],
        ),
    )


def keeping(values: dict[str, Any]) -> Keeping:
    """Return how long what happened is kept."""
    return Keeping(
        changes=values["HANSE_KEEP_CHANGES"],
        samples=values["HANSE_KEEP_SAMPLES"],
        jobs=values["HANSE_KEEP_JOBS"],
        texts=values["HANSE_KEEP_TEXTS"],
        audit=values["HANSE_KEEP_AUDIT"],
    )
