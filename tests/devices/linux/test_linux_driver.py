"""What the Linux driver does beyond the contract, on a real router."""

from dataclasses import replace
from datetime import timedelta

import pytest

from devices.linux.linux_node import LinuxNode
from devices.linux.linux_texts import new_text, old_text
from devices.linux.outcome import files_are, install_old, state_is
from hanse.devices.driver import CandidateRefused, CommitFailed, NothingOpen, Verdict
from hanse.devices.linux.driver import LINUX
from hanse_lab.waiting import wait_until

pytestmark = pytest.mark.lab

MINUTE = timedelta(minutes=1)


def steps_of(node: LinuxNode, deployment: str) -> list[str]:
    """Return the steps that were announced."""
    progress = node.read(f"/run/hanse/{deployment}.progress") or ""
    return [line.split(" ", 2)[2] for line in progress.splitlines()]


def test_a_component_whose_files_are_the_same_is_not_touched(node: LinuxNode) -> None:
    with LINUX.open(node.target) as driver:
        driver.stage("all", new_text(node))
        driver.commit("all", undo_after=None)
        before = node.run("birdc show protocols")

        driver.stage("mtu", new_text(node).replace("10.99.0.1/24", "10.99.0.2/24"))
        driver.commit("mtu", undo_after=None)

    assert [step for step in steps_of(node, "mtu") if ":" in step] == [
        "swapping:/etc/network/interfaces",
        "reloading:interfaces",
    ]
    assert node.run("birdc show protocols") == before


def test_a_changed_file_leaves_protocols_that_did_not_change_alone(node: LinuxNode) -> None:
    install_old(node)
    before = [line for line in node.run("birdc show protocols").splitlines() if line.startswith("kept")]

    with LINUX.open(node.target) as driver:
        driver.stage("new", new_text(node))
        driver.commit("new", undo_after=None)

    assert [line for line in node.run("birdc show protocols").splitlines() if line.startswith("kept")] == before


def test_a_file_that_is_no_longer_wanted_leaves_the_router(node: LinuxNode) -> None:
    with LINUX.open(node.target) as driver:
        driver.stage("all", new_text(node))
        driver.commit("all", undo_after=None)

        diff = driver.stage("fewer", old_text(node)).diff
        driver.commit("fewer", undo_after=None)

        assert "--- /etc/hanse-motd/banner\n+++ /dev/null\n" in diff
        assert driver.running() == old_text(node)
    assert files_are(node) == "old"
    assert "br9" not in node.run("ip -brief link")
    assert "filter" not in node.run("nft list tables")


def test_an_edit_by_hand_is_seen_as_it_is(node: LinuxNode) -> None:
    with LINUX.open(node.target) as driver:
        driver.stage("all", new_text(node))
        driver.commit("all", undo_after=None)
        node.run("sed -i s/10.255.0.1/10.255.0.77/ /etc/bird/bird.conf")

        running = driver.running()
        diff = driver.stage("again", new_text(node)).diff

    assert "router id 10.255.0.77;" in running
    assert "-router id 10.255.0.77;\n+router id 10.255.0.1;" in diff
    assert "Strandkorb" not in running + diff


def test_a_file_that_changed_after_staging_stops_the_commit(node: LinuxNode) -> None:
    install_old(node)
    with LINUX.open(node.target) as driver:
        driver.stage("new", new_text(node))
        node.run("echo '# mine' >> /etc/bird/bird.conf")

        with pytest.raises(CommitFailed, match="after it was staged"):
            driver.commit("new", undo_after=MINUTE)

        assert driver.verdict("new") is Verdict.REVERTED
    assert (node.read("/etc/bird/bird.conf") or "").endswith("# mine\n")
    assert node.leftovers() == []


def test_a_new_value_of_a_secret_is_a_difference_without_the_value(node: LinuxNode) -> None:
    with LINUX.open(node.target) as driver:
        driver.stage("all", new_text(node))
        driver.commit("all", undo_after=None)

    with LINUX.open(replace(node.target, secrets={"peer": "Leuchtturm-8"})) as driver:
        diff = driver.stage("rotated", new_text(node)).diff
        driver.commit("rotated", undo_after=None)

    assert diff == "--- /etc/bird/bird.conf\n# the value of a secret changes\n"
    assert "Leuchtturm-8" in (node.read("/etc/bird/bird.conf") or "")


def test_rights_are_part_of_a_file(node: LinuxNode) -> None:
    with LINUX.open(node.target) as driver:
        driver.stage("all", new_text(node))
        driver.commit("all", undo_after=None)
        diff = driver.stage("rights", new_text(node).replace("bird.conf 0640 bird", "bird.conf 0600 bird")).diff
        driver.commit("rights", undo_after=None)

    assert "become 0600" in diff
    assert node.run("stat -c '%a %U:%G' /etc/bird/bird.conf /etc/nftables.conf").split("\n")[:2] == [
        "600 bird:bird",
        "600 root:root",
    ]


WRONG = {
    "bird": ("protocol device { }", "protocol device { ", r"/etc/bird/bird\.conf:\d+: "),
    "interfaces": ("iface br9", "ifcae br9", r"/etc/network/interfaces:\d+: "),
    "a word": ("    address 10.99", "    adress 10.99", r"interfaces:\d+: ifupdown2 does not know 'adress'"),
    "nft": ("policy accept;", "policy maybe;", r"/etc/nftables\.conf:\d+: "),
    "sysctl": ("net.ipv4.ip_forward = 1", "net.ipv4.ip_forward", r"60-hanse\.conf:1: not a setting"),
    "an owner": ("0640 bird", "0640 nobody-here", "no user 'nobody-here'"),
}


