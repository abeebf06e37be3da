"""A NAPALM driver as a third party would publish it, for a router that lives in memory.

A router is found by its host name in ROUTERS. Configurations are lines; the driver keeps NAPALM's promises about
candidate, commit, pending commit and rollback, and breaks any of them on demand (`raises`).
"""

from __future__ import annotations

import difflib
from dataclasses import dataclass, field
from typing import Any

from napalm.base import NetworkDriver
from napalm.base.exceptions import CommitError, ConnectAuthError, ConnectionException, ReplaceConfigException


@dataclass
class Router:
    """What lives on the device, whoever is connected."""

    running: str = "hostname edge\n"
    before: str | None = None  # the configuration to return to while a commit is pending
    previous: str = ""
    password: str = ""
    reachable: bool = True
    answers: dict[str, Any] = field(default_factory=dict)  # by getter
    raises: dict[str, Exception] = field(default_factory=dict)  # by method
    arguments: list[dict[str, Any]] = field(default_factory=list)  # as each connection got them
    revert_in: int | None = None
    connections: int = 0
    discarded: int = 0

    def timer_runs_out(self) -> None:
        """Do what the device does by itself."""
        if self.before is not None:
            self.running, self.before = self.before, None


ROUTERS: dict[str, Router] = {}


class TestStubDriver(NetworkDriver):  # type: ignore[misc]  # NAPALM is not typed
    """The driver class."""

    __test__ = False

    def __init__(
        self,
        hostname: str,
        username: str,
        password: str,
        timeout: int = 60,
        optional_args: dict[str, Any] | None = None,
    ) -> None:
        self.router = ROUTERS[hostname]
        self.password = password
        self.timeout = timeout
        self.candidate: str | None = None
        self.router.arguments.append(dict(optional_args or {}))
        if optional_args is not None:
            optional_args["spoilt"] = True  # as drivers do that pop and set what they are given
            optional_args.get("ssh", {}).clear()

    def _at(self, method: str) -> None:
        if not self.router.reachable:
            raise ConnectionException("no route to host")
        if method in self.router.raises:
            raise self.router.raises[method]

    def open(self) -> None:
        self._at("open")
        if self.password != self.router.password:
            raise ConnectAuthError("permission denied")
        self.router.connections += 1

    def close(self) -> None:
        self.router.connections -= 1
        self._at("close")

    def load_replace_candidate(self, filename: str | None = None, config: str | None = None) -> None:
        self._at("load_replace_candidate")
        if "syntax error" in (config or ""):
            raise ReplaceConfigException(f"cannot read: {config}")
        self.candidate = config

    def compare_config(self) -> str:
        self._at("compare_config")
        mine, theirs = self.router.running.splitlines(), (self.candidate or "").splitlines()
        return "\n".join(line for line in difflib.ndiff(mine, theirs) if line[0] in "+-")

    def commit_config(self, message: str = "", revert_in: int | None = None) -> None:
        self._at("commit_config")
        if message:
            raise NotImplementedError("no messages here")
        if self.router.before is not None:
            raise CommitError("a commit is pending")
        self.router.revert_in = revert_in
        self.router.previous = self.router.running
        if revert_in is not None:
            self.router.before = self.router.running
        self.router.running, self.candidate = self.candidate or "", None

    def confirm_commit(self) -> None:
        self._at("confirm_commit")
        if self.router.before is None:
            raise CommitError("no commit is pending")
        self.router.before = None

    def has_pending_commit(self) -> bool:
        self._at("has_pending_commit")
        return self.router.before is not None

    def discard_config(self) -> None:
        self._at("discard_config")
        self.router.discarded += 1
        self.candidate = None

    def rollback(self) -> None:
        self._at("rollback")
        self.router.running, self.router.before = self.router.previous, None

    def get_config(
        self,
        retrieve: str = "all",
        full: bool = False,
        sanitized: bool = False,
        format: str = "text",  # noqa: A002  # NAPALM names it so
    ) -> dict[str, str]:
        self._at("get_config")
        return {"running": self.router.running, "candidate": "", "startup": ""}

    def _answer(self, getter: str) -> Any:
        self._at(getter)
        if getter not in self.router.answers:
            raise NotImplementedError
        return self.router.answers[getter]

    def get_facts(self) -> Any:
        return self._answer("get_facts")

    def get_interfaces(self) -> Any:
        return self._answer("get_interfaces")

    def get_interfaces_ip(self) -> Any:
        return self._answer("get_interfaces_ip")

    def get_lldp_neighbors(self) -> Any:
        return self._answer("get_lldp_neighbors")

    def get_bgp_neighbors(self) -> Any:
        return self._answer("get_bgp_neighbors")

    def get_bgp_neighbors_detail(self, neighbor_address: str = "") -> Any:
        return self._answer("get_bgp_neighbors_detail")
