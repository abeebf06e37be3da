"""What dnsmasq says against a file, read by the carried program."""

import shutil
from pathlib import Path

import pytest

from hanse.devices.linux.carried import dnsmasq
from hanse.devices.linux.carried.component import Candidate, Finding
from hanse.devices.linux.carried.tools import Ran

PATH = "/etc/dnsmasq.d/hanse.conf"

needs_dnsmasq = pytest.mark.skipif(not shutil.which("dnsmasq", path="/usr/sbin:/usr/bin"), reason="there is no dnsmasq")


def candidate(folder: Path, text: str) -> Candidate:
    """Return a staged file with that text."""
    staged = folder / "hanse.conf"
    staged.write_text(text)
    return Candidate(PATH, staged, text)


@needs_dnsmasq
def test_a_line_that_dnsmasq_does_not_take_is_named(tmp_path: Path) -> None:
    found = dnsmasq.check([candidate(tmp_path, "port=0\ndhcp-range=10.60.0.10,10.60.0\n")])

    assert [(finding.path, finding.line) for finding in found] == [(PATH, 2)]
    assert "bad dhcp-range" in found[0].said


@needs_dnsmasq
def test_a_good_file_is_taken(tmp_path: Path) -> None:
    assert dnsmasq.check([candidate(tmp_path, "port=0\ndhcp-range=10.60.0.10,10.60.0.99,3600\n")]) == []


def test_a_router_without_dnsmasq_is_told_the_package(tmp_path: Path) -> None:
    found = dnsmasq.findings(candidate(tmp_path, "port=0\n"), Ran(127, "dnsmasq: No such file or directory\n"))

    assert found == [Finding(PATH, 0, "there is no dnsmasq here: apt-get install dnsmasq")]
