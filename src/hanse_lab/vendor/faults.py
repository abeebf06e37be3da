"""How a local vendor router misbehaves: one fault at a time, at the requests that a pattern names."""

import re
import threading
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

HUGE: Final = 26 * 1024 * 1024  # octets of a reply that nobody expects


class Kind(StrEnum):
    """What goes wrong."""

    HANG = "hang"  # the request is taken, and no answer ever comes
    HALF = "half"  # half of the answer comes, then the connection is gone
    DROP = "drop"  # the request is carried out, and the connection is gone before the answer
    HUGE = "huge"  # the answer is 26 MB long
    UNKNOWN = "unknown"  # the answer holds fields that nobody has heard of
    SLOW = "slow"  # the answer comes late


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One fault."""

    kind: Kind
    at: str = ""  # pattern of the requests that it strikes; empty: all
    seconds: float = 1.0  # how late a slow answer is


@dataclass(slots=True)
class Misbehaviour:
    """The fault that is set, if any; `over` ends what hangs."""

    fault: Fault | None = None
    over: threading.Event = field(default_factory=threading.Event)
    struck: int = 0

    def at(self, request: str) -> Fault | None:
        """Return the fault that strikes this request."""
        if self.fault is None or not re.search(self.fault.at, request):
            return None
        self.struck += 1
        return self.fault

    def delay(self, fault: Fault | None) -> None:
        """Let a slow or hanging request wait."""
        if fault and fault.kind is Kind.HANG:
            self.over.wait()
        elif fault and fault.kind is Kind.SLOW:
            self.over.wait(fault.seconds)
