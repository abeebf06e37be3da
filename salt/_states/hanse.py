"""The router is as its pillar says: one transaction over all files, undone by the router itself unless it is kept.

It runs in Salt's Python and imports nothing of Hanse. All work is done by `_modules/hanse.py`.
"""

import json
import time

__virtualname__ = "hanse"

# Salt's loader puts its own in place of these.
__salt__ = {}
__opts__ = {}

LOOKS_EVERY = 1  # second


def __virtual__():  # noqa: N807  # Salt's own word
    return __virtualname__


def installed(name, undo_after=None, settle=30, confirm=True):
    """Install the pillar's files.

    `undo_after`: seconds after which the router undoes what was not kept; without it what Hanse's settings say.
    `settle`: seconds in which the master must answer again over a new connection; then it is kept, else undone at once.
    `confirm: False`: it stays on trial; `salt MINION hanse.confirm DEPLOYMENT` keeps it.
    """
    pillar = __salt__["hanse.pillar"]()
    wrong = why_not(pillar, __opts__["id"])
    if wrong:
        return _ended(name, False, wrong)
    deployment = f"salt-{time.strftime('%Y%m%d%H%M%S')}-{time.time_ns() % 1000000:06d}"
    diff, wrong = _staged(deployment, pillar)
    if wrong:
        return _ended(name, False, wrong)
    seconds = undo_after or pillar["undo_after"]
    old = f" Hanse did not answer: this was wanted at {pillar['since']}." if "since" in pillar else ""
    if __opts__["test"] or not diff:
        _asked(pillar, "discard", name=deployment)
        comment = "This would be installed." if diff else "The router runs exactly this already."
        return _ended(name, None if diff else True, comment + old, diff)
    wrong = _installed(deployment, pillar, seconds)
    if wrong:
        return _ended(name, False, wrong)
    if not confirm:
        again = f"salt {__opts__['id']} hanse.confirm {deployment}"
        return _ended(name, True, f"On trial: undone in {seconds:g} s unless `{again}` keeps it.{old}", diff)
    return _judged(name, deployment, pillar, settle, diff, old)


def why_not(pillar, minion):
    """Return what stands against using a pillar; empty if nothing does."""
    if not pillar:
        return "the pillar has nothing of Hanse for this minion: no router in use is called so"
    if "error" in pillar:
        return f"Hanse: {pillar['error']}"
    if pillar.get("minion") not in (None, minion):
        return f"the pillar is of {pillar['minion']}, and not of {minion}"
    return ""


def _staged(deployment, pillar):
    """Put the files beside those that run; return the router's diff, and what it refuses."""
    files = [
        {"path": one["path"], "named": one["text"], "mode": int(one["mode"], 8), "owner": one["owner"]}
        for one in pillar["files"]
    ]
    answer = _asked(pillar, "stage", name=deployment, files=files)
    return answer.get("ok", {}).get("diff", ""), answer.get("error", {}).get("text", "")


def _installed(deployment, pillar, seconds):
    """Install what is staged; return what went wrong."""
    answer = _asked(pillar, "commit", name=deployment, undo_after=seconds)
    if "error" not in answer:
        answer = _asked(pillar, "follow", name=deployment)
    if "error" in answer:
        return answer["error"]["text"]
    ended = answer["ok"]
    return "" if ended["verdict"] in ("trial", "kept") else f"the old configuration is back: {ended['why']}"


def _judged(name, deployment, pillar, settle, diff, old):
    """Keep it if the master answers, else undo it."""
    ends = time.monotonic() + settle
    while not __salt__["hanse.master_answers"]():
        if time.monotonic() > ends:
            said = _asked(pillar, "undo", name=deployment)
            how = "undone" if "ok" in said else f"the router undoes it by itself ({said['error']['text']})"
            return _ended(name, False, f"The master did not answer any more within {settle:g} s: {how}.")
        time.sleep(LOOKS_EVERY)
    answer = _asked(pillar, "confirm", name=deployment)
    if "error" in answer:
        return _ended(name, False, f"not kept: {answer['error']['text']}")
    return _ended(name, True, f"Installed as {deployment}; the master answers; kept.{old}", diff)


def _asked(pillar, command, **asked):
    """Ask Hanse's program; it is brought out of the pillar first where it is not there."""
    program = pillar["program"]
    words = {"program": program["path"], "command": command, "asked": asked}
    ran = __salt__["hanse.ask"](**words)
    if "lacks" in ran:
        said = __salt__["hanse.bring"](program["path"], program["content"])
        if said:
            return {"error": {"kind": "refused", "text": f"no room for Hanse's program: {said}"}}
        ran = __salt__["hanse.ask"](**words)
    if ran.get("status"):
        said = ran["err"].strip() or ran["out"].strip() or ran["status"]
        return {"error": {"kind": "bug", "text": f"{command}: {said}"}}
    return json.loads(ran["out"].strip())


def _ended(name, result, comment, diff=""):
    return {"name": name, "result": result, "comment": comment, "changes": {"diff": diff} if diff else {}}
