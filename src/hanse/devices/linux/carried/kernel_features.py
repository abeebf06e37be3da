"""What the router's kernel can make: tried in a network namespace of its own, which ends with the trial."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from .component import Candidate, Finding
from .tools import run


class Feature(NamedTuple):
    """Something that not every kernel has."""

    words: str  # the lines of interfaces(5) that need it
    what: str
    trial: str
    mend: str


FEATURES: Final = (
    Feature("vrf-table .*", "VRF devices", "ip link add t0 type vrf table 1001", "modprobe vrf"),
    Feature(
        "vlan-raw-device .*",
        "802.1Q VLANs",
        "ip link add t0 type veth peer name t1 && ip link add link t0 name t2 type vlan id 5",
        "modprobe 8021q",
    ),
    Feature(
        "bridge-vlan-aware yes",
        "VLAN-aware bridges",
        "ip link add t0 type bridge vlan_filtering 1",
        "take a kernel with CONFIG_BRIDGE_VLAN_FILTERING",
    ),
    Feature("bond-slaves .*", "bonds", "ip link add t0 type bond mode 802.3ad", "modprobe bonding"),
    Feature("link-type dummy", "dummies", "ip link add t0 type dummy", "modprobe dummy"),
    Feature("link-type veth", "veth pairs", "ip link add t0 type veth peer name t1", "modprobe veth"),
    Feature("vxlan-id .*", "VXLAN", "ip link add t0 type vxlan id 5 dstport 4789", "modprobe vxlan"),
)


def lacking(candidates: list[Candidate]) -> list[Finding]:
    """Return a sentence for each feature that a candidate needs and the kernel has not, at its first line."""
    found = []
    for candidate in candidates:
        for feature in FEATURES:
            line = _first_line(candidate.text, feature.words)
            if line:
                code, said = run("unshare", "--net", "sh", "-c", feature.trial)
                if code:
                    found.append(Finding(candidate.path, line, _sentence(feature, said)))
    return found


def _first_line(text: str, words: str) -> int:
    """Return the number of the first line of these words; 0 if there is none."""
    for number, line in enumerate(text.splitlines(), 1):
        if re.fullmatch(words, line.strip()):
            return number
    return 0


def _sentence(feature: Feature, said: str) -> str:
    return f"this kernel cannot make {feature.what} ({' '.join(said.split())}): {feature.mend}, or take them away"
