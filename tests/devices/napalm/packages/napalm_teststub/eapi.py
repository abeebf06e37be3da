"""A router that speaks enough of Arista's eAPI for NAPALM's own EOS driver: sessions, commit timer, abort.

The driver takes a transport class by its dotted name; this one finds its router by host name in ROUTERS.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from pyeapi.eapilib import CommandError, EapiConnection

HOUR = 3600


@dataclass
class EapiRouter:
    """What lives on the device, whoever is connected."""

    running: tuple[str, ...] = ("hostname edge",)
    before: tuple[str, ...] = ()  # to return to while `on_trial`
    on_trial: str = ""  # the session whose commit is pending
    sessions: dict[str, list[str]] = field(default_factory=dict)
    said: list[str] = field(default_factory=list)

    def go_back(self) -> None:
        """Undo the pending commit."""
        self.running, self.on_trial = self.before, ""


ROUTERS: dict[str, EapiRouter] = {}


class MemoryEapi(EapiConnection):  # type: ignore[misc]  # pyeapi is not typed
    """A connection, as pyeapi's own are."""

    def __init__(self, host: str, username: str = "", password: str = "", timeout: int = 60) -> None:
        super().__init__()
        self.router = ROUTERS[host]

    def execute(self, commands: list[Any], encoding: str = "json", **_: Any) -> dict[str, Any]:
        session = ""
        answers = []
        for command in commands:
            line = command if isinstance(command, str) else command["cmd"]
            self.router.said.append(line)
            words = line.split()
            if words[:2] == ["configure", "session"] and len(words) == 3:
                session = words[2]
                self.router.sessions.setdefault(session, [])
            elif session and line != "end":
                self._configure(session, line)
            answers.append(self._answer(words))
        return {"result": answers}

    def _configure(self, session: str, line: str) -> None:
        if line == "rollback clean-config":
            self.router.sessions[session] = []
        elif line == "nonsense":
            raise CommandError(1002, "invalid command", commands=[line])
        else:
            self.router.sessions[session].append(line)

    def _answer(self, words: list[str]) -> dict[str, Any]:
        router = self.router
        match words:
            case ["show", "version"]:
                return {"version": "4.30.1F", "uptime": 1000.0}
            case ["show", "configuration", "sessions", *_]:
                state = {name: "pendingCommitTimer" for name in router.sessions if name == router.on_trial}
                return {"sessions": {n: {"state": s, "commitBy": 1000.0 + HOUR} for n, s in state.items()}}
            case ["show", "session-config", "named", name, "diffs"]:
                new = [f"+{line}" for line in router.sessions[name] if line not in router.running]
                old = [f"-{line}" for line in router.running if line not in router.sessions[name]]
                return {"output": "\n".join(["--- system:/running-config", f"+++ session:/{name}", *old, *new])}
            case ["configure", "session", name, "commit", "timer", _]:
                router.before, router.on_trial = router.running, name
                router.running = tuple(router.sessions[name])
            case ["configure", "session", name, "commit"]:
                router.running, router.on_trial = tuple(router.sessions.pop(name)), ""
            case ["configure", "session", name, "abort"]:
                router.sessions.pop(name)
                if router.on_trial == name:
                    router.go_back()
        return {}
