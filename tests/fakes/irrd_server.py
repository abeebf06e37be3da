"""A server on this machine that speaks what bgpq4 speaks: IRRd's protocol of `!` and a letter, as far as it is asked.

https://irrd.readthedocs.io/en/stable/users/queries/whois/ describes it. It can be told to be slow, to cut an answer
short, to write nonsense, or to write without end.
"""

import socketserver
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from threading import Event, Thread
from typing import Final

END: Final = 3.0  # seconds that the server has to end


class Mood(StrEnum):
    """How the server answers what it is asked for routes and members."""

    WELL = "well"
    SILENT = "silent"  # takes the question and says nothing
    HALF = "half"  # ends the conversation within an answer
    NONSENSE = "nonsense"
    ENDLESS = "endless"
    REFUSES = "refuses"  # F: an error of the server's


@dataclass
class Registered:
    """What the server knows; change it while it runs."""

    members: dict[str, str] = field(default_factory=dict)  # AS-SET -> its members, parted by blanks
    routes4: dict[str, str] = field(default_factory=dict)  # AS64501 -> prefixes
    routes6: dict[str, str] = field(default_factory=dict)
    mood: Mood = Mood.WELL
    moody_about: str = "!"  # what the questions begin with that the mood is for: "!gAS64502" is one
    questions: list[str] = field(default_factory=list)
    server: str = ""  # host:port
    over: Event = field(default_factory=Event)

    def ases_of(self, name: str) -> str:
        """Return the ASes of a set, through the sets in it."""
        found: dict[str, None] = {}
        waiting, seen = [name], set()
        while waiting:
            one = waiting.pop(0)
            if one in self.members and one not in seen:
                seen.add(one)
                waiting += self.members[one].split()
            elif one not in self.members:
                found[one] = None
        return " ".join(found)

    def answer(self, question: str) -> str | None:
        """Return what is said to a question; None: nothing of that name."""
        if question == "!s-lc":
            return "RIPE,RADB"
        if question.startswith("!i"):
            name, _, recursive = question[2:].partition(",")
            if name not in self.members:
                return None
            return self.ases_of(name) if recursive else self.members[name]
        tables: Mapping[str, Mapping[str, str]] = {"!g": self.routes4, "!6": self.routes6}
        return tables.get(question[:2], {}).get(question[2:].upper())


class _Conversation(socketserver.StreamRequestHandler):
    server: "_Server"

    def handle(self) -> None:
        told = self.server.told
        for line in self.rfile:
            question = line.decode("ascii").strip()
            told.questions.append(question)
            if question == "!q":
                return
            if question != "!!" and not self._say(question, told):
                return

    def _say(self, question: str, told: Registered) -> bool:
        """Answer; False: the conversation is over."""
        if question.startswith("!n") or (question.startswith("!s") and question != "!s-lc"):
            self.wfile.write(b"C\n")
            return True
        text = told.answer(question)
        mood = told.mood if question.upper().startswith(told.moody_about.upper()) else Mood.WELL
        match mood if question not in {"!s-lc", "!a"} else Mood.WELL:
            case Mood.SILENT:
                told.over.wait(60)
                return False
            case Mood.HALF:
                self.wfile.write(b"A4000\n192.0.2.0/24 198.51")
                return False
            case Mood.NONSENSE:
                self.wfile.write(b"<html>no such page</html>\n\n")
            case Mood.REFUSES:
                self.wfile.write(b"F the database is being rebuilt\n")
            case Mood.ENDLESS:
                return self._endless(told)
            case _ if text is None:
                self.wfile.write(b"D\n")
            case _:
                self.wfile.write(f"A{len(text or '') + 1}\n{text}\nC\n".encode("ascii"))
        return True

    def _endless(self, told: Registered) -> bool:
        self.wfile.write(b"A99999999\n")
        while not told.over.is_set():
            self.wfile.write(b"192.0.2.0/24 " * 1000)
        return False


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, told: Registered) -> None:
        super().__init__(("127.0.0.1", 0), _Conversation)
        self.told = told

    def handle_error(self, *_: object) -> None:
        """Say nothing: whoever asked was killed for asking too long, and that is what is tested."""


@contextmanager
def irrd_server() -> Generator[Registered]:
    """Run a server on a free port of this machine; what it knows is what it is told."""
    told = Registered()
    with _Server(told) as server:
        told.server = f"127.0.0.1:{server.server_address[1]}"
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, name="irrd", daemon=True)
        thread.start()
        try:
            yield told
        finally:
            told.over.set()
            server.shutdown()
            thread.join(END)
