"""Whose fault it is: the intent's (mend it), or the world's (try again, look there). All else is our bug."""

from typing import ClassVar


class HanseError(Exception):
    """An error whose text is fit to show to an operator."""


class WantedError(HanseError):
    """What is wanted contradicts itself or cannot be read: mend the intent."""


class OutsideError(HanseError):
    """The world failed: a device, a registry, a disk.

    `retry` says whether the same request may succeed later without anybody mending anything.
    """

    retry: ClassVar[bool] = True
