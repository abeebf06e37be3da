"""The carried program's pure parts, without a router."""

import ast
import sys
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Final

import pytest

from hanse.devices.linux.carried import bird, component, firewall, interfaces, kernel_settings, manifest
from hanse.devices.linux.carried import staging as carried_staging
from hanse.devices.linux.carried.states import (
    FINISHED,
    OPEN,
    STEPS,
    VERDICTS,
    NoSuchStep,
    State,
    step,
)
from hanse.devices.linux.carrier import program

SOURCES: Final = sorted(Path(str(carried_staging.__file__)).parent.glob("*.py"))


def candidate(path: str, text: str) -> component.Candidate:
    return component.Candidate(path, Path(path).with_name(f".{Path(path).name}.hanse-new"), text)


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.name)
def test_it_needs_the_standard_library_only(source: Path) -> None:
    tree = ast.parse(source.read_text(encoding="utf-8"), feature_version=(3, 9))

    for node in ast.walk(tree):
        names = [name.name for name in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom) and node.level == 0:
            names.append(node.module or "")
        assert all(name.split(".")[0] in sys.stdlib_module_names for name in names)


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.name)
def test_no_deadline_hangs_on_the_wall_clock(source: Path) -> None:
    text = source.read_text(encoding="utf-8")

    assert "time.time(" not in text
    assert "datetime.now" not in text


def test_the_same_program_is_the_same_file() -> None:
    packed = program()
    program.cache_clear()

    assert program() == packed
    with zipfile.ZipFile(BytesIO(packed.content)) as archive:
        assert {"__main__.py", "hanse_router/main.py"} <= set(archive.namelist())


def test_every_open_state_can_come_to_both_ends_of_its_own() -> None:
    for state in OPEN:
        reached = {state}
        for _ in State:
            reached |= {after for before in reached for after in STEPS[before]}
        assert State.REVERTED in reached


def test_what_is_finished_stays_so() -> None:
    assert all(STEPS[state] == frozenset() for state in FINISHED)
    with pytest.raises(NoSuchStep):
        step(State.KEPT, State.UNDOING)


def test_every_state_but_staging_has_a_verdict() -> None:
    assert set(State) - VERDICTS.keys() == {State.STAGING}


@pytest.mark.parametrize(
    ("path", "owners"),
    [
        ("/etc/network/interfaces", [interfaces.INTERFACES]),
        ("/etc/network/interfaces.d/vlans", [interfaces.INTERFACES]),
        ("/etc/bird/bird.conf", [bird.BIRD]),
        ("/etc/bird/peers/as64501.conf", [bird.BIRD]),
        ("/etc/nftables.conf", [firewall.FIREWALL]),
        ("/etc/sysctl.d/60-hanse.conf", [kernel_settings.KERNEL_SETTINGS]),
        ("/etc/sysctl.d/README", []),
        ("/etc/motd", []),
    ],
)
def test_a_file_belongs_to_one_component_or_none(path: str, owners: list[component.Component]) -> None:
    everyone = (interfaces.INTERFACES, bird.BIRD, firewall.FIREWALL, kernel_settings.KERNEL_SETTINGS)

    assert [one for one in everyone if one.owns(path)] == owners


def test_ifupdown2_warnings_become_findings_with_the_stanzas_line() -> None:
    file = candidate("/etc/network/interfaces", "auto x\niface x\n  mtu abc\n")
    said = 'warning: x: address: invalid value "999.1.1.1/24": valid\nerror: f: line7: error processing line\n'

    assert [str(one) for one in interfaces.findings(file, said)] == [
        '/etc/network/interfaces:2: x: address: invalid value "999.1.1.1/24": valid',
        "/etc/network/interfaces:7: error processing line",
    ]


