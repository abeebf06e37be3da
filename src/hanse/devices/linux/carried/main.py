"""The program's door: `router.pyz COMMAND` with JSON on standard input, JSON on standard output.

`{"ok": ...}` or `{"error": {"kind": ..., "text": ...}}`; blank lines before it are signs of life.
"""

from __future__ import annotations

import json
import sys
from typing import Final

from .commands import COMMANDS
from .guard import guard, work
from .places import make_places
from .troubles import Trouble
from .watching import run_health

OWN: Final = {"guard": guard, "work": work}  # started by ourselves, with the name of the transaction


def main(words: list[str]) -> int:
    """Obey one command; 0 also for an error that the answer tells."""
    make_places()
    if words == ["health"]:
        return run_health()
    if len(words) == 2 and words[0] in OWN:
        OWN[words[0]](words[1])
        return 0
    if len(words) != 1 or words[0] not in COMMANDS:
        print(f"commands: {', '.join(COMMANDS)}", file=sys.stderr)
        return 64
    asked = {} if words[0] == "boot" else json.loads(sys.stdin.buffer.read() or b"{}")
    try:
        answer = {"ok": COMMANDS[words[0]](asked)}
    except Trouble as trouble:
        answer = {"error": {"kind": trouble.kind, "text": str(trouble)}}
    except OSError as error:
        if words[0] != "stage":
            raise
        answer = {"error": {"kind": "refused", "text": f"{error.filename or 'the disk'}: {error.strerror}"}}
    print(json.dumps(answer), flush=True)
    return 0
