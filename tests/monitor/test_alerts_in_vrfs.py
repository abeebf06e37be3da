"""What alarms know of sessions in VRFs, and of those that are switched off by what stands above them."""

import pytest

from actions.small_city import FILE, network
from hanse.monitor.alerts_wanted import WantedThing, things_of
from hanse.monitor.happenings import Subject

TWO_VRFS = FILE.replace("64501: {name: Bob}", "64501: {name: Bob}, 64502: {name: Carol}").replace(
    "sessions: {",
    "sessions: {carol: {asn: 64502, relationship: customer, node: alpha, vrf: red, addresses: [192.0.2.11],"
    " local_addresses: [192.0.2.1]}, ",
)


def sessions(text: str) -> dict[str, WantedThing]:
    """Return what alpha's alarms know of sessions with other networks."""
    found = things_of(network(text), "alpha")
    return {
        name: thing for (subject, name), thing in found.items() if subject is Subject.SESSION and thing.asn != 64500
    }


def test_one_address_in_two_vrfs_is_two_things() -> None:
    found = sessions(TWO_VRFS)

    assert {name: thing.label for name, thing in found.items()} == {
        "192.0.2.11": "bob",
        "192.0.2.11 in VRF red": "carol",
    }
    assert found["192.0.2.11 in VRF red"].title.endswith("AS64502 (192.0.2.11) in VRF red")


def test_a_second_address_in_a_vrf_is_explained_by_the_first_one_there() -> None:
    text = TWO_VRFS.replace(
        "addresses: [192.0.2.11], local_addresses", "addresses: [192.0.2.11, 192.0.2.12], local_addresses"
    )

    second = sessions(text)["192.0.2.12 in VRF red"]

    assert any("192.0.2.11 in VRF red" in key for key in second.explained_by)
    assert not any(key.endswith("192.0.2.11") for key in second.explained_by)


@pytest.mark.parametrize(
    ("above", "said"),
    [
        ("lan: [192.0.2.0/24]", "lan: [192.0.2.0/24], status: {}"),
        ("node: alpha, port: lan,", "node: alpha, port: lan, status: {},"),
        ("{name: Bob}", "{{name: Bob, status: {}}}"),
    ],
    ids=["exchange", "connection", "AS"],
)
@pytest.mark.parametrize("status", ["maintenance", "disabled"])
def test_a_session_that_is_switched_off_from_above_alarms_nobody(above: str, said: str, status: str) -> None:
    assert sessions(FILE)["192.0.2.11"].is_quiet is False

    assert sessions(FILE.replace(above, said.format(status))) == {}


@pytest.mark.parametrize("status", ["provisioning", "pre-maintenance", "post-maintenance"])
def test_a_session_that_is_up_and_watched_alarms_nobody(status: str) -> None:
    found = sessions(FILE.replace("relationship: peer,", f"relationship: peer, status: {status},"))

    assert found["192.0.2.11"].is_quiet
