"""A link's condition by its two ends."""

import pytest

from hanse.monitor.happenings import LastSeen
from hanse.monitor.links import Trouble, end_trouble, link_condition, wanted_link_condition
from hanse.network.seen.device import SeenInterface
from hanse.network.wanted.links import End
from samples.city import city_with

END = End("core1", "eth1")


def seen(*, is_up: bool = True, is_enabled: bool = True, answered: bool | None = True, name: str = "eth1") -> LastSeen:
    return LastSeen(answered=answered, interfaces=(SeenInterface(name=name, is_enabled=is_enabled, is_up=is_up),))


@pytest.mark.parametrize(
    ("last", "is_down", "why"),
    [
        (seen(), False, ""),
        (seen(is_up=False), True, "core1:eth1 has no carrier"),
        (seen(is_enabled=False, is_up=False), True, "core1:eth1 is switched off"),
        (seen(name="eth2"), True, "core1:eth1 is not there"),
        (seen(answered=False), False, "core1 does not answer"),
        (LastSeen(), False, "core1 was never asked"),
    ],
)
def test_an_end_says_what_is_wrong_with_it(last: LastSeen, is_down: bool, why: str) -> None:
    assert end_trouble(END, last) == Trouble(is_down=is_down, why=why)


def test_a_link_is_down_if_one_end_is() -> None:
    down, silent = Trouble(is_down=True, why="no carrier"), Trouble(why="does not answer")

    assert link_condition((silent, down)) == ("down", "does not answer; no carrier")


def test_a_link_is_unknown_while_one_end_is() -> None:
    assert link_condition((Trouble(), Trouble(why="does not answer"))) == ("unknown", "does not answer")


def test_a_link_is_up_if_both_ends_are() -> None:
    assert link_condition((Trouble(), Trouble())) == ("up", "")


@pytest.mark.parametrize(
    ("link", "node", "condition", "why"),
    [
        ("active", "active", "down", "core2:radio0 has no carrier"),
        ("maintenance", "active", "down", "core2:radio0 has no carrier"),
        ("planned", "active", "disabled", "it is planned"),
        ("offline", "active", "disabled", "it is offline"),
        ("active", "offline", "disabled", "spur1 is offline"),
        ("active", "staged", "disabled", "spur1 is staged"),
        ("active", "planned", "disabled", "spur1 is planned"),
    ],
)
def test_a_link_that_nobody_expects_up_is_not_down(link: str, node: str, condition: str, why: str) -> None:
    network = city_with(links={"radio-dom-nordturm": {"status": link}}, nodes={"spur1": {"status": node}})
    looks = {"core2": seen(name="radio0", is_up=False), "spur1": seen(name="radio0")}

    found = wanted_link_condition(network, network.links["radio-dom-nordturm"], lambda name: looks[name])

    assert found == (condition, why)
