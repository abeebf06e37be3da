"""What can go wrong on the router, with a text for the operator."""

from __future__ import annotations

from typing import ClassVar


class Trouble(Exception):
    """Something an operator can read about; `kind` is what the driver goes by."""

    kind: ClassVar[str]


class Refused(Trouble):
    """The candidate is not acceptable; nothing was changed."""

    kind = "refused"


class Failed(Trouble):
    """The installation began and cannot go on."""

    kind = "failed"


class NotOpen(Trouble):
    """There is no such transaction in a state that allows what was asked for."""

    kind = "not open"
