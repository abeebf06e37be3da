"""An IOS router: a command line over SSH as netmiko drives it, files by SCP, the archive's rollback with its timer."""

import difflib
import hashlib
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Final

import paramiko

from hanse_lab.errors import CommandFailed
from hanse_lab.vendor import ios_answers
from hanse_lab.vendor.device import Box
from hanse_lab.vendor.faults import HUGE, Kind
from hanse_lab.vendor.frr import Frr
from hanse_lab.vendor.into_frr import in_frr
from hanse_lab.vendor.ios_words import IOS, WORDING, instances
from hanse_lab.vendor.obfuscation import cisco, hidden
from hanse_lab.vendor.ssh import Services, SshServer, received_file, ssh_server
from hanse_lab.vendor.store import Store
from hanse_lab.vendor.tree import Block, NotUnderstood, Terminal, bare_line, copied, shown, typed

INVALID: Final = "% Invalid input detected at '^' marker."
ARCHIVE_OFF: Final = "Archive feature not enabled"
FREE: Final = 7_000_000_000  # octets on the flash
RUNNING: Final = "system:/running-config"


@dataclass(slots=True)
class IosRouter:
    """One IOS router: its configuration, its flash, and its sessions over a live FRR."""

    box: Box
    frr: Frr
    store: Store[Block]
    flash: dict[str, str] = field(default_factory=dict)
    owner: str = ""  # of the commit on trial

    @property
    def hostname(self) -> str:
        """Return the name that the configuration gives the router."""
        return next((line.split()[1] for line in self.store.running if line.startswith("hostname ")), "Router")

    @property
    def keeps_archive(self) -> bool:
        """Say whether the archive is configured: rollback needs it."""
        return "archive" in self.store.running

    def answer(self, command: str) -> str:
        """Return what an exec command prints."""
        for pattern, answer in COMMANDS.items():
            if found := re.fullmatch(pattern, command):
                with self.store.lock:
                    return answer(self, *found.groups())
        return INVALID

    def configure(self, lines: Iterator[str]) -> str:
        """Type lines into the running configuration, as far as each is understood, and return the complaints."""
        terminal = Terminal(copied(self.store.running), IOS)
        complaints = []
        for line in lines:
            try:
                terminal.type(line)
            except NotUnderstood:
                complaints.append(f"{line}\n{INVALID}\n")
        return "".join(complaints) + self.install(terminal.root)

    def install(self, new: Block) -> str:
        """Put a configuration in force and return the complaint, if the daemon has one."""
        if new == self.store.running:
            return ""
        try:
            self.store.install(new)
        except CommandFailed as error:
            return f"{INVALID}\n{error}\n"
        return ""

    def try_out(self, minutes: str) -> str:
        """Start the rollback timer.

        `configure terminal revert timer N` and `configure replace ... timer N` both do.
        """
        if not self.keeps_archive:
            return f"%Please turn config archive on ({ARCHIVE_OFF})"
        self.owner = self.box.login.user
        self.store.try_out("rollback", int(minutes) * self.box.minute)
        return "Rollback Confirmed Change: Backing up current running config"

    def replace(self, name: str, timed: str = "") -> str:
        """Make a file the whole configuration."""
        if not self.keeps_archive:
            return "%Please turn config archive on"
        try:
            new = typed(self.flash[name], IOS)
        except (KeyError, NotUnderstood) as error:
            return f"{error}\n%Aborting: not a valid config file; original configuration has been successfully restored"
        if timed:
            self.try_out(timed.rsplit(maxsplit=1)[-1])
        return self.install(new) or "Total number of passes: 1\nRollback Done"

    def revert_now(self) -> str:
        """End the trial by going back."""
        if self.store.trial is None:
            return "%No Rollback Confirmed Change pending"
        self.store.revert()
        return "Rollback Done"

    def confirm(self) -> str:
        """End the trial by keeping what runs."""
        if self.store.trial is None:
            return "%No Rollback Confirmed Change pending"
        self.store.confirm()
        return ""

    def timer(self) -> str:
        """Tell of the trial."""
        if self.store.trial is None:
            return "%No Rollback Confirmed Change pending"
        minutes = round(self.store.trial.lasts / self.box.minute)
        return "\n".join(
            (
                "Time configured(or reconfigured): 00:00:00 UTC Mon Jan 1 2029",
                "Timer type: absolute timer",
                f"Timer value: {minutes} min",
                f"User: {self.owner}",
            )
        )

    def archive(self) -> str:
        """Tell of the archive."""
        return "The maximum archive configurations allowed is 10." if self.keeps_archive else ARCHIVE_OFF

    def increment(self, name: str) -> str:
        """Return the commands of a file that would change something."""
        terminal = Terminal(copied(self.store.running), IOS)
        lines = []
        for line in self.flash.get(name, "").splitlines():
            before = copied(terminal.root)
            try:
                terminal.type(line)
            except NotUnderstood:
                lines.append(line)
                continue
            if terminal.root != before or (self._opens(line) and line.strip()):
                lines.append(line)
        while lines and self._opens(lines[-1]):
            lines.pop()
        changed = "" if lines else "\n!No changes were found"
        return "\n".join(("!List of Commands:", *lines, "end")) + changed

    def _opens(self, line: str) -> bool:
        """Say whether a line of itself changes nothing: it opens a mode or leaves one."""
        _, bare = bare_line(line.strip())
        opens = (pattern for mode in IOS.modes.values() for pattern in mode.opens)
        return not line.strip().startswith("no ") and (bare in IOS.leaves or any(re.match(one, bare) for one in opens))

    def differences(self, base: str, other: str) -> str:
        """Return the difference between two configurations."""
        before, after = (self._lines(name) for name in (base, other))
        found = list(difflib.unified_diff(before, after, lineterm="", n=0))[2:]
        told = [line for line in found if not line.startswith("@@")]
        return "\n".join(("!Contextual Config Diffs:", *told)) if told else "!No changes were found"

    def _lines(self, name: str) -> list[str]:
        block = self.store.running if name == RUNNING else typed(self.flash.get(name.partition("/")[2], ""), IOS)
        return [hidden(line, cisco) for line in shown(block, IOS)]

    def printed(self) -> str:
        """Return the running configuration as IOS prints it."""
        lines = [hidden(line, cisco) for line in shown_with_ends(self.store.running)]
        return "\n".join(
            (
                "Building configuration...",
                "",
                f"Current configuration : {sum(map(len, lines))} bytes",
                "!",
                *lines,
                "!",
                "end",
            )
        )

    def part(self, words: str) -> str:
        """Return the lines of the running configuration that hold the words."""
        return "\n".join(line for line in shown(self.store.running, IOS) if words in line)

    def directory(self, name: str = "") -> str:
        """List the flash, or one file."""
        if name and name not in self.flash:
            return f"%Error opening flash:/{name} (No such file or directory)"
        files = (
            f"  33  -rw-  {len(self.flash[one])}  Jan 1 2029 00:00:00 +00:00  {one}"
            for one in ([name] if name else self.flash)
        )
        return "\n".join((f"Directory of flash:/{name}", "", *files, "", f"{FREE} bytes total ({FREE} bytes free)"))

    def checksum(self, name: str) -> str:
        """Tell a file's MD5."""
        found = hashlib.md5(self.flash.get(name, "").encode(), usedforsecurity=False).hexdigest()
        return f"verify /md5 (flash:{name}) = {found}"

    def copy(self, source: str, goal: str) -> str:
        """Copy between the flash and the running configuration."""
        if goal == "running-config":
            return self.configure(iter(self.flash.get(source.partition("/")[2], "").splitlines()))
        name = goal.partition("/")[2]
        self.flash[name] = "\n".join(shown_with_ends(self.store.running)) + "\n" if source == "running-config" else ""
        return f"{len(self.flash[name])} bytes copied in 0.1 secs"

    def save(self) -> str:
        """Keep what runs over a restart."""
        self.store.keep()
        return "Building configuration...\n[OK]"

    def about(self, command: str) -> str:
        """Tell of the box."""
        return ios_answers.OF_BOX[command](self.box) if command in ios_answers.OF_BOX else INVALID


