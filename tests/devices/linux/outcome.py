"""Which configuration a test router really runs: files, daemons and kernel must all say the same."""

import time
from collections.abc import Callable
from datetime import timedelta

from devices.linux.linux_node import LinuxNode
from devices.linux.linux_texts import new_text, old_text
from hanse.devices.driver import Unreachable, Verdict
from hanse.devices.linux.driver import LINUX
from hanse.network.errors import OutsideError
from hanse.network.values.bundle import parse_bundle
from hanse.network.values.secrets import reveal

UNDO_AFTER = timedelta(seconds=3)
GRACE = timedelta(seconds=10)


def install_old(node: LinuxNode) -> None:
    """Install the small configuration for good."""
    with LINUX.open(node.target) as driver:
        driver.stage("old", old_text(node))
        driver.commit("old", undo_after=None)


def files_are(node: LinuxNode) -> str:
    """Return "old" or "new", or what is mixed."""
    new = {file.path: reveal(file.text, node.target.secrets) for file in parse_bundle(new_text(node))}
    old = {file.path: reveal(file.text, node.target.secrets) for file in parse_bundle(old_text(node))}
    now = {path: node.read(path) for path in new}
    if now == new:
        return "new"
    return "old" if now == {path: old.get(path) for path in new} else f"mixed: {now}"


def state_is(node: LinuxNode) -> str:
    """Return "old" or "new" by what daemons and kernel say, or what is mixed."""
    said = {
        "bird": "added" in node.run("birdc show protocols || true"),
        "nft": "table inet filter" in node.run("nft list tables"),
        "interfaces": "br9" in node.run("ip -brief link"),
    }
    if "kept" not in node.run("birdc show protocols || true"):
        return "bird has lost what never changed"
    if all(said.values()):
        return "new"
    return "old" if not any(said.values()) else f"mixed: {said}"


def verdict_in_time(node: LinuxNode, deployment: str, limit: timedelta = UNDO_AFTER + GRACE) -> Verdict:
    """Ask by new connections until the deployment is over, at most `limit`."""
    found = Verdict.UNKNOWN

    def is_over() -> bool:
        nonlocal found
        try:
            with LINUX.open(node.target) as driver:
                found = driver.verdict(deployment)
        except Unreachable:
            return False
        return found in (Verdict.KEPT, Verdict.REVERTED, Verdict.UNKNOWN, Verdict.STAGED)

    wait_until(is_over, limit)
    return found


def wait_until(so: Callable[[], bool], limit: timedelta) -> None:
    """Wait until it is so.

    :raises AssertionError: it was not within `limit`
    """
    ends = time.monotonic() + limit.total_seconds()
    while not so():
        assert time.monotonic() < ends, "it took too long"
        time.sleep(0.1)


def try_it(node: LinuxNode, text: str = "", *, confirm: bool = False, undo: bool = False) -> str:
    """Deploy `text`, else the larger configuration; return the name of the error that ended it, empty for none."""
    try:
        with LINUX.open(node.target) as driver:
            driver.stage("new", text or new_text(node))
            driver.commit("new", undo_after=UNDO_AFTER)
            if confirm:
                driver.confirm("new")
            if undo:
                driver.undo("new")
    except OutsideError as error:
        return type(error).__name__
    return ""
