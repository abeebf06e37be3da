"""An EOS router's eAPI: JSON-RPC over HTTPS, as pyeapi speaks it. Configuration sessions, timers, and the getters."""

import base64
import difflib
import json
import re
import socket
import ssl
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from time import monotonic
from typing import Any, ClassVar, Final

from hanse_lab.errors import CommandFailed
from hanse_lab.vendor import eos_answers
from hanse_lab.vendor.device import Box, certificate, serving
from hanse_lab.vendor.eos_into_frr import WORDING, instances
from hanse_lab.vendor.eos_words import EOS
from hanse_lab.vendor.faults import HUGE, Kind
from hanse_lab.vendor.frr import Frr
from hanse_lab.vendor.into_frr import in_frr
from hanse_lab.vendor.obfuscation import arista, hidden
from hanse_lab.vendor.store import NoTrial, Store
from hanse_lab.vendor.tree import Block, NotUnderstood, Terminal, copied, shown, typed

TROUBLE: Final = 1002  # the code of eAPI's "CLI command failed"
Answer = dict[str, Any]


class Refused(Exception):
    """The router says no to a command; the text is what it says."""


@dataclass(slots=True)
class EosRouter:
    """One EOS router: its configurations and its sessions, over a live FRR."""

    box: Box
    frr: Frr
    store: Store[Block]
    sessions: dict[str, Block] = field(default_factory=dict)  # open ones, by name
    files: dict[str, Block] = field(default_factory=dict)  # flash:NAME
    typing: Terminal | None = None  # in the session that the connection is in
    startup: Path | None = None  # where the startup configuration survives a power cut
    unplug: Callable[[], None] = lambda: None  # take the power from the server

    def run(self, command: str, form: str) -> Answer:
        """Carry out one command.

        :raises Refused:
        """
        with self.store.lock:
            for pattern, answer in COMMANDS.items():
                if found := re.fullmatch(pattern, command):
                    return answer(self, *found.groups())
            if self.typing is not None:
                return self._typed(command)
            if told := eos_answers.told(command, self.box, self.frr, hostname(self.store.running), form):
                return told
        raise Refused("invalid command")

    def _typed(self, line: str) -> Answer:
        if self.typing is None:
            raise Refused("invalid command")
        if line == "rollback clean-config":
            self.typing.root.clear()
            return {}
        try:
            self.typing.type(line)
        except NotUnderstood as error:
            raise Refused("invalid command") from error
        return {}

    def enter(self, name: str) -> Answer:
        """Open a session, or come back to it."""
        if name not in self.sessions:
            self.sessions[name] = copied(self.store.running)
        self.typing = Terminal(self.sessions[name], EOS)
        return {}

    def leave(self) -> Answer:
        """Leave the session; it stays pending."""
        self.typing = None
        return {}

    def abort(self, name: str) -> Answer:
        """Throw a session away; one that is on trial is undone."""
        if self.store.trial and self.store.trial.name == name:
            self.store.revert()
        elif name not in self.sessions:
            raise Refused(f"Session {name} does not exist")
        self.sessions.pop(name, None)
        return {}

    def commit(self, name: str, hours: str = "", minutes: str = "", seconds: str = "") -> Answer:
        """Install a session, with a timer if it is given one; without one, confirm what is on trial."""
        trial = self.store.trial
        if trial and trial.name == name and not hours:
            self.store.confirm()
            self.sessions.pop(name, None)
            return {}
        if trial:
            raise Refused(f"Commit timer of session {trial.name} is running")
        if name not in self.sessions:
            raise Refused(f"Session {name} does not exist")
        wait = (int(hours) * 3600 + int(minutes) * 60 + int(seconds)) * self.box.minute / 60 if hours else None
        if wait is not None:
            self.store.try_out(name, wait)
        self._install(self.sessions.pop(name))
        return {}

    def _install(self, new: Block) -> None:
        try:
            self.store.install(new)
        except CommandFailed as error:
            raise Refused(f"the routing daemon refuses it: {error}") from error

    def diff(self, name: str) -> Answer:
        """Return the difference between a session and what runs."""
        if name not in self.sessions:
            raise Refused(f"Session {name} does not exist")
        ends = ("system:/running-config", f"session:/{name}-session-config")
        before, after = (list(lines_of(block)) for block in (self.store.running, self.sessions[name]))
        return {"output": "\n".join(difflib.unified_diff(before, after, *ends, lineterm=""))}

    def sessions_told(self, _: str = "") -> Answer:
        """Return the sessions with their states; a time to commit by is told by the router's uptime."""
        told: dict[str, Answer] = {name: {"state": "pending", "description": ""} for name in self.sessions}
        if self.store.trial:
            by = eos_answers.uptime(self.box) + self.store.trial.ends - monotonic()
            told[self.store.trial.name] = {"state": "pendingCommitTimer", "commitBy": by}
        return {"sessions": told, "maxSavedSessions": 1, "maxOpenSessions": 5}

    def running_config(self, _: str = "") -> Answer:
        """Return the running configuration as EOS prints it."""
        return {"output": printed(self.store.running)}

    def startup_config(self) -> Answer:
        """Return what was saved."""
        return {"output": printed(self.store.saved)}

    def copy_startup(self, name: str) -> Answer:
        """Keep what was saved in a file."""
        self.files[name] = self.store.saved
        return {}

    def replace(self, name: str) -> Answer:
        """Install the configuration of a file."""
        if name not in self.files:
            raise Refused(f"flash:{name}: no such file")
        self._install(self.files[name])
        return {}

    def save(self) -> Answer:
        """Keep what runs over a restart."""
        self.store.keep()
        if self.startup:
            self.startup.write_text("\n".join(shown(self.store.saved, EOS)) + "\n")
        return {}

    def model(self) -> Answer:
        """Say which routing model runs: the one whose neighbour text NAPALM reads by its multi-agent template."""
        return {"output": ""}

    def nothing(self) -> Answer:
        """Do nothing."""
        return {}


