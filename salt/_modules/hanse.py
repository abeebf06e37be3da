"""Hanse on a minion: its program is brought to the router and asked there, with secrets out of the minion's own pillar.

It runs in Salt's Python and imports nothing of Hanse. Every function answers with plain values, as Salt wants them.
"""

import base64
import hashlib
import json
import os
import re
import subprocess

__virtualname__ = "hanse"

PLACE = "/var/lib/hanse"
SEARCH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
SECRET = re.compile(r"@secret\(([A-Za-z0-9._-]+)\)@")
NAME = re.compile(re.escape(PLACE) + r"/([0-9a-f]{16})\.pyz")
LONGEST = 900  # seconds

# Salt's loader puts its own in place of these.
__opts__ = {}
__grains__ = {}


def __virtual__():  # noqa: N807  # Salt's own word
    return __virtualname__


def run(command):
    """Run a shell command as root; return its exit code and both outputs."""
    return _ended(["/bin/sh", "-c", command], "")


def ask(program, command, asked=None):
    """Ask the program on this router. `{"lacks": PROGRAM}`: bring it first, and ask again."""
    if not os.path.exists(program):
        return {"lacks": program}
    asked = dict(asked or {})
    secrets = {}
    if command == "stage":
        files = asked.get("files", [])
        wanted = sorted({name for file in files for name in SECRET.findall(file["named"])})
        secrets = _secrets(wanted)
        missing = [name for name in wanted if name not in secrets]
        if missing:
            return _refused(
                f"this minion's pillar has no secret {', '.join(missing)}: "
                "its master's ext_pillar must ask Hanse with a token that may read pillars"
            )
        asked["files"] = [dict(file, text=revealed(file["named"], secrets)) for file in files]
    ran = _ended(["/usr/bin/env", "python3", "-I", program, command], json.dumps(asked))
    return dict(ran, out=concealed(ran["out"], secrets), err=concealed(ran["err"], secrets))


def bring(program, content):
    """Put the program (base64) on this router; return what stands against it, empty if nothing does."""
    packed = base64.b64decode(content)
    name = NAME.fullmatch(program)
    if not name or hashlib.sha256(packed).hexdigest()[:16] != name.group(1):
        return f"{program} is not named by its content"
    beside = f"{program}.part"
    try:
        os.makedirs(PLACE, mode=0o700, exist_ok=True)
        with open(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(packed)
            file.flush()
            os.fsync(file.fileno())
        os.replace(beside, program)
    except OSError as error:
        return str(error)
    return ""


def confirm(deployment):
    """Keep what is on trial: `salt MINION hanse.confirm DEPLOYMENT`."""
    return _plain("confirm", deployment)


def undo(deployment):
    """Put the old configuration back at once."""
    return _plain("undo", deployment)


def verdict(deployment):
    """Return what became of a deployment: staged, trial, kept, reverted or unknown; and why."""
    return _plain("verdict", deployment)


def master_answers(patience=5):
    """Say whether the master answers a question that is asked anew, over a connection of its own."""
    import salt.channel.client  # noqa: PLC0415  # only where Salt is

    options = dict(__opts__, request_channel_timeout=patience, request_channel_tries=1)
    load = {"cmd": "_master_opts", "id": options["id"]}
    try:
        with salt.channel.client.ReqChannel.factory(options) as channel:
            return isinstance(channel.send(load, timeout=patience, tries=1), dict)
    except Exception:  # noqa: BLE001  # whatever Salt raises here: there was no answer
        return False


def revealed(text, secrets):
    """Return `text` with each secret's value in its place.

    >>> revealed("password @secret(peer)@;", {"peer": "Strandkorb-7"})
    'password Strandkorb-7;'
    """
    return SECRET.sub(lambda found: secrets[found.group(1)], text)


def concealed(text, secrets):
    """Return `text` with each value replaced by its name, the longest first.

    >>> concealed("password Strandkorb-7;", {"peer": "Strandkorb-7"})
    'password @secret(peer)@;'
    """
    for name, value in sorted(secrets.items(), key=lambda item: (-len(item[1]), item[0])):
        if value:
            # What comes back is JSON: a value may stand there with its quotes and backslashes written out.
            for written in {value, json.dumps(value)[1:-1]}:
                text = text.replace(written, f"@secret({name})@")
    return text


def pillar():
    """Return this minion's pillar of Hanse as its master has it now, secrets by name only; empty if it has none.

    What a function returns is kept by the master: no value must be in it.
    """
    found = _pillar()
    return dict(found, secrets=sorted(found["secrets"])) if "secrets" in found else found


def _pillar():
    import salt.pillar  # noqa: PLC0415  # only where Salt is

    asked = salt.pillar.get_pillar(__opts__, dict(__grains__), __opts__["id"], __opts__.get("saltenv"))
    return dict(asked.compile_pillar().get("hanse", {}))


def _secrets(wanted):
    return dict(_pillar().get("secrets", {})) if wanted else {}


def _plain(command, deployment):
    answer = ask(f"{PLACE}/router.pyz", command, {"name": deployment})
    if "lacks" in answer:
        return {"error": {"kind": "not open", "text": "Hanse was never here"}}
    return json.loads(answer["out"]) if not answer["status"] else {"error": {"kind": "bug", "text": answer["err"]}}


def _refused(text):
    return {"status": 0, "out": json.dumps({"error": {"kind": "refused", "text": text}}), "err": ""}


def _ended(words, text):
    """Run a program apart from Salt's own environment."""
    surroundings = {"PATH": SEARCH, "LC_ALL": "C", "HOME": "/root"}
    try:
        ended = subprocess.run(
            words,
            input=text.encode("utf-8", "surrogateescape"),
            capture_output=True,
            timeout=LONGEST,
            check=False,
            cwd="/",
            env=surroundings,
        )
    except subprocess.TimeoutExpired:
        return {"status": 124, "out": "", "err": f"{words[0]} was ended after {LONGEST} seconds"}
    return {
        "status": ended.returncode,
        "out": ended.stdout.decode("utf-8", "replace"),
        "err": ended.stderr.decode("utf-8", "replace"),
    }
