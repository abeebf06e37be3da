"""The carried program's part for labels, against folders that stand in for the kernel's."""

from pathlib import Path

import pytest

from hanse.devices.linux.carried import bird, frr, interfaces, kernel_settings, labels
from hanse.devices.linux.carried.component import Candidate
from hanse.devices.linux.carried.components import COMPONENTS
from hanse.devices.linux.carried.tools import Ran
from hanse.devices.linux.carried.troubles import Failed

TEXT = "# labels\nmpls_router\nmpls_iptunnel\n"


class Kernel:
    """A kernel that knows labels once its modules are loaded, and remembers what was run."""

    def __init__(self, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.sys = root / "sys"
        self.file = root / "hanse.conf"
        self.has_modules = True
        self.ran: list[tuple[str, ...]] = []
        monkeypatch.setattr(labels, "FILE", self.file)
        monkeypatch.setattr(labels, "KERNEL", self.sys)
        monkeypatch.setattr(labels, "TABLE", self.sys / "platform_labels")
        monkeypatch.setattr(labels, "INTERFACES", self.sys / "conf")
        monkeypatch.setattr(labels, "run", self.run)

    def run(self, *words: str) -> Ran:
        self.ran.append(words)
        if words[0] == "modprobe" and self.has_modules:
            self.load()
        if words[0] == "unshare" and not self.has_modules:
            return Ran(255, "sysctl: cannot stat /proc/sys/net/mpls/platform_labels\n")
        return Ran(0, "")

    def load(self) -> None:
        if not self.sys.exists():
            for port in ("lo", "fibre0", "fibre1"):
                (self.sys / "conf" / port).mkdir(parents=True)
                (self.sys / "conf" / port / "input").write_text("0\n")
            (self.sys / "platform_labels").write_text("0\n")

    def sets(self, room: int, *inputs: str) -> None:
        """Be told by kernel settings and interfaces."""
        (self.sys / "platform_labels").write_text(f"{room}\n")
        for port in ("lo", "fibre0", "fibre1"):
            (self.sys / "conf" / port / "input").write_text("1\n" if port in inputs else "0\n")

    @property
    def state(self) -> tuple[int, set[str]]:
        flags = (self.sys / "conf").glob("*/input")
        inputs = {flag.parent.name for flag in flags if flag.read_text() == "1\n"}
        return int((self.sys / "platform_labels").read_text()), inputs


@pytest.fixture
def kernel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Kernel:
    return Kernel(tmp_path, monkeypatch)


def candidate() -> Candidate:
    return Candidate("/etc/modules-load.d/hanse.conf", Path("/etc/modules-load.d/.hanse.conf.hanse-new"), TEXT)


def test_labels_are_known_before_anybody_uses_them_and_forgotten_after() -> None:
    order = [COMPONENTS.index(one) for one in (labels.LABELS, kernel_settings.KERNEL_SETTINGS, interfaces.INTERFACES)]
    order += [COMPONENTS.index(one) for one in (bird.BIRD, frr.FRR, labels.LABELS_GONE)]

    assert order == sorted(order)


def test_the_file_of_the_modules_is_the_only_one() -> None:
    assert labels.LABELS.owns("/etc/modules-load.d/hanse.conf")
    assert not labels.LABELS.owns("/etc/modules-load.d/other.conf")


def test_a_kernel_without_labels_is_refused_before_anything_is_swapped(kernel: Kernel) -> None:
    kernel.has_modules = False

    found = labels.check([candidate()])

    assert [str(one) for one in found] == [
        (
            "/etc/modules-load.d/hanse.conf: this kernel knows no labels (sysctl: cannot stat "
            "/proc/sys/net/mpls/platform_labels): take one with CONFIG_MPLS_ROUTING, or lead no path and no LDP here"
        )
    ]


def test_a_kernel_with_labels_is_taken(kernel: Kernel) -> None:
    assert labels.check([candidate()]) == []
    assert kernel.ran[0] == ("modprobe", "-a", "mpls_router", "mpls_iptunnel")


def test_modules_are_loaded_and_seen(kernel: Kernel) -> None:
    kernel.file.write_text(TEXT)

    labels.reload()

    labels.judge()
    assert kernel.state == (0, set())


def test_modules_that_did_nothing_are_seen(kernel: Kernel) -> None:
    kernel.has_modules = False
    kernel.file.write_text(TEXT)

    labels.reload()

    with pytest.raises(Failed, match="has not taken"):
        labels.judge()


def test_an_undone_first_deployment_leaves_no_label(kernel: Kernel) -> None:
    remembered = labels.remember([candidate()])
    kernel.load()
    kernel.sets(131072, "fibre0", "fibre1")

    labels.restore(remembered)
    labels.restore(remembered)

    assert kernel.state == (0, set())


def test_an_undone_removal_brings_labels_back(kernel: Kernel) -> None:
    kernel.load()
    kernel.sets(131072, "fibre0")
    remembered = labels.remember([])
    labels.forget()
    assert kernel.state == (0, set())

    labels.restore(remembered)

    assert kernel.state == (131072, {"fibre0"})


def test_what_is_not_wanted_any_more_is_forgotten_and_that_is_seen(kernel: Kernel) -> None:
    kernel.load()
    kernel.sets(131072, "fibre1")
    with pytest.raises(Failed, match="still knows labels"):
        labels.judge_gone()

    labels.forget()

    labels.judge_gone()
    assert kernel.state == (0, set())


def test_labels_that_are_wanted_are_not_forgotten(kernel: Kernel) -> None:
    kernel.load()
    kernel.sets(131072, "fibre1")
    kernel.file.write_text(TEXT)

    labels.forget()

    labels.judge_gone()
    assert kernel.state == (131072, {"fibre1"})


@pytest.mark.parametrize(
    ("text", "status", "learns"),
    [
        ("interface a\n mpls enable\nexit\n", "MPLS support enabled: no (mpls kernel extensions not detected)\n", True),
        ("interface a\n mpls enable\nexit\n", "MPLS support enabled: yes\n", False),
        ("interface a\n ip ospf area 0\nexit\n", "MPLS support enabled: no\n", False),
    ],
)
def test_frr_is_started_again_where_the_kernel_has_just_learnt_labels(
    text: str, status: str, learns: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "frr.conf").write_text(text)
    monkeypatch.setattr(frr, "FILE", tmp_path / "frr.conf")
    monkeypatch.setattr(frr, "run", lambda *words: Ran(0, status))

    assert frr.learns_of_labels() == learns