COMMANDS: Final[Mapping[str, Callable[..., Answer]]] = {
    r"enable|configure": EosRouter.nothing,
    r"end": EosRouter.leave,
    r"configure session (\S+)": EosRouter.enter,
    r"configure session (\S+) abort": EosRouter.abort,
    r"configure session (\S+) commit": EosRouter.commit,
    r"configure session (\S+) commit timer (\d+):(\d+):(\d+)": EosRouter.commit,
    r"show session-config named (\S+) diffs": EosRouter.diff,
    r"show configuration sessions( detail)?": EosRouter.sessions_told,
    r"show running-config \| include service routing protocols model multi-agent": EosRouter.model,
    r"show running-config( all)?": EosRouter.running_config,
    r"show startup-config": EosRouter.startup_config,
    r"copy startup-config flash:(\S+)": EosRouter.copy_startup,
    r"configure replace flash:(\S+)": EosRouter.replace,
    r"write memory": EosRouter.save,
}


def hostname(block: Block) -> str:
    """Return the name that the configuration gives the router."""
    return next((line.split()[1] for line in block if line.startswith("hostname ")), "localhost")


def with_addresses(text: str, ports: list[dict[str, Any]]) -> str:
    """Return FRR's text with addresses in the place of the ports that sessions speak from; Loopback0 is lo."""

    def addressed(found: re.Match[str]) -> str:
        family = "inet6" if ":" in found[1] else "inet"
        name = "lo" if found[2].startswith("Loopback") else found[2]
        held = (one for port in ports if port["ifname"] == name for one in port["addr_info"])
        mine = next((one["local"] for one in held if one["family"] == family and one["scope"] == "global"), "")
        return f" neighbor {found[1]} update-source {mine}" if mine else ""

    return re.sub(r"^ neighbor (\S+) update-source ([A-Za-z]\S*)$", addressed, text, flags=re.MULTILINE)


def lines_of(block: Block) -> Iterator[str]:
    """Return the lines of a configuration, passwords as EOS shows them."""
    return (hidden(line, arista) for line in shown(block, EOS))


def printed(block: Block) -> str:
    """Return the configuration with the head and the separators of `show running-config`."""
    lines = ["! Command: show running-config", "! device: local (vEOS-lab, EOS-4.30.1F-lab)", "!"]
    for line in lines_of(block):
        if not line.startswith(" ") and lines[-1].startswith(" "):
            lines.append("!")
        lines.append(line)
    return "\n".join([*lines, "!", "end", ""])


