from dataclasses import replace

from napalm_teststub import Router

from hanse.devices.driver import Target
from hanse.devices.napalm.arguments import merged_arguments, optional_arguments
from hanse.devices.napalm.driver import napalm_kind


def test_the_devices_own_arguments_win_key_by_key() -> None:
    everywhere = {"transport": "ssh", "ssh": {"keepalive": 5, "port": 22}}
    here = {"ssh": {"port": 830}}

    assert merged_arguments(everywhere, here) == {"transport": "ssh", "ssh": {"keepalive": 5, "port": 830}}


def test_merging_shares_nothing_with_what_was_merged() -> None:
    everywhere = {"ssh": {"ciphers": ["aes"]}}

    merged_arguments(everywhere)["ssh"]["ciphers"].append("des")

    assert everywhere == {"ssh": {"ciphers": ["aes"]}}


def test_one_devices_arguments_never_reach_the_next(router: Router, target: Target) -> None:
    shared = {"ssh": {"keepalive": 5}}
    kind = napalm_kind("teststub")

    with kind.open(replace(target, port=2222, arguments=merged_arguments(shared, {"vrf": "mgmt"}))):
        pass
    with kind.open(replace(target, arguments=shared)):
        pass

    assert shared == {"ssh": {"keepalive": 5}}
    assert [sorted(given) for given in router.arguments] == [["port", "ssh", "vrf"], ["ssh"]]


def test_port_and_key_are_handed_on_unless_the_arguments_say_otherwise(target: Target) -> None:
    target = replace(target, port=2222, key_file="keys/hanse", arguments={"port": 830})

    assert optional_arguments(target) == {"port": 830, "key_file": "keys/hanse", "use_keys": True}
