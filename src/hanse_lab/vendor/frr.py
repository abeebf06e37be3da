"""The live FRR behind a local vendor router: configuration goes in by frr-reload, sessions come out as JSON."""

import json
import re
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

from hanse_lab.commands import outcome, run
from hanse_lab.errors import CommandFailed

RELOAD: Final = "/usr/lib/frr/frr-reload.py"
BGPD: Final = "/usr/lib/frr/bgpd"
PATIENCE: Final = timedelta(seconds=60)
# frr-reload of FRR 8.4 breaks when a session's route map goes and a whole context comes in one step: then it takes two.
STUMBLES: Final = "'rm_match'"
SHOWN_OF: Final = ("bgpState", "remoteAs")  # what tells a neighbour from the other entries of a VRF's answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbour:
    """One neighbour as FRR tells of it."""

    vrf: str  # "default" is the global table
    address: str
    told: Mapping[str, Any]

    def count(self, family: int, name: str) -> int:
        """Return one of the counters of an address family; 0 while there is none."""
        return int(self.told.get("addressFamilyInfo", {}).get(f"ipv{family}Unicast", {}).get(name, 0))

    def policy(self, direction: str) -> str:
        """Return the route map for routes that come (`Incoming`) or go (`Outgoing`)."""
        families = self.told.get("addressFamilyInfo", {}).values()
        found = (family.get(f"routeMapFor{direction}Advertisements") for family in families)
        return next((str(name) for name in found if name), "")

    @property
    def is_off(self) -> bool:
        """Say whether somebody has shut the session down."""
        return bool(self.told.get("adminShutDown"))

    @property
    def state(self) -> str:
        """Return the state of RFC 4271."""
        return str(self.told["bgpState"])

    @property
    def uptime(self) -> int:
        """Return for how many seconds the session is established; 0 if it is not."""
        return int(self.told.get("bgpTimerUpMsec", 0)) // 1000

    @property
    def local_address(self) -> str:
        """Return our end of the TCP connection, or the address configured for it; empty: FRR does not know."""
        told = str(self.told.get("hostLocal", ""))
        return told if told not in {"", "Unknown"} else str(self.told.get("updateSource", ""))


@dataclass(frozen=True, slots=True)
class Frr:
    """The daemons whose sockets lie in the folder `vty`; `program` runs this machine's programs beside them."""

    vty: Path
    program: tuple[str, ...] = ()  # words before each command, as `nsenter ...`
    kept: str = ""  # lines of bgpd that are not the vendor configuration's: always there
    scratch: Path = field(default_factory=lambda: Path(tempfile.mkdtemp(prefix="frr-")))

    def reload(self, text: str) -> None:
        """Make `text` the configuration of bgpd; sessions that it does not change go on.

        :raises CommandFailed: FRR refuses a line; what it took before it stays
        """
        try:
            self._reload(self.kept + text)
        except CommandFailed as error:
            if STUMBLES not in str(error):
                raise
            self._reload(without_policies(self.show("show running-config")))
            self._reload(self.kept + text)

    def _reload(self, text: str) -> None:
        file = self.scratch / "wanted.conf"
        file.write_text(text)
        (self.scratch / "vtysh.conf").touch()
        place = ("--bindir", "/usr/bin", "--vty_socket", str(self.vty), "--confdir", str(self.scratch))
        words = ("--reload", str(file), *place, "--rundir", str(self.scratch), "--daemon", "bgpd", "--stdout")
        run(*self.program, RELOAD, *words, patience=PATIENCE)

    def show(self, command: str) -> str:
        """Return what FRR answers to one command."""
        words = ("vtysh", "--vty_socket", str(self.vty), "--config_dir", str(self.scratch), "-c", command)
        (self.scratch / "vtysh.conf").touch()
        return run(*self.program, *words)

    def neighbours(self) -> tuple[Neighbour, ...]:
        """Return all neighbours of all VRFs."""
        answer = self.show("show bgp vrf all neighbors json")
        tables: dict[str, Any] = json.loads(answer) if answer.strip().startswith("{") else {}
        return tuple(
            Neighbour(vrf=vrf, address=address, told=told)
            for vrf, table in tables.items()
            for address, told in table.items()
            if isinstance(told, dict) and all(name in told for name in SHOWN_OF)
        )


def without_policies(running: str) -> str:
    """Return a running configuration in which no neighbour has a route map."""
    lines = running.partition("!\n")[2].splitlines()
    return "\n".join(line for line in lines if not re.match(r"\s+neighbor \S+ route-map ", line)) + "\n"


@contextmanager
def private_bgpd(folder: Path) -> Iterator[Frr]:
    """Run a bgpd of our own, with its sockets in `folder`: it knows no interfaces and installs no routes.

    :raises CommandFailed: it does not start
    """
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "bgpd.conf").touch()
    pid = folder / "bgpd.pid"
    sockets = ("-A", "127.0.0.1", "-P", "0", "-p", "0", "--vty_socket", str(folder))
    run(BGPD, "-d", "-Z", "-S", "-n", *sockets, "-i", str(pid), "-f", str(folder / "bgpd.conf"))
    try:
        yield Frr(folder, scratch=folder)
    finally:
        try:
            outcome(("kill", pid.read_text().strip()))
        except (OSError, CommandFailed):
            pid.unlink(missing_ok=True)
