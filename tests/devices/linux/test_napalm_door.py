"""The Linux driver by NAPALM's door: `get_network_driver("hanse_linux")` on a real router."""

import time
from collections.abc import Iterator
from typing import Any

import napalm
import pytest
from napalm.base import models
from napalm.base.exceptions import (
    CommitConfirmException,
    CommitError,
    ConnectionException,
    ReplaceConfigException,
)
from napalm.base.test.helpers import test_model as complies

from devices.linux.linux_node import LinuxNode
from devices.linux.linux_texts import new_text, old_text

pytestmark = pytest.mark.lab


@pytest.fixture
def device(node: LinuxNode) -> Iterator[Any]:
    target = node.target
    driver = napalm.get_network_driver("hanse_linux")(
        hostname=node.address,
        username="root",
        password="",
        timeout=5,
        optional_args={
            "key_file": target.key_file,
            "host_key": target.host_key,
            "secrets": dict(target.secrets),
        },
    )
    driver.open()
    yield driver
    driver.close()


def test_a_commit_is_confirmed(node: LinuxNode, device: Any) -> None:
    device.load_replace_candidate(config=new_text(node))
    assert "+router id 10.255.0.1;" in device.compare_config()
    device.commit_config(revert_in=30)
    assert device.has_pending_commit()
    with pytest.raises(CommitConfirmException):
        device.commit_config()

    device.confirm_commit()

    assert not device.has_pending_commit()
    assert device.get_config()["running"] == new_text(node)
    assert device.compare_config() == ""


def test_a_commit_that_is_not_confirmed_is_no_longer_pending(node: LinuxNode, device: Any) -> None:
    device.load_replace_candidate(config=old_text(node))
    device.commit_config(revert_in=2)

    time.sleep(4)

    assert not device.has_pending_commit()
    assert device.get_config()["running"] == ""
    with pytest.raises(CommitError):
        device.confirm_commit()


def test_rollback_cancels_what_is_pending(node: LinuxNode, device: Any) -> None:
    device.load_replace_candidate(config=old_text(node))
    device.commit_config(revert_in=30)

    device.rollback()

    assert not device.has_pending_commit()
    assert device.get_config()["running"] == ""


def test_rollback_puts_back_what_ran_before_the_last_commit(node: LinuxNode, device: Any) -> None:
    for text in (old_text(node), new_text(node)):
        device.load_replace_candidate(config=text)
        device.commit_config()

    device.rollback()

    assert device.get_config()["running"] == old_text(node)


def test_a_merge_puts_files_over_what_is_installed(node: LinuxNode, device: Any) -> None:
    device.load_replace_candidate(config=old_text(node))
    device.commit_config()

    device.load_merge_candidate(config="#= /etc/hanse-motd/banner 0644 root\nhello\n")

    assert device.compare_config().splitlines() == [
        "--- /dev/null",
        "+++ /etc/hanse-motd/banner",
        "@@ -0,0 +1 @@",
        "+hello",
    ]
    device.discard_config()
    assert device.compare_config() == ""


def test_a_wrong_candidate_is_refused_with_its_line(node: LinuxNode, device: Any) -> None:
    with pytest.raises(ReplaceConfigException, match=r"/etc/bird/bird\.conf:1: syntax error"):
        device.load_replace_candidate(config=old_text(node).replace("router id", "rooter id"))


def test_napalms_models_accept_what_it_returns(node: LinuxNode, device: Any) -> None:
    device.load_replace_candidate(config=new_text(node))
    device.commit_config()

    assert complies(models.FactsDict, device.get_facts())
    assert complies(models.ConfigDict, device.get_config())
    assert complies(models.AliveDict, device.is_alive())
    interfaces = device.get_interfaces()
    assert {"lo", "mgmt", "br9"} <= interfaces.keys()
    assert all(complies(models.InterfaceDict, one) for one in interfaces.values())
    assert device.get_interfaces_ip()["br9"]["ipv4"] == {"10.99.0.1": {"prefix_length": 24}}
    neighbours = device.get_bgp_neighbors()
    peer = neighbours["global"]["peers"]["192.0.2.9"]
    assert complies(models.PeerDict, peer)
    assert all(complies(models.AFDict, one) for one in peer["address_family"].values())
    details = device.get_bgp_neighbors_detail()
    assert all(complies(models.PeerDetailsDict, one) for one in details["global"][64501])
    assert device.get_lldp_neighbors() == {}


def test_it_pings_from_the_router(node: LinuxNode, device: Any) -> None:
    answered = device.ping("127.0.0.1", count=2)
    silent = device.ping("192.0.2.200", count=1, timeout=1)

    assert complies(models.PingDict, answered["success"])
    assert answered["success"]["packet_loss"] == 0
    assert complies(models.PingResultDictEntry, answered["success"]["results"][0])
    assert "error" in silent or silent["success"]["packet_loss"] == 1


def test_a_router_that_lost_its_power_is_not_alive(node: LinuxNode, device: Any) -> None:
    assert device.is_alive() == {"is_alive": True}

    node.cut_power()

    assert device.is_alive() == {"is_alive": False}
    with pytest.raises(ConnectionException):
        napalm.get_network_driver("hanse_linux")(
            node.address, "root", "", timeout=2, optional_args={"host_key": node.host_key()}
        ).open()
