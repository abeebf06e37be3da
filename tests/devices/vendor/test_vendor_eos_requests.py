"""eAPI: a request has the router to itself, and the mode that it enters ends with it."""

import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Final

import pytest

from devices.vendor.vendor_routers import EOS_BASE, LOGIN
from hanse_lab.vendor.device import Box
from hanse_lab.vendor.eos import EosRouter, carried_out
from hanse_lab.vendor.eos_words import EOS
from hanse_lab.vendor.frr import Frr
from hanse_lab.vendor.store import Store
from hanse_lab.vendor.tree import typed

LOOK: Final = ["enable", "show version"]
TYPE: Final = ["enable", "configure session city-7", *(f"hostname edge{number}" for number in range(50)), "end"]


@pytest.fixture
def router(tmp_path: Path) -> EosRouter:
    return EosRouter(Box(login=LOGIN), Frr(tmp_path, scratch=tmp_path), Store(typed(EOS_BASE, EOS), lambda _: None))


@pytest.fixture
def impatient() -> Iterator[None]:
    """Let threads take turns as often as they can."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


def asked(router: EosRouter, commands: list[str]) -> dict[str, Any]:
    return carried_out(router, {"id": 1, "params": {"cmds": commands}})


@pytest.mark.usefixtures("impatient")
def test_a_look_while_somebody_types_is_answered_and_typed_nowhere(router: EosRouter) -> None:
    requests = [LOOK, TYPE] * 40

    with ThreadPoolExecutor(4) as connections:
        answers = list(connections.map(lambda commands: asked(router, commands), requests))

    assert [answer["error"] for answer in answers if "error" in answer] == []
    assert next(iter(router.sessions["city-7"])) == "hostname edge49"


def test_the_mode_of_one_request_is_not_that_of_the_next(router: EosRouter) -> None:
    asked(router, TYPE[:-1])

    assert "error" in asked(router, ["enable", "hostname edge99"])
