"""The firewall's part of a deployment: only its own tables go, and an open connection hides no lock-out."""

from dataclasses import replace
from datetime import timedelta

import pytest

from devices.linux.linux_node import LinuxNode
from devices.linux.linux_texts import old_text
from devices.linux.outcome import UNDO_AFTER, install_old, verdict_in_time
from hanse.devices.driver import Driver, Unreachable, Verdict
from hanse.devices.linux.carried import firewall
from hanse.devices.linux.carried.tools import Ran
from hanse.devices.linux.carried.troubles import Failed
from hanse.devices.linux.driver import LINUX
from hanse.network.values.bundle import File, parse_bundle, print_bundle

MINUTE = timedelta(minutes=1)
SHUT = """\
table inet mine
delete table inet mine
table inet mine {
  chain input {
    type filter hook input priority 0; policy drop;
    ct state established accept
  }
}
"""


def with_rules(node: LinuxNode, rules: str) -> str:
    """Return the small configuration with a firewall."""
    return print_bundle((*parse_bundle(old_text(node)), File("/etc/nftables.conf", rules)))


def table(name: str) -> str:
    """Return the text of a file with one empty table in it."""
    return f"table inet {name}\ndelete table inet {name}\ntable inet {name} {{\n}}\n"


def kept(driver: Driver, name: str, text: str) -> None:
    """Install a configuration for good."""
    driver.stage(name, text)
    driver.commit(name, undo_after=None)


@pytest.mark.lab
def test_tables_of_the_file_before_go_and_those_of_others_stay(node: LinuxNode) -> None:
    install_old(node)
    node.run("nft add table ip others")

    with LINUX.open(node.target) as driver:
        kept(driver, "one", with_rules(node, table("one")))
        kept(driver, "other", with_rules(node, table("other")))
        while_there = node.run("nft list tables").splitlines()
        kept(driver, "none", old_text(node))

    assert while_there == ["table ip others", "table inet other"]
    assert node.run("nft list tables").splitlines() == ["table ip others"]


@pytest.mark.lab
def test_a_table_that_went_comes_back_with_undo(node: LinuxNode) -> None:
    install_old(node)
    with LINUX.open(node.target) as driver:
        kept(driver, "one", with_rules(node, table("one")))

        driver.stage("other", with_rules(node, table("other")))
        driver.commit("other", undo_after=MINUTE)
        driver.undo("other")

    assert node.run("nft list tables").splitlines() == ["table inet one"]


@pytest.mark.lab
def test_an_open_connection_goes_on_and_does_not_hide_that_nobody_else_gets_in(node: LinuxNode) -> None:
    install_old(node)

    with LINUX.open(node.target) as driver:
        driver.stage("shut", with_rules(node, SHUT))
        driver.commit("shut", undo_after=UNDO_AFTER)
        over_the_old_one = driver.verdict("shut")
        with pytest.raises(Unreachable), LINUX.open(replace(node.target, timeout=timedelta(seconds=1))):
            pass

    assert over_the_old_one is Verdict.TRIAL
    assert verdict_in_time(node, "shut") is Verdict.REVERTED
    assert node.run("nft list tables").split() == []


class Nft:
    """An nft that tells its rules in words that it does not take back, as it does of rules that iptables wrote."""

    def __call__(self, *words: str, text: str = "") -> Ran:
        if words == ("nft", "list", "ruleset"):
            return Ran(0, 'table ip filter {\n  xt match "string"\n}\n')
        return Ran(1, "Error: unsupported expression") if "-c" in words and "xt match" in text else Ran(0, "")


def test_rules_that_could_not_be_put_back_are_not_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(firewall, "run", Nft())

    with pytest.raises(Failed, match=r"could not be put back.*unsupported expression"):
        firewall.remember([])
