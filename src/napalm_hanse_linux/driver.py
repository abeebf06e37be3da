"""NAPALM's words over Hanse's Linux driver: the configuration is a bundle of files, a transaction like any other.

`optional_args`: `key_file` (private SSH key), `host_key` (the pinned key, "ssh-ed25519 AAAA...", required), `port`, and
`secrets` (values for `@secret(NAME)@`, by name).
"""

import secrets as random
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from napalm.base import constants, models
from napalm.base.base import NetworkDriver
from napalm.base.exceptions import (
    CommitConfirmException,
    CommitError,
    ConnectionClosedException,
    ConnectionException,
    MergeConfigException,
    ReplaceConfigException,
)

from hanse.devices.driver import CandidateRefused, CommitFailed, Driver, NothingOpen, Target, Verdict
from hanse.devices.linux.driver import open_linux
from hanse.devices.linux.ping import PingWanted, ping
from hanse.network.errors import HanseError, OutsideError
from hanse.network.values.bundle import parse_bundle, print_bundle
from napalm_hanse_linux import getters


class HanseLinuxDriver(NetworkDriver):  # type: ignore[misc]  # NAPALM has no types
    """A Linux router, its configuration files as one text that is replaced as a whole."""

    def __init__(
        self,
        hostname: str,
        username: str,
        password: str,
        timeout: int = 60,
        optional_args: dict[str, Any] | None = None,
    ) -> None:
        given = optional_args or {}
        self.hostname = hostname
        self.username = username
        self.password = password
        self.timeout = timeout
        self.target = Target(
            name=hostname,
            host=hostname,
            port=given.get("port"),
            username=username,
            password=password or "",
            key_file=given.get("key_file", ""),
            host_key=given.get("host_key", ""),
            timeout=timedelta(seconds=timeout),
            secrets=given.get("secrets", {}),
        )
        self._stack = ExitStack()
        self._driver: Driver | None = None
        self._staged = ""  # name of the candidate, empty if there is none
        self._diff = ""
        self._pending = ""  # name of what waits for its confirmation
        self._before: str | None = None  # what ran before the last commit of ours

    @property
    def _connected(self) -> Driver:
        if self._driver is None:
            raise ConnectionClosedException("the connection is not open")
        return self._driver

    def open(self) -> None:
        """Connect."""
        try:
            self._driver = self._stack.enter_context(open_linux(self.target))
        except OutsideError as error:
            raise ConnectionException(str(error)) from error

    def close(self) -> None:
        """Disconnect; what is on trial goes on, and undoes itself."""
        self._driver = None
        self._stack.close()

    def is_alive(self) -> models.AliveDict:
        """Say whether the router answers."""
        if self._driver is None:
            return {"is_alive": False}
        try:
            self._driver.reach()
        except OutsideError:
            return {"is_alive": False}
        return {"is_alive": True}

    def load_replace_candidate(self, filename: str | None = None, config: str | None = None) -> None:
        """Stage a bundle: all files that Hanse shall have installed; others of its files go."""
        try:
            self._stage(_text(filename, config))
        except HanseError as error:
            raise ReplaceConfigException(str(error)) from error

    def load_merge_candidate(self, filename: str | None = None, config: str | None = None) -> None:
        """Stage what is installed with the files of a bundle put over it, file by file."""
        try:
            files = {file.path: file for file in parse_bundle(self._connected.running())}
            files |= {file.path: file for file in parse_bundle(_text(filename, config))}
            self._stage(print_bundle(files.values()))
        except HanseError as error:
            raise MergeConfigException(str(error)) from error

    def _stage(self, text: str) -> None:
        self._discard()
        name = f"napalm-{random.token_hex(6)}"
        self._diff = self._connected.stage(name, text).diff
        self._staged = name

    def compare_config(self) -> str:
        """Return the router's own diff of what is staged; empty if nothing is."""
        return self._diff.rstrip("\n")

    def commit_config(self, message: str = "", revert_in: int | None = None) -> None:
        """Install what is staged; with `revert_in` seconds the router undoes it unless it is confirmed."""
        if message:
            raise NotImplementedError("a Linux router keeps no commit messages")
        if self.has_pending_commit():
            raise CommitConfirmException("a commit waits for its confirmation already")
        if not self._staged:
            raise CommitError("nothing is staged")
        before = self._connected.running()
        undo_after = None if revert_in is None else timedelta(seconds=revert_in)
        try:
            self._connected.commit(self._staged, undo_after=undo_after)
        except (CommitFailed, NothingOpen) as error:
            self._staged = self._diff = ""
            raise CommitError(str(error)) from error
        self._pending = self._staged if revert_in is not None else ""
        self._before = before
        self._staged = self._diff = ""

    def confirm_commit(self) -> None:
        """Keep what is on trial."""
        if not self._pending:
            raise CommitError("nothing waits for a confirmation")
        try:
            self._connected.confirm(self._pending)
        except NothingOpen as error:
            raise CommitError(str(error)) from error
        finally:
            self._pending = ""

    def has_pending_commit(self) -> bool:
        """Say whether something waits for its confirmation, as the router itself tells."""
        if self._pending and self._connected.verdict(self._pending) is not Verdict.TRIAL:
            self._pending = ""
        return bool(self._pending)

    def discard_config(self) -> None:
        """Throw away what is staged."""
        self._discard()

    def _discard(self) -> None:
        if self._staged:
            self._connected.discard(self._staged)
        self._staged = self._diff = ""

    def rollback(self) -> None:
        """Undo what is on trial, or else put back what ran before the last commit of this connection."""
        if self.has_pending_commit():
            self._connected.undo(self._pending)
            self._pending = ""
            return
        if self._before is None:
            raise CommitError("this connection has committed nothing that could be rolled back")
        try:
            self._stage(self._before)
            self._connected.commit(self._staged, undo_after=None)
        except (CandidateRefused, CommitFailed) as error:
            raise CommitError(str(error)) from error
        finally:
            self._staged = self._diff = ""
        self._before = None

    def get_config(
        self,
        retrieve: str = "all",
        full: bool = False,
        sanitized: bool = False,
        format: str = "text",  # noqa: A002  # NAPALM's own name
    ) -> models.ConfigDict:
        """Return the installed files as a bundle; secrets are never in it, sanitized or not."""
        wanted = retrieve.lower() in ("all", "running", "startup")
        text = self._connected.running() if wanted else ""
        return {
            "running": text if retrieve.lower() in ("all", "running") else "",
            "startup": text if retrieve.lower() in ("all", "startup") and not self.has_pending_commit() else "",
            "candidate": "",
        }

    def get_facts(self) -> models.FactsDict:
        """Return hostname, versions, uptime."""
        driver = self._connected
        return getters.facts(driver.facts(), driver.interfaces())

    def get_interfaces(self) -> dict[str, models.InterfaceDict]:
        """Return all interfaces."""
        return getters.interfaces(self._connected.interfaces())

    def get_interfaces_ip(self) -> dict[str, models.InterfacesIPDict]:
        """Return the addresses of all interfaces."""
        return getters.interfaces_ip(self._connected.interfaces())

    def get_bgp_neighbors(self) -> dict[str, models.BGPStateNeighborsPerVRFDict]:
        """Return all sessions by VRF and address."""
        return getters.bgp_neighbors(self._connected.bgp_sessions(), datetime.now(UTC))

    def get_bgp_neighbors_detail(self, neighbor_address: str = "") -> getters.DetailsByVrf:
        """Return all sessions, or one, by VRF and AS number."""
        return getters.bgp_neighbors_detail(self._connected.bgp_sessions(), neighbor_address)

    def get_lldp_neighbors(self) -> dict[str, list[models.LLDPNeighborDict]]:
        """Return what LLDP sees."""
        return getters.lldp_neighbors(self._connected.lldp_neighbours())

    def ping(
        self,
        destination: str,
        source: str = constants.PING_SOURCE,
        ttl: int = constants.PING_TTL,
        timeout: int = constants.PING_TIMEOUT,
        size: int = constants.PING_SIZE,
        count: int = constants.PING_COUNT,
        vrf: str = constants.PING_VRF,
        source_interface: str = constants.PING_SOURCE_INTERFACE,
    ) -> models.PingResultDict:
        """Ping from the router."""
        wanted = PingWanted(
            destination=destination,
            source=source or source_interface,
            ttl=ttl,
            timeout=timedelta(seconds=timeout),
            size=size,
            count=count,
            vrf=vrf,
        )
        return getters.pinged(ping(self._connected, wanted), count)


def _text(filename: str | None, config: str | None) -> str:
    return Path(filename).read_text(encoding="utf-8") if filename else config or ""
