"""The SSH host keys that routers are known by."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from hanse.actions import host_keys
from hanse.web.api.lists import Listing
from hanse.web.api.rows import Listed


@dataclass(frozen=True, slots=True, kw_only=True)
class HostKeyRow(Listed):
    """The SSH host key that a router is known by."""

    node: str
    key: str
    learned_at: datetime
    by: str


HOST_KEYS: Final = Listing(
    route="api-host-key",
    row=HostKeyRow,
    rows=lambda asked: host_keys.host_key_list(asked.person),
    display="{node} {key}",
    order=("node",),
    searched=("node", "key"),
)