COMMANDS: Final[Mapping[str, Callable[..., str]]] = {
    r"terminal (?:width|length) \d+|": lambda _: "",
    r"enable": lambda _: "",
    r"show version": lambda router: ios_answers.version(router.box, router.hostname),
    r"show running-config": IosRouter.printed,
    r"show running-config \| inc(?:lude)? (.+)": IosRouter.part,
    r"show archive": IosRouter.archive,
    r"show archive config rollback timer": IosRouter.timer,
    r"show archive config incremental-diffs flash:/(\S+) ignorecase": IosRouter.increment,
    r"show archive config differences (\S+) (\S+)": IosRouter.differences,
    r"configure replace flash:/(\S+) force(?: revert trigger error)?( timer \d+)?": lambda router, name, timed: (
        router.replace(name, timed or "")
    ),
    r"configure replace flash:/(\S+) force revert( timer \d+)": IosRouter.replace,
    r"configure confirm": IosRouter.confirm,
    r"configure revert now": IosRouter.revert_now,
    r"dir(?: flash:/?)?": IosRouter.directory,
    r"dir flash:/(\S+)": IosRouter.directory,
    r"verify /md5 flash:/(\S+)": IosRouter.checksum,
    r"copy (\S+) (\S+)": IosRouter.copy,
    r"write mem(?:ory)?": IosRouter.save,
    r"show (?:ip )?bgp all sum(?:mary)?": lambda router: ios_answers.summary(router.frr),
    r"show (?:ip )?bgp (ipv[46] unicast) neigh(?:bors)?(?: (\S+))?": lambda router, family, address: (
        ios_answers.neighbours(router.frr, family, address or "")
    ),
    r"show (?:ip )?bgp (vpnv[46])(?: unicast)? all neigh(?:bors)?(?: (\S+))?": lambda router, family, address: (
        ios_answers.neighbours(router.frr, f"{family} unicast", address or "")
    ),
    r"show bgp \S+ (?:multicast|mdt)(?: all)? neighbors": lambda _: "",
    r"(show .+)": IosRouter.about,
}


