"""What a router shows, looked at on the router itself: entirely old, entirely new, or neither."""

import json
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePath
from typing import Final

from hanse_lab.faults import variants
from hanse_lab.nodes.life import Running

FILES: Final = (
    "/etc/bird/bird.conf",
    "/etc/network/interfaces",
    "/etc/nftables.conf",
    "/etc/sysctl.d/90-hanse.conf",
)
DEPLOYMENTS: Final = "/var/lib/hanse/deployments"
OPEN: Final = frozenset({"state.armed", "state.installing", "state.trial", "state.undoing"})


class Shown(StrEnum):
    """How a router stands."""

    OLD = "old"
    NEW = "new"
    MIXED = "mixed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """The files of a router, and which marks of the new configuration it shows in what it does."""

    files: tuple[tuple[str, str], ...]  # path, text; an absent file is empty
    in_files: tuple[bool, ...]
    in_force: tuple[bool, ...]  # BIRD's protocol, the address, the firewall's rule, the kernel's setting
    serves: bool  # BIRD answers and the management address is there

    @property
    def shown(self) -> Shown:
        """Return whether all marks are there, none, or some."""
        marks = {*self.in_files, *self.in_force}
        if not self.serves or len(marks) > 1:
            return Shown.MIXED
        return Shown.NEW if True in marks else Shown.OLD


def look_at(router: Running, management_address: str) -> Look:
    """Return what `router` shows now."""
    files = tuple((path, _text(router, path)) for path in FILES)
    addresses = _addresses(router)
    protocols = router.outcome("birdc", "show", "protocols").stdout
    rules = router.outcome("nft", "list", "ruleset").stdout
    setting, new = variants.MARK_POLICY
    policy = router.outcome("sysctl", "-n", setting).stdout.strip()
    return Look(
        files=files,
        in_files=tuple(variants.MARK in text for _, text in files),
        in_force=(
            variants.MARK in protocols,
            variants.MARK_ADDRESS in addresses,
            f"tcp dport {variants.MARK_PORT} drop" in rules,
            policy == new,
        ),
        serves="device1" in protocols and management_address in addresses,
    )


def _text(router: Running, path: str) -> str:
    try:
        return router.read(path)
    except FileNotFoundError:
        return ""


def _addresses(router: Running) -> frozenset[str]:
    links = json.loads(router.run("ip", "-json", "address", "show"))
    return frozenset(address["local"] for link in links for address in link.get("addr_info", ()))


def is_settled(router: Running) -> bool:
    """Say whether no transaction is open on the router."""
    return not any(PurePath(marker).name in OPEN for marker in router.found(f"{DEPLOYMENTS}/*/state.*"))
