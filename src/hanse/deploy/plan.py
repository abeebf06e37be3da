"""What would change on which router: reviewed as a whole, and tied to its checksum."""

import json
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import pairwise
from typing import Final

from hanse.deploy.health import StillWanted
from hanse.devices.driver import Abilities
from hanse.network.errors import WantedError

SHOWN: Final = 12  # hexadecimal digits of the checksum that people see and give back


class AnotherPlan(WantedError):
    """The checksum given is not the plan's: something changed since it was reviewed. Plan again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DevicePlan:
    """One router's part. Texts and diff hold secrets by name only.

    `before_text` is what ran, as `Driver.running` told, and `diff` what the device itself made of `text` at the review.
    """

    node: str
    driver: str
    text: str
    before_text: str
    diff: str
    abilities: Abilities
    sessions_before: int = 0  # BGP sessions on the router at the review
    sessions_removed: tuple[str, ...] = ()  # names of those that the new text takes away or switches off
    still_wanted: StillWanted = field(default_factory=StillWanted)

    @property
    def is_changed(self) -> bool:
        """Say whether the device would change at all."""
        return bool(self.diff.strip())

    @property
    def lines_before(self) -> int:
        """Return how many lines run now."""
        return len(self.before_text.splitlines())

    @property
    def lines_added(self) -> int:
        """Return how many lines the diff adds."""
        return sum(line.startswith("+") for line in body_of(self.diff))

    @property
    def lines_removed(self) -> int:
        """Return how many lines the diff takes away; a changed line is one taken away and one added."""
        return sum(line.startswith("-") for line in body_of(self.diff))


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """All routers that were looked at, by name."""

    devices: tuple[DevicePlan, ...]

    def __post_init__(self) -> None:
        object.__setattr__(self, "devices", tuple(sorted(self.devices, key=lambda device: device.node)))

    @property
    def changed(self) -> tuple[DevicePlan, ...]:
        """Return the routers that would change."""
        return tuple(device for device in self.devices if device.is_changed)

    @property
    def full_checksum(self) -> str:
        """Return the SHA-256 of each changed router's name, new text, old text and diff, as hexadecimal digits."""
        reviewed = [[device.node, device.text, device.before_text, device.diff] for device in self.changed]
        return sha256(json.dumps(reviewed).encode()).hexdigest()

    @property
    def checksum(self) -> str:
        """Return the first digits of the checksum: what people see and give back."""
        return self.full_checksum[:SHOWN]

    def insist_on(self, checksum: str) -> None:
        """Return if `checksum` (12 digits or more) is this plan's.

        :raises AnotherPlan:
        """
        if len(checksum) < SHOWN or not self.full_checksum.startswith(checksum.lower()):
            raise AnotherPlan(f"the plan is {self.checksum} now, not {checksum}: look at it again with `hanse plan`")


def body_of(diff: str) -> tuple[str, ...]:
    """Return a diff's lines without the heads that name its two sides.

    A head is a line that begins with `---` and is followed by one that begins with `+++`: other lines
    may begin so too, when they begin with dashes themselves.

    >>> body_of("--- old\\n+++ new\\n@@ -1 +1 @@\\n---- a\\n+b\\n")
    ('@@ -1 +1 @@', '---- a', '+b')
    """
    lines = diff.splitlines()
    heads = {
        index
        for index, (one, other) in enumerate(pairwise(lines))
        if one.startswith("--- ") and other.startswith("+++ ")
    }
    return tuple(line for index, line in enumerate(lines) if index not in heads and index - 1 not in heads)