@pytest.mark.parametrize(
    "said",
    ['warning: br0: bridge-ports: invalid value "none": valid values', "error: recv() error: [Errno 22] Invalid"],
)
def test_harmless_warnings_refuse_nothing(said: str) -> None:
    file = candidate("/etc/network/interfaces", "auto br0\niface br0\n")

    assert interfaces.findings(file, f"{said}\n") == []


def test_a_word_that_ifupdown2_would_pass_over_is_found() -> None:
    text = "auto x\niface x inet static\n  # adress\n  address 192.0.2.1/24\n  bridge_ports a \\\n    b\n  adress 1\n"
    file = candidate("/etc/network/interfaces", text)

    found = interfaces.unknown_words(file, {"address", "bridge-ports"})

    assert [str(one) for one in found] == ["/etc/network/interfaces:7: ifupdown2 does not know 'adress'"]


def test_differences_name_what_an_interface_lacks() -> None:
    said = """warning: something
[{"name": "lo", "config": {}, "config_status": {}, "status": "pass"},
 {"name": "eth0", "config": {"mtu": "1400"}, "config_status": {"mtu": "fail"}, "status": "fail"},
 {"name": "br0", "config": {}, "config_status": {}, "status": "fail"}]"""

    assert interfaces.differences(said) == ["eth0 lacks mtu 1400", "br0 is not there"]
    assert interfaces.differences("Traceback") == ["Traceback"]
    assert interfaces.differences("") == ["no answer"]


def test_birds_complaint_is_located_in_the_file_as_it_will_be_called() -> None:
    file = candidate("/etc/bird/bird.conf", "")
    said = "bird: /etc/bird/.bird.conf.hanse-new:3:1 syntax error, unexpected CF_SYM_UNDEFINED\n"

    assert [str(one) for one in bird.findings(file, (1, said))] == [
        "/etc/bird/bird.conf:3: syntax error, unexpected CF_SYM_UNDEFINED"
    ]
    assert bird.findings(file, (0, "")) == []
    assert str(bird.findings(file, (1, ""))[0]) == "/etc/bird/bird.conf: exits 1"


def test_nfts_complaint_keeps_its_line() -> None:
    file = candidate("/etc/nftables.conf", "")
    said = "/etc/.nftables.conf.hanse-new:2:9-13: Error: syntax error, unexpected string\n"

    assert [str(one) for one in firewall.findings(file, (1, said))] == [
        "/etc/nftables.conf:2: Error: syntax error, unexpected string"
    ]


def test_tables_are_named_with_their_family() -> None:
    assert firewall.tables_of("table inet a {\n}\ntable b {\n}\n# table ip6 c {\n") == [
        ("inet", "a"),
        ("ip", "b"),
    ]


def test_a_line_that_is_no_kernel_setting_is_found() -> None:
    file = candidate("/etc/sysctl.d/60-hanse.conf", "# fine\nnet.ipv4.ip_forward = 1\nnet.ipv4.ip_forward\n")

    assert [str(one) for one in kernel_settings.check([file])] == [
        "/etc/sysctl.d/60-hanse.conf:3: not a setting: net.ipv4.ip_forward"
    ]


@pytest.mark.parametrize(
    ("key", "place"),
    [
        ("net.ipv4.ip_forward", "/proc/sys/net/ipv4/ip_forward"),
        ("net/ipv4/conf/eth0.7/forwarding", "/proc/sys/net/ipv4/conf/eth0.7/forwarding"),
        ("net.ipv4.conf.eth0/7.forwarding", "/proc/sys/net/ipv4/conf/eth0.7/forwarding"),
    ],
)
def test_a_settings_name_leads_to_the_kernels_file(key: str, place: str) -> None:
    assert str(kernel_settings.place_of(key)) == place


def test_an_edited_file_shows_its_secrets_by_name() -> None:
    named = 'password "@secret(peer)@";\nrouter id 1;\n'
    actual = 'password "an older one";\nrouter id 2;\n'

    assert manifest.hide_lines(actual, named) == 'password "@secret(peer)@";\nrouter id 2;\n'
