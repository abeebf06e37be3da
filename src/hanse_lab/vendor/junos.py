"""A Junos router: NETCONF over SSH, as PyEZ speaks it. One shared candidate with a lock, `commit confirmed`."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Final
from xml.etree.ElementTree import Element, fromstring
from xml.sax.saxutils import escape

import paramiko

from hanse_lab.errors import CommandFailed
from hanse_lab.vendor import junos_answers
from hanse_lab.vendor.device import Box
from hanse_lab.vendor.faults import HUGE, Kind
from hanse_lab.vendor.frr import Frr
from hanse_lab.vendor.junos_into_frr import in_frr
from hanse_lab.vendor.junos_tree import NotJunos, difference, loaded, shown
from hanse_lab.vendor.obfuscation import hidden_keys
from hanse_lab.vendor.ssh import Services, SshServer, lines_of, ssh_server
from hanse_lab.vendor.store import Store
from hanse_lab.vendor.tree import Block

END: Final = b"]]>]]>"
BASE: Final = "urn:ietf:params:xml:ns:netconf:base:1.0"
CAPABILITIES: Final = (
    "urn:ietf:params:netconf:base:1.0",
    "urn:ietf:params:netconf:capability:candidate:1.0",
    "urn:ietf:params:netconf:capability:confirmed-commit:1.0",
    "http://xml.juniper.net/netconf/junos/1.0",
)
COMMITTED: Final = "<commit-results><routing-engine><name>re0</name><commit-success/></routing-engine></commit-results>"
CHECKED: Final = COMMITTED.replace("commit-success", "commit-check-success")
LOADED: Final = "<load-configuration-results><ok/></load-configuration-results>"


class RpcRefused(Exception):
    """The router answers an RPC with an error; the text is its message."""


@dataclass(slots=True)
class JunosRouter:
    """One Junos router: its configurations, over a live FRR."""

    box: Box
    frr: Frr
    store: Store[Block]
    candidate: Block = field(default_factory=dict)
    locked_by: int = 0  # session; 0: nobody

    @property
    def hostname(self) -> str:
        """Return the name that the configuration gives the router."""
        system = self.store.running.get("system", {})
        return next((line.rstrip(";").split()[1] for line in system if line.startswith("host-name ")), "Amnesiac")

    def answer(self, call: Element, session: int) -> str:
        """Return the content of the reply to one RPC.

        :raises RpcRefused:
        """
        name = local_name(call)
        with self.store.lock:
            if name in CALLS:
                return CALLS[name](self, call, session)
            told = junos_answers.told(name, call, self.box, self.frr, self.hostname)
        if told is None:
            raise RpcRefused(f"syntax error, expecting <rpc>: {name}")
        return told

    def lock(self, _: Element, session: int) -> str:
        """Keep the candidate to one session."""
        if self.locked_by not in {0, session}:
            raise RpcRefused("configuration database locked by: another session")
        self.locked_by = session
        return "<ok/>"

    def unlock(self, _: Element, session: int) -> str:
        """Give the candidate free."""
        self.leave(session)
        return "<ok/>"

    def leave(self, session: int) -> None:
        """Let go of what a session holds: its lock, and the candidate it had changed under it."""
        if self.locked_by == session:
            self.locked_by = 0
            self.candidate = self.store.running

    def load(self, call: Element, session: int) -> str:
        """Load text into the candidate, or an earlier configuration."""
        if self.locked_by not in {0, session}:
            raise RpcRefused("configuration database locked by: another session")
        if call.get("rollback") is not None:
            self.candidate = self._earlier(int(call.get("rollback", "0")))
            return LOADED
        text = call.findtext("{*}configuration-text") or ""
        try:
            self.candidate = loaded(text, {} if call.get("action") in {"override", "update"} else self.candidate)
        except NotJunos as error:
            raise RpcRefused(str(error)) from error
        return LOADED

    def _earlier(self, number: int) -> Block:
        if not number:
            return self.store.running
        if number > len(self.store.past):
            raise RpcRefused(f"could not open rollback {number}")
        return self.store.past[-number]

    def configuration(self, call: Element, _: int) -> str:
        """Return a configuration as text, or what the candidate differs in."""
        if call.get("compare"):
            lines = difference(self._earlier(int(call.get("rollback", "0"))), self.candidate)
            output = f"<configuration-output>\n{escape(hidden_keys(joined(lines)))}\n</configuration-output>"
            return f"<configuration-information>{output}</configuration-information>"
        block = self.candidate if call.get("database") == "candidate" else self.store.running
        text = escape(hidden_keys(joined(shown(block))))
        return f"<configuration-text>\n## Last changed: local\n{text}\n</configuration-text>"

    def commit(self, call: Element, session: int) -> str:
        """Install the candidate, with a timer if the commit is to be confirmed; confirm what is on trial."""
        if call.find("{*}check") is not None:
            return CHECKED
        if self.locked_by not in {0, session}:
            raise RpcRefused("configuration database locked by: another session")
        if self.store.trial:
            self.store.confirm()
        if call.find("{*}confirmed") is not None:
            minutes = int(call.findtext("{*}confirm-timeout") or 10)
            self.store.try_out("commit", minutes * self.box.minute)
        if self.candidate != self.store.running:
            try:
                self.store.install(self.candidate)
            except CommandFailed as error:
                raise RpcRefused(f"commit failed: the routing daemon refuses it: {error}") from error
        return COMMITTED

    def revision(self, _: Element, __: int) -> str:
        """Tell of the last commit; its comment says whether it has to be confirmed."""
        trial = self.store.trial
        minutes = round(trial.lasts / self.box.minute) if trial else 0
        comment = f"<comment>commit confirmed, rollback in {minutes}mins</comment>" if trial else ""
        at = int(self.store.installed_at)
        return (
            f'<commit-information><revision>re0-{at}-{self.store.revision}</revision><date-time seconds="{at}">then'
            f"</date-time>{comment}</commit-information>"
        )

    def nothing(self, _: Element, __: int) -> str:
        """Say yes."""
        return "<ok/>"


CALLS: Final[Mapping[str, Callable[[JunosRouter, Element, int], str]]] = {
    "lock": JunosRouter.lock,
    "lock-configuration": JunosRouter.lock,
    "unlock": JunosRouter.unlock,
    "unlock-configuration": JunosRouter.unlock,
    "load-configuration": JunosRouter.load,
    "get-configuration": JunosRouter.configuration,
    "commit-configuration": JunosRouter.commit,
    "commit": JunosRouter.commit,
    "get-commit-revision-information": JunosRouter.revision,
    "open-configuration": JunosRouter.nothing,
    "close-configuration": JunosRouter.nothing,
    "close-session": JunosRouter.nothing,
    "kill-session": JunosRouter.nothing,
}


@dataclass(frozen=True, slots=True)
class Netconf:
    """The NETCONF subsystem of one router (RFC 6241, RFC 6242, end-of-message framing)."""

    router: JunosRouter

    def serve(self, channel: paramiko.Channel, name: str) -> None:
        """Serve one session until its client leaves."""
        if name != "netconf":
            return
        session = channel.get_id() + id(channel) % 100_000 + 1
        offered = "".join(f"<capability>{one}</capability>" for one in CAPABILITIES)
        hello = (
            f'<hello xmlns="{BASE}"><capabilities>{offered}</capabilities><session-id>{session}</session-id></hello>'
        )
        channel.sendall(hello.encode() + END)
        try:
            for message in lines_of(channel, END):
                if message.strip() and not self._replied(channel, fromstring(message.strip()), session):
                    return
        finally:
            self.router.leave(session)

    def _replied(self, channel: paramiko.Channel, message: Element, session: int) -> bool:
        """Answer one message; False: the session is over."""
        if local_name(message) == "hello":
            return True
        call = message[0]
        name = local_name(call)
        misbehaviour = self.router.box.misbehaviour
        fault = misbehaviour.at(name)
        misbehaviour.delay(fault)
        try:
            content = self.router.answer(call, session)
        except RpcRefused as error:
            content = refusal(str(error))
        kind = fault.kind if fault else None
        if kind in {Kind.HANG, Kind.DROP}:
            return False
        content += (
            {Kind.HUGE: f"<!--{'x' * HUGE}-->", Kind.UNKNOWN: "<never-seen>7</never-seen>"}.get(kind, "")
            if kind
            else ""
        )
        attributes = "".join(
            f' {key}="{escape(str(text))}"' for key, text in message.attrib.items() if not str(key).startswith("{")
        )
        reply = f'<rpc-reply xmlns="{BASE}" xmlns:junos="http://xml.juniper.net/junos/21.4R0/junos"{attributes}>{content}</rpc-reply>'
        octets = reply.encode() + END
        if kind is Kind.HALF:
            channel.sendall(octets[: len(octets) // 2])
            return False
        channel.sendall(octets)
        return name != "close-session"


def local_name(element: Element) -> str:
    """Return an element's name without its namespace."""
    return element.tag.rpartition("}")[2]


def joined(lines: Iterator[str]) -> str:
    """Return lines as one text."""
    return "\n".join(lines)


def refusal(words: str) -> str:
    """Return an RPC error."""
    return (
        "<rpc-error><error-type>protocol</error-type><error-tag>operation-failed</error-tag>"
        f"<error-severity>error</error-severity><error-message>{escape(words)}</error-message></rpc-error>"
    )


@dataclass(frozen=True, slots=True)
class RunningJunos:
    """A Junos router with its server."""

    router: JunosRouter
    server: SshServer

    def unplug(self) -> None:
        """Take the power from the server."""
        self.server.shutdown()


@contextmanager
def junos_router(box: Box, frr: Frr, first: str, host_key: paramiko.PKey | None = None) -> Iterator[RunningJunos]:
    """Run a Junos router with the configuration `first`; `box.port` is where it listens."""

    def put_in_force(block: Block) -> None:
        frr.reload(in_frr(block).text)

    configuration = loaded(first, {})
    put_in_force(configuration)
    router = JunosRouter(box, frr, Store(configuration, put_in_force), candidate=configuration)
    with ssh_server(box, Services(subsystem=Netconf(router).serve), host_key) as server:
        try:
            yield RunningJunos(router, server)
        finally:
            router.store.close()