ENDS: Final = {" address-family ": " exit-address-family", " template peer-policy ": " exit-peer-policy"}


def shown_with_ends(block: Block) -> Iterator[str]:
    """Return the configuration with the words that close a family or a template, as IOS shows them."""
    end = ""
    for line in shown(block, IOS):
        depth = len(line) - len(line.lstrip())
        if end and depth <= 1:
            yield from (end, " !")
            end = ""
        if depth == 1:
            end = next((word for start, word in ENDS.items() if line.startswith(start)), "")
        if not depth:
            yield "!"
        yield line
    if end:
        yield end


@dataclass(slots=True)
class Line:
    """One person's terminal: which mode they are in."""

    router: IosRouter
    configuring: list[str] | None = None

    @property
    def prompt(self) -> str:
        """Return the prompt."""
        return f"{self.router.hostname[:16]}{'(config)' if self.configuring is not None else ''}#"

    def enter(self, command: str) -> str:
        """Return what one entered line prints."""
        if found := re.fullmatch(r"conf(?:igure)? t(?:erminal)?(?: revert timer (\d+))?", command):
            said = self.router.try_out(found[1]) if found[1] else ""
            self.configuring = None if said.startswith("%") else []
            return said
        if self.configuring is None:
            return self.router.answer(command)
        if command == "end" or (command == "exit" and not self.configuring):
            lines, self.configuring = self.configuring, None
            return self.router.configure(iter(lines))
        self.configuring.append(command)
        return ""


@dataclass(frozen=True, slots=True)
class IosServices:
    """What an IOS router serves over SSH: its command line, and files by SCP."""

    router: IosRouter

    def shell(self, channel: paramiko.Channel, _: str) -> None:
        """Serve one terminal until its user leaves."""
        line = Line(self.router)
        misbehaviour = self.router.box.misbehaviour
        channel.sendall(f"\r\n{line.prompt}".encode())
        for command in entered(channel):
            fault = misbehaviour.at(command)
            misbehaviour.delay(fault)
            said = line.enter(command)
            if fault and fault.kind in {Kind.HANG, Kind.DROP}:
                break
            if fault and fault.kind is Kind.HUGE:
                said += "x" * 79 + ("\n" + "x" * 79) * (HUGE // 80)
            if fault and fault.kind is Kind.UNKNOWN:
                said = f"%LAB-5-NEVERSEEN: something happened\n{said}\nUnheard-of field: 7"
            shown_text = f"{command}\r\n" + (said.replace("\n", "\r\n") + "\r\n" if said else "")
            if fault and fault.kind is Kind.HALF:
                channel.sendall(shown_text[: len(shown_text) // 2].encode())
                break
            channel.sendall(f"{shown_text}{line.prompt}".encode())
            if command == "exit" and line.configuring is None:
                break
        hang_up(channel)

    def command(self, channel: paramiko.Channel, words: str) -> None:
        """Take a file: `scp -t flash:/NAME`."""
        name = words.rsplit(maxsplit=1)[-1].strip("'\"").partition("/")[2]
        self.router.flash[name] = received_file(channel).decode()
        channel.send_exit_status(0)


def hang_up(channel: paramiko.Channel) -> None:
    """End the connection that the channel is in."""
    transport = channel.get_transport()
    if transport is not None:
        transport.close()


def entered(channel: paramiko.Channel) -> Iterator[str]:
    """Return the lines that are entered, each as soon as its end is."""
    kept = b""
    while piece := channel.recv(65536):
        kept += piece.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        *whole, kept = kept.split(b"\n")
        for line in whole:
            yield line.decode(errors="replace").replace("\0", "").strip()


@dataclass(frozen=True, slots=True)
class RunningIos:
    """An IOS router with its server."""

    router: IosRouter
    server: SshServer

    def unplug(self) -> None:
        """Take the power from the server."""
        self.server.shutdown()


@contextmanager
def ios_router(box: Box, frr: Frr, first: str, host_key: paramiko.PKey | None = None) -> Iterator[RunningIos]:
    """Run an IOS router with the configuration `first`; `box.port` is where it listens."""

    def put_in_force(block: Block) -> None:
        frr.reload(in_frr(block, WORDING, instances).text)

    configuration = typed(first, IOS)
    put_in_force(configuration)
    router = IosRouter(box, frr, Store(configuration, put_in_force))
    services = IosServices(router)
    with ssh_server(box, Services(shell=services.shell, command=services.command), host_key) as server:
        try:
            yield RunningIos(router, server)
        finally:
            router.store.close()