class Handler(BaseHTTPRequestHandler):
    """One connection to eAPI."""

    protocol_version = "HTTP/1.1"
    router: ClassVar[EosRouter]

    def log_message(self, *_: Any) -> None:
        """Keep quiet."""

    def do_POST(self) -> None:
        """Carry out a list of commands, up to the first that fails."""
        asked = self.rfile.read(int(self.headers["Content-Length"]))
        login = self.router.box.login
        wanted = base64.b64encode(f"{login.user}:{login.password}".encode()).decode()
        if self.headers.get("Authorization") != f"Basic {wanted}":
            self._reply(401, b"Unable to authenticate user")
            return
        question = json.loads(asked)
        misbehaviour = self.router.box.misbehaviour
        said = ", ".join(command_words(command)[0] for command in question["params"]["cmds"])
        fault = misbehaviour.at(said)
        misbehaviour.delay(fault)
        answer = carried_out(self.router, question)
        kind = fault.kind if fault else None
        if kind in {Kind.HANG, Kind.DROP}:
            self.close_connection = True
            return
        if kind is Kind.HUGE:
            answer["padding"] = "x" * HUGE
        if kind is Kind.UNKNOWN:
            answer = eos_answers.with_unknown_fields(answer)
        self._reply(200, json.dumps(answer).encode(), half=kind is Kind.HALF)

    def _reply(self, code: int, text: bytes, *, half: bool = False) -> None:
        self.send_response(code)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text[: len(text) // 2] if half else text)
        self.close_connection = self.close_connection or half


def command_words(command: Any) -> tuple[str, str]:
    """Return a command and the input it comes with: eAPI takes both forms."""
    return (command["cmd"], command.get("input", "")) if isinstance(command, dict) else (command, "")


def carried_out(router: EosRouter, question: Mapping[str, Any]) -> Answer:
    """Return eAPI's answer to one request, which has the router to itself: the mode it enters ends with it."""
    with router.store.lock:
        return _answered(router, question)


def _answered(router: EosRouter, question: Mapping[str, Any]) -> Answer:
    commands = question["params"]["cmds"]
    form = question["params"].get("format", "json")
    results: list[Answer] = []
    for number, command in enumerate(commands, 1):
        words, _ = command_words(command)
        try:
            results.append(router.run(words.strip(), form))
        except (Refused, NoTrial) as error:
            router.leave()
            told = f"CLI command {number} of {len(commands)} '{words}' failed: {error}"
            failed = {"code": TROUBLE, "message": told, "data": [*results, {"errors": [str(error)]}]}
            return {"jsonrpc": "2.0", "id": question["id"], "error": failed}
    router.leave()
    if form == "text":
        results = [result if "output" in result else {"output": ""} for result in results]
    return {"jsonrpc": "2.0", "id": question["id"], "result": results}


class Server(ThreadingHTTPServer):
    """The HTTPS server; it knows its connections, to end them all at once."""

    daemon_threads = True

    def __init__(self, address: tuple[str, int], handler: type[Handler]) -> None:
        super().__init__(address, handler)
        self.connections: list[socket.socket] = []

    def finish_request(self, request: Any, client_address: Any) -> None:
        """Serve one connection."""
        self.connections.append(request)
        with suppress(OSError):  # its client may hang up at any time
            super().finish_request(request, client_address)


def pulled(server: Server) -> None:
    """Take no connections any more and end those there are."""
    server.server_close()
    for connection in server.connections:
        with suppress(OSError):
            connection.shutdown(socket.SHUT_RDWR)
        connection.close()


@contextmanager
def eos_router(box: Box, frr: Frr, first: str = "hostname eos1", startup: Path | None = None) -> Iterator[EosRouter]:
    """Run an EOS router with the configuration of the file `startup`, or else `first`; it listens on `box.port`."""

    def put_in_force(block: Block) -> None:
        frr.reload(with_addresses(in_frr(block, WORDING, instances).text, box.ports()))

    configuration = typed(startup.read_text() if startup and startup.exists() else first, EOS)
    put_in_force(configuration)
    router = EosRouter(box, frr, Store(configuration, put_in_force), startup=startup)
    handler = type("BoundHandler", (Handler,), {"router": router})
    server = Server((box.listen, box.port), handler)
    box.port = server.server_address[1]
    with tempfile.TemporaryDirectory() as folder:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        pair = Path(folder) / "pair.pem"
        pair.write_bytes(b"".join(certificate(box.listen)))
        context.load_cert_chain(pair)
    router.unplug = lambda: pulled(server)
    server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    try:
        with serving(server):
            yield router
    finally:
        box.misbehaviour.over.set()
        router.store.close()
        server.server_close()
