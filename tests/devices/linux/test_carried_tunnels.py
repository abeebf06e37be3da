"""What the carried program reads of tunnels' files and of what their programs say."""

from pathlib import Path

import pytest

from hanse.devices.linux.carried import openvpn, strongswan, wireguard
from hanse.devices.linux.carried.component import Candidate
from hanse.devices.linux.carried.components import COMPONENTS
from hanse.devices.linux.carried.interfaces import INTERFACES
from hanse.devices.linux.carried.tools import Ran

PRIVATE = "yAnz5TF+lXXJte14tji3zlMNq+hd2rYUIgJBgB3fBmk="
PUBLIC = "xTIBA5rboUvnH4htodjb6e697QjLERt1NAB4mZqp8Dg="
SHARED = "FpCyhws9cxwWoV4xELtfJvjJN+zQVRPISllRWgeopVE="
CONF = f"""# core1: tunnel to core4
[Interface]
PrivateKey = {PRIVATE}
ListenPort = 51823

[Peer]
PublicKey = {PUBLIC}
PresharedKey = {SHARED}
AllowedIPs = 0.0.0.0/0, ::/0
"""
DUMP = f"{PRIVATE}\t{PUBLIC}\t51823\toff\n{PUBLIC}\t{SHARED}\t(none)\t0.0.0.0/0,::/0\t0\t0\t0\t25\n"


def candidate(path: str, text: str) -> Candidate:
    """Return a new file."""
    return Candidate(path, Path(f"{path}.new"), text)


@pytest.mark.parametrize(
    ("path", "owner"),
    [
        ("/etc/wireguard/wg-west.conf", "wireguard"),
        ("/etc/wireguard/wg0.conf", ""),  # somebody's own
        ("/etc/openvpn/ov-north.conf", "openvpn"),
        ("/etc/openvpn/client.conf", ""),
        ("/etc/openvpn/client/ov-north.conf", ""),
        ("/etc/swanctl/conf.d/ip-east.conf", "strongswan"),
        ("/etc/swanctl/swanctl.conf", ""),
    ],
)
def test_a_tunnels_file_belongs_to_its_program_alone(path: str, owner: str) -> None:
    assert [one.name for one in COMPONENTS if one.owns(path)] == ([owner] if owner else [])


def test_interfaces_of_tunnels_are_there_before_they_get_addresses() -> None:
    order = list(COMPONENTS)

    assert order.index(wireguard.WIREGUARD) < order.index(INTERFACES) < order.index(strongswan.STRONGSWAN)
    assert order.index(openvpn.OPENVPN) < order.index(INTERFACES)


def test_a_line_that_wg_does_not_know_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wireguard, "run", lambda *words: Ran(0, "wireguard-tools v1.0"))
    text = CONF.replace(PUBLIC, "short").replace("ListenPort", "Port")

    found = wireguard.check([candidate("/etc/wireguard/wg-west.conf", text)])

    assert [str(one) for one in found] == [
        "/etc/wireguard/wg-west.conf:4: wg does not know this line",
        "/etc/wireguard/wg-west.conf:7: the value of PublicKey is no key",
    ]


def test_an_interface_as_its_file_says_has_no_differences() -> None:
    assert wireguard.differences(CONF, DUMP) == []


@pytest.mark.parametrize(
    ("old", "word"), [("51823\toff", "ListenPort"), (f"\n{PUBLIC}", "PublicKey"), (f"\t{SHARED}", "PresharedKey")]
)
def test_what_an_interface_has_otherwise_is_named(old: str, word: str) -> None:
    other = DUMP.replace(old, old[:-1] + "X") if word != "ListenPort" else DUMP.replace(old, "51820\toff")

    assert wireguard.differences(CONF, other) == [word]


def test_openvpns_complaint_names_the_line() -> None:
    file = candidate("/etc/openvpn/ov-north.conf", "")
    said = (
        "Options error: Unrecognized option or missing or extra parameter(s) in /etc/openvpn/.ov:26: bogus (2.6.14)\n"
    )

    (found,) = openvpn.findings(file, (1, said))

    assert (found.path, found.line) == ("/etc/openvpn/ov-north.conf", 26)
    assert "bogus" in found.said
    assert openvpn.findings(file, (0, "")) == []
    assert [one.said for one in openvpn.findings(file, (127, ""))] == ["openvpn exits 127"]


def test_what_swanctl_refuses_is_read_though_it_exits_0() -> None:
    said = "loaded connection 'ip-a'\nloading connection 'ip-b' failed: invalid value for: local_addrs\n"

    assert strongswan.REFUSED.findall(said) == [said.splitlines()[1]]
    assert strongswan._named("ip-a: IKEv2, no reauthentication\n  local: 192.0.2.1\nhome: IKEv2\n") == {"ip-a"}
