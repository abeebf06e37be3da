"""How people are told: when, by what, and where they find the pages."""

from dataclasses import dataclass, field
from datetime import timedelta

from hanse.monitor.telling.mail import Post
from hanse.monitor.telling.webhook import Webhooks


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """What the settings say about telling people. `url`: where they find the pages; empty: nobody said."""

    after: timedelta = timedelta(seconds=60)
    url: str = ""
    webhooks: Webhooks = field(default_factory=Webhooks)
    post: Post = field(default_factory=Post)
