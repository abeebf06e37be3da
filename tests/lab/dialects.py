"""A scenario's network in each dialect that its Linux routers may speak, and which of these run unasked."""

import re
from collections.abc import Mapping
from itertools import cycle
from types import MappingProxyType
from typing import Final

import pytest
from _pytest.mark import ParameterSet

# Which dialects the routers have in turn, in the order in which they stand in the file: neighbours differ.
IN_TURN: Final = {"bird2": ("bird2",), "frr": ("frr",), "mixed": ("bird2", "frr")}
NONE: Final[Mapping[str, str]] = MappingProxyType({})
SPOKEN: Final = ("bird2", "frr")
PLATFORM: Final = re.compile(r"^  ([\w-]+): \{driver: linux, dialect: \w+(.*)\}$", re.MULTILINE)
OF_A_NODE: Final = re.compile(r"\bplatform: ([\w-]+)")


def in_dialect(text: str, dialect: str) -> str:
    """Return the text of a network whose Linux routers speak a dialect, or both in turn (`mixed`).

    Each of their platforms becomes two, one a dialect; all else stays as it is written.
    """
    names = {found[1] for found in PLATFORM.finditer(text)}
    assert names, "no platform of Linux routers is written on a line of its own"
    turns = cycle(IN_TURN[dialect])
    text = PLATFORM.sub(
        lambda found: "\n".join(f"  {found[1]}-{one}: {{driver: linux, dialect: {one}{found[2]}}}" for one in SPOKEN),
        text,
    )
    return OF_A_NODE.sub(lambda found: f"{found[0]}-{next(turns)}" if found[1] in names else found[0], text)


def each_dialect(*by_default: str, but: Mapping[str, str] = NONE) -> list[ParameterSet]:
    """Return the parameters of a scenario's fixture: others than `by_default` run with `--every-dialect` only.

    A dialect of `but` never runs, for the reason given there.
    """

    def marks(dialect: str) -> tuple[pytest.MarkDecorator, ...]:
        if dialect in but:
            return (pytest.mark.skip(reason=but[dialect]),)
        return () if dialect in by_default else (pytest.mark.every_dialect,)

    return [pytest.param(dialect, id=dialect, marks=marks(dialect)) for dialect in IN_TURN]
