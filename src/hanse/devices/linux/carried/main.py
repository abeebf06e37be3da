"""The program's door: `router.pyz COMMAND` with JSON on standard input, JSON on standard output.

`{"ok": ...}` or `{"error": {"kind": ..., "text": ...}}`; blank lines before it are signs of life. `router.pyz serve`
obeys one command a line, `{"command": ..., "asked": ...}`, until its input ends: on a small router the program takes
longer to start than most commands to run.
"""

from __future__ import annotations

import json
import sys
from typing import Any, Final

from .commands import AT_START, COMMANDS
from .guard import guard, work
from .places import make_places
from .troubles import Trouble
from .unpacking import unpack
from .watching import run_health

OWN: Final = {"guard": guard, "work": work}  # started by ourselves, with the name of the transaction


def main(words: list[str]) -> int:
    """Obey one command, or many; 0 also for an error that the answer tells."""
    make_places()
    unpack()
    if words == ["health"]:
        return run_health()
    if len(words) == 2 and words[0] in OWN:
        OWN[words[0]](words[1])
        return 0
    if words == ["serve"]:
        for line in sys.stdin.buffer:
            obey(**json.loads(line))
        return 0
    if len(words) != 1 or words[0] not in COMMANDS:
        print(f"commands: serve, {', '.join(COMMANDS)}", file=sys.stderr)
        return 64
    obey(words[0], {} if words[0] in AT_START else json.loads(sys.stdin.buffer.read() or b"{}"))
    return 0


def obey(command: str, asked: dict[str, Any]) -> None:
    """Do one command, and print its answer."""
    try:
        answer = {"ok": COMMANDS[command](asked)}
    except Trouble as trouble:
        answer = {"error": {"kind": trouble.kind, "text": str(trouble)}}
    except OSError as error:
        if command != "stage":
            raise
        answer = {"error": {"kind": "refused", "text": f"{error.filename or 'the disk'}: {error.strerror}"}}
    print(json.dumps(answer), flush=True)
