"""What the carried program reads of tunnels' files and of what their programs say."""

from dataclasses import dataclass, field
from pathlib import Path

import pytest

from hanse.devices.linux.carried import daemons, openvpn, strongswan, wireguard
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
    said = (
        "plugin 'ldap': failed to load - ldap_plugin_create not found and no plugin file available\n"
        "loaded connection 'ip-a'\n"
        "loading connection 'ip-b' failed: invalid value for: local_addrs\n"
    )

    assert strongswan.REFUSED.findall(said) == [said.splitlines()[2]]
    assert strongswan._named("ip-a: IKEv2, no reauthentication\n  local: 192.0.2.1\nhome: IKEv2\n") == {"ip-a"}


@dataclass(slots=True)
class Silent:
    """A machine on which no program answers, until one is launched."""

    told: list[tuple[str, ...]] = field(default_factory=list)
    is_launched: bool = False

    def __call__(self, *words: str) -> Ran:
        """Take the words."""
        self.told.append(words)
        return Ran(0 if self.is_launched else 1, "")

    def launch(self, *words: str) -> Ran:
        """Start a program."""
        self.told.append(words)
        self.is_launched = True
        return Ran(0, "")


@pytest.fixture
def silent(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Silent:
    """Give a machine without systemd that wants no IPsec, and on which strongSwan does not answer."""
    machine = Silent()
    monkeypatch.setattr(strongswan, "run", machine)
    monkeypatch.setattr(strongswan, "launch", machine.launch)
    monkeypatch.setattr(strongswan, "DIRECTORY", tmp_path / "conf.d")
    monkeypatch.setattr(strongswan, "STARTED", tmp_path / "started")
    monkeypatch.setattr(daemons, "SYSTEMD", tmp_path / "absent")
    return machine


def test_a_strongswan_that_was_started_and_does_not_answer_yet_is_stopped_where_no_tunnel_is_wanted(
    silent: Silent,
) -> None:
    strongswan.STARTED.touch()

    strongswan.reload()

    assert ("pkill", "-x", "charon-systemd") in silent.told
    assert not strongswan.STARTED.exists()


def test_a_strongswan_that_does_not_answer_yet_ends_before_another_one_is_launched(silent: Silent) -> None:
    strongswan.DIRECTORY.mkdir()
    (strongswan.DIRECTORY / "ip-one.conf").touch()

    strongswan.reload()

    kill, launched = ("pkill", "-KILL", "-x", "charon-systemd"), (strongswan.PROGRAM,)
    assert silent.told.index(kill) < silent.told.index(launched)


def test_a_strongswan_of_somebody_else_that_does_not_answer_is_left_alone(silent: Silent) -> None:
    strongswan.reload()

    assert silent.told == [("swanctl", "--stats")]