@pytest.mark.parametrize("case", WRONG)
def test_a_mistake_in_any_file_is_refused_with_file_and_line(node: LinuxNode, case: str) -> None:
    right, wrong, said = WRONG[case]
    install_old(node)
    text = new_text(node)
    assert right in text

    with LINUX.open(node.target) as driver, pytest.raises(CandidateRefused, match=said):
        driver.stage("new", text.replace(right, wrong))

    assert files_are(node) == state_is(node) == "old"
    assert node.leftovers() == []


def test_a_refusal_never_holds_a_secret(node: LinuxNode) -> None:
    text = new_text(node).replace('password "@secret(peer)@"', "password @secret(peer)@")

    with LINUX.open(node.target) as driver, pytest.raises(CandidateRefused) as refused:
        driver.stage("new", text)

    assert "Strandkorb" not in str(refused.value)


def test_an_interface_that_cannot_be_made_fails_the_commit_and_all_is_as_before(node: LinuxNode) -> None:
    install_old(node)
    text = new_text(node).replace("auto br9\niface br9\n    bridge-ports none\n", "auto nosuch0\niface nosuch0\n")

    with LINUX.open(node.target) as driver:
        driver.stage("new", text)
        with pytest.raises(CommitFailed, match="nosuch0"):
            driver.commit("new", undo_after=MINUTE)

        assert driver.verdict("new") is Verdict.REVERTED
        with pytest.raises(NothingOpen):
            driver.confirm("new")
    assert files_are(node) == state_is(node) == "old"


def test_rules_that_others_had_loaded_come_back_with_undo(node: LinuxNode) -> None:
    install_old(node)
    node.run("nft add table ip others; nft add chain ip others kept; nft add rule ip others kept counter drop")
    before = node.run("nft list ruleset")

    with LINUX.open(node.target) as driver:
        driver.stage("new", new_text(node))
        driver.commit("new", undo_after=MINUTE)
        assert "others" not in node.run("nft list ruleset")
        driver.undo("new")

    assert node.run("nft list ruleset") == before


def test_settings_of_the_kernel_come_back_with_undo(node: LinuxNode) -> None:
    install_old(node)
    before = node.run("sysctl -n net.ipv4.ip_forward").strip()
    assert before == "0"

    with LINUX.open(node.target) as driver:
        driver.stage("new", new_text(node))
        driver.commit("new", undo_after=MINUTE)
        assert node.run("sysctl -n net.ipv4.ip_forward").strip() == "1"
        driver.undo("new")

    assert node.run("sysctl -n net.ipv4.ip_forward").strip() == before


def test_bird_that_did_not_run_does_not_run_after_undo(node: LinuxNode) -> None:
    with LINUX.open(node.target) as driver:
        driver.stage("first", new_text(node))
        driver.commit("first", undo_after=MINUTE)
        driver.undo("first")

        assert driver.bgp_sessions() == ()
    assert node.read("/etc/bird/bird.conf") is None


def test_the_last_ten_verdicts_are_remembered(node: LinuxNode) -> None:
    with LINUX.open(node.target) as driver:
        for number in range(12):
            text = f"#= /etc/hanse-motd/banner 0644 root\nnumber {number}\n"
            driver.stage(f"d{number}", text)
            driver.commit(f"d{number}", undo_after=None)

        verdicts = [driver.verdict(f"d{number}") for number in range(12)]

    assert verdicts == [Verdict.UNKNOWN] * 2 + [Verdict.KEPT] * 10


def test_the_program_is_compiled_once_and_older_ones_leave_nothing(node: LinuxNode) -> None:
    copies = "/run/hanse/programs"
    install_old(node)
    name = node.run("basename $(readlink /var/lib/hanse/router.pyz) .pyz").strip()
    node.run(f"mkdir {copies}/0123456789abcdef {copies}/.{name}.77")

    with LINUX.open(node.target) as driver:
        driver.stage("again", old_text(node))

    assert node.run(f"ls -A {copies}").split() == [name]
    assert "unpacking.cpython" in node.run(f"ls {copies}/{name}/hanse_router/__pycache__")
    imported = node.run("python3 -v -I /var/lib/hanse/router.pyz verdict 2>&1 </dev/null || true")
    assert f"matches {copies}/{name}/hanse_router/commands.py" in imported
    node.run(f"rm -r {copies} && touch {copies}")
    with LINUX.open(node.target) as driver:
        assert driver.verdict("none") is Verdict.UNKNOWN


def test_the_program_starts_once_for_all_questions_of_a_connection(node: LinuxNode) -> None:
    def served() -> str:
        return node.run("pgrep -f '[.]pyz serve' || true")

    with LINUX.open(node.target) as driver:
        driver.stage("one", old_text(node))
        first = served()
        driver.discard("one")
        again = served()
        node.run("pkill -KILL -f '[.]pyz serve'")
        driver.reach()  # by then we know
        verdict = driver.verdict("one")
        other = served()

    assert first == again != other
    assert len(first.split()) == len(other.split()) == 1
    assert verdict is Verdict.UNKNOWN
    wait_until("the program ends with the connection", lambda: not served(), within=MINUTE)


def test_a_bundle_that_is_none_is_refused_before_anything_is_sent(node: LinuxNode) -> None:
    with LINUX.open(node.target) as driver, pytest.raises(CandidateRefused, match="begins with"):
        driver.stage("new", "router bgp 64500\n")

    assert node.read("/var/lib/hanse/router.pyz") is None


def test_sessions_are_seen_with_the_configuration_that_makes_them(node: LinuxNode) -> None:
    with LINUX.open(node.target) as driver:
        driver.stage("new", new_text(node))
        driver.commit("new", undo_after=None)

        sessions = driver.bgp_sessions()

    assert [str(session.remote_address) for session in sessions] == ["192.0.2.9"]
    assert sessions[0].since is not None
