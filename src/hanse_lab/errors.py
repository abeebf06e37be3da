"""What may go wrong in the lab; every text is a sentence for the person at the terminal."""


class LabError(Exception):
    """The lab cannot do what was asked for."""


class CannotRunHere(LabError):
    """This machine lacks something that the lab needs: root, a kernel feature, a Debian package."""


class NoPlace(CannotRunHere):
    """No kernel that can be had here offers what a network needs."""


class CommandFailed(LabError):
    """A program that the lab runs has failed."""


class NoSuchLab(LabError):
    """No lab of this name is up."""


class AlreadyUp(LabError):
    """A lab of this name, or one with the same management network, is up already."""


class NoSuchNode(LabError):
    """The lab has no node of this name."""


class NoSuchCable(LabError):
    """The lab has no cable of this name, and no such port is plugged in."""


class PoweredOff(LabError):
    """The node is switched off: nothing can be run on it."""


class OutsideUnclear(LabError):
    """The file of the outside world cannot be read, or does not fit the wanted network."""


class NotInTime(LabError):
    """What was waited for did not happen within its time."""
