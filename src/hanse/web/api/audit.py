"""The record of who changed what."""

from typing import Final

from hanse.actions import looking
from hanse.web.api.lists import Listing
from hanse.web.api.rows import AuditRow

AUDIT: Final = Listing(
    route="api-audit",
    row=AuditRow,
    rows=lambda asked: looking.audit_list(asked.person),
    display="{who}: {action} {kind} {name}",
    order=("-at", "-pk"),
    is_endless=True,
)
