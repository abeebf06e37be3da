"""The program that runs in a guest and does there what the lab outside asks for. Python's standard library only.

It is started by the guest's first process and imports nothing of the lab: Python takes twenty times as long there to
start programs and import modules. One connection is one request: four octets with the length of a JSON text, and the
text; the answer is a JSON text up to the end. Whoever may read the lab's folder knows its token, and only they are
answered.
"""

import hmac
import json
import os
import pty
import select
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

PORT: Final = 2222
GONE_WITHIN: Final = 10.0  # seconds after SIGKILL
LENGTH: Final = 4  # octets before each request
READY: Final = "the agent answers"  # said on the console
PIECE: Final = 65536  # octets
ATTEMPTS: Final = 10
Answer = dict[str, Any]
CODES: Final[dict[str, int]] = {}  # exit codes of the sessions that have ended


def outcome(words: list[str], stdin: str, seconds: float, env: dict[str, str] | None) -> Answer:
    """Run a program to its end."""
    try:
        done = subprocess.run(
            words, input=stdin.encode(), capture_output=True, timeout=seconds, env=env or dict(os.environ), check=False
        )
    except FileNotFoundError:
        return {"fails": f"{words[0]} is not installed"}
    except subprocess.TimeoutExpired:
        return {"fails": f"`{' '.join(words)}` did not end within {seconds:g} s"}
    said, complained = (text.decode(errors="replace") for text in (done.stdout, done.stderr))
    return {"code": done.returncode, "out": said, "err": complained}


def hear(words: list[str], log: str, env: dict[str, str], *, wait: bool) -> Answer:
    """Start a program that stays, and return the first line it prints if somebody waits for one."""
    Path(log).parent.mkdir(parents=True, exist_ok=True)
    with open(log, "ab") as said:
        started = subprocess.Popen(
            words,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE if wait else said,
            stderr=said,
            env=env,
            start_new_session=True,
        )
    threading.Thread(target=started.wait, daemon=True).start()
    if not started.stdout:
        return {}
    with started.stdout as told:
        return {"line": told.readline().decode().strip()}


def read(path: str) -> Answer:
    """Return a file's text; none if it is not there."""
    try:
        return {"text": Path(path).read_text(errors="replace")}
    except FileNotFoundError:
        return {"text": None}


def write(path: str, text: str, mode: int) -> Answer:
    """Write a new file in the place of an old one."""
    file = Path(path)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.unlink(missing_ok=True)
    file.touch(mode)
    file.chmod(mode)
    file.write_text(text)
    return {}


def remove(path: str) -> Answer:
    """Remove a file, if it is there."""
    Path(path).unlink(missing_ok=True)
    return {}


def found(folder: str, pattern: str) -> Answer:
    """Return what matches, the youngest first."""
    return {"paths": [str(path) for path in youngest_first(Path(folder), pattern)]}


def youngest_first(folder: Path, pattern: str) -> list[Path]:
    """Return what matches, the youngest first. What goes away meanwhile is left out: others work in there."""
    changed = {}
    for _ in range(ATTEMPTS):
        with suppress(FileNotFoundError):  # a folder that goes away while it is read ends the reading of all
            for path in list(folder.glob(pattern)):
                with suppress(FileNotFoundError):
                    changed[path] = path.stat().st_mtime_ns
            break
    return sorted(changed, key=lambda path: changed[path], reverse=True)


def end(pid: int) -> Answer:
    """Kill a process and wait until it is gone."""
    until = time.monotonic() + GONE_WITHIN
    while Path(f"/proc/{pid}").exists() and time.monotonic() < until:
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            break
        time.sleep(0.01)
    return {}


def ended(session: str) -> Answer:
    """Return the exit code of a session that the caller has seen end."""
    return {"code": CODES.pop(session)}


DOES: Final[dict[str, Callable[..., Answer]]] = {
    "outcome": outcome,
    "hear": hear,
    "read": read,
    "write": write,
    "remove": remove,
    "found": found,
    "end": end,
    "ended": ended,
}


def joined(words: list[str], env: dict[str, str], session: str, *, tty: bool, caller: socket.socket) -> None:
    """Run a program whose input and output are the caller, on a terminal if the caller has one."""
    if tty:
        CODES[session] = on_terminal(words, env, caller)
    else:
        CODES[session] = subprocess.run(
            words, stdin=caller.fileno(), stdout=caller.fileno(), stderr=caller.fileno(), env=env, check=False
        ).returncode


def on_terminal(words: list[str], env: dict[str, str], caller: socket.socket) -> int:
    """Run a program on a terminal whose other end is the caller, and return its exit code."""
    master, slave = pty.openpty()
    with os.fdopen(slave) as end:
        running = subprocess.Popen(("setsid", "--ctty", "--wait", *words), stdin=end, stdout=end, stderr=end, env=env)
    try:
        while True:
            ready, _, _ = select.select([caller.fileno(), master], [], [])
            if master in ready:
                caller.sendall(os.read(master, PIECE))
            if caller.fileno() in ready:
                typed = caller.recv(PIECE)
                if not typed:
                    break
                os.write(master, typed)
    except OSError:  # the program has ended, or the caller has
        pass
    finally:
        os.close(master)
    return running.wait()


def answer(caller: socket.socket, token: str) -> None:
    """Read one request and answer it, if it knows the token."""
    with caller:
        asked = json.loads(exactly(caller, int.from_bytes(exactly(caller, LENGTH), "big")))
        if not hmac.compare_digest(asked["token"], token):
            return
        if asked["do"] == "join":
            joined(**asked["with"], caller=caller)
            return
        try:
            told = DOES[asked["do"]](**asked["with"])
        except OSError as error:
            told = {"fails": str(error)}
        caller.sendall(json.dumps(told).encode())


def exactly(caller: socket.socket, length: int) -> bytes:
    """Return the next `length` octets.

    :raises EOFError: the caller has gone
    """
    got = bytearray()
    while len(got) < length:
        piece = caller.recv(length - len(got))
        if not piece:
            raise EOFError
        got += piece
    return bytes(got)


def main() -> None:
    """Answer for ever; the first word is the file of the token."""
    token = Path(sys.argv[1]).read_text()
    with socket.create_server(("::", PORT), family=socket.AF_INET6, backlog=64) as door:
        print(READY, flush=True)
        while True:
            caller, _ = door.accept()
            threading.Thread(target=answer, args=(caller, token), daemon=True).start()


if __name__ == "__main__":
    main()
