"""Carry our program to the router, and talk to it there."""

import hashlib
import io
import json
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any, Final, cast

from hanse.devices.driver import CandidateRefused, CommitFailed, NothingOpen, Program, Target
from hanse.devices.linux.ssh import Shell, Talk
from hanse.devices.way import CommandFailed, Ran, Way
from hanse.network.errors import OutsideError

PLACE: Final = "/var/lib/hanse"
# Python compiles what it imports from a zip at each start, what it imports from a folder only once.
START: Final = """\
import os, sys
unpacked = "/run/hanse/programs/" + os.path.basename(os.path.realpath(sys.argv[0]))[: -len(".pyz")]
if os.path.isdir(unpacked):
    sys.path[0] = unpacked
from hanse_router.main import main
sys.exit(main(sys.argv[1:]))
"""
LONG_AGO: Final = (1980, 1, 1, 0, 0, 0)  # so that the same program is the same file, byte for byte
NOT_THERE: Final = 77  # our own exit code: the program must be sent first

KINDS: Final[dict[str, type[OutsideError]]] = {
    "refused": CandidateRefused,
    "failed": CommitFailed,
    "not open": NothingOpen,
}


@cache
def program() -> Program:
    """Return the program, packed in memory."""
    packed = io.BytesIO()
    sources = {
        f"hanse_router/{source.name}": source.read_text(encoding="utf-8")
        for source in files("hanse.devices.linux.carried").iterdir()
        if source.name.endswith(".py")
    }
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in sorted({"__main__.py": START, **sources}.items()):
            archive.writestr(zipfile.ZipInfo(name, LONG_AGO), text, zipfile.ZIP_DEFLATED)
    content = packed.getvalue()
    return Program(content=content, path=f"{PLACE}/{hashlib.sha256(content).hexdigest()[:16]}.pyz")


def ask(way: Way, command: str, *, silence: float | None = None, **asked: Any) -> dict[str, Any]:
    """Return the carried program's answer.

    :raises CandidateRefused:
    :raises CommitFailed:
    :raises NothingOpen:
    :raises CommandFailed: the program itself failed: a bug, or a router without Python 3.9
    """
    ran = way.ask(program(), command, asked, silence=silence)
    if ran.status:
        raise CommandFailed(f"{way.target.name}: {command}: {ran.err.strip() or ran.out.strip() or ran.status}")
    answer = json.loads(ran.out.strip())
    if "error" in answer:
        raise KINDS[answer["error"]["kind"]](answer["error"]["text"])
    return cast("dict[str, Any]", answer["ok"])


@dataclass(frozen=True, slots=True, kw_only=True)
class OverSsh:
    """A router's own SSH as the way to it; the program is started once, and asked as long as the way is open."""

    shell: Shell
    talks: list[Talk] = field(default_factory=list, compare=False)  # none, or the one with the program

    @property
    def target(self) -> Target:
        return self.shell.target

    def run(self, command: str) -> Ran:
        return self.shell.run(command)

    def ask(self, program: Program, command: str, asked: Mapping[str, Any], *, silence: float | None) -> Ran:
        line = json.dumps({"command": command, "asked": dict(asked)})
        ran = self._answered(program, line, silence)
        if ran.status == NOT_THERE:
            send(self.shell, program)
            ran = self._answered(program, line, silence)
        return ran

    def _answered(self, program: Program, line: str, silence: float | None) -> Ran:
        if self.talks and self.talks[0].is_over:
            self._end_talk()
        if not self.talks:
            words = f"[ -f {program.path} ] || exit {NOT_THERE}; exec python3 -I {program.path} serve"
            self.talks.append(self.shell.talk(words))
        try:
            ran = self.talks[0].ask(line, silence=silence)
        except OutsideError:
            self._end_talk()
            raise
        if ran.status:
            self._end_talk()
        return ran

    def _end_talk(self) -> None:
        self.talks.pop().channel.close()


def send(shell: Shell, program: Program) -> None:
    """Put the program on the router.

    :raises CandidateRefused: the router has no room for it
    """
    path = program.path
    words = (
        f"umask 077; mkdir -p {PLACE} && cat > {path}.part && "
        f"[ $(wc -c < {path}.part) -eq {len(program.content)} ] && sync {path}.part && mv {path}.part {path} || "
        f"{{ rm -f {path}.part; exit 1; }}"
    )
    ran = shell.run(words, text=program.content)
    if ran.status:
        raise CandidateRefused(f"{shell.target.name} has no room for Hanse's program in {PLACE}: {ran.err.strip()}")
