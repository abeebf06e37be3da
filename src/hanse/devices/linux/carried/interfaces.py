"""Interfaces: /etc/network/interfaces, taken in by ifupdown2.

Its return codes say little (a wrong address is a warning with code 0), so its words are read before, and the real
state is asked for after.
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from pathlib import Path
from typing import Any, Final

from . import disk, learned
from .component import Candidate, Component, Finding
from .kernel_features import lacking
from .strangers import as_before, before
from .tables import forget_tables
from .tools import run
from .troubles import Failed

FILE: Final = Path("/etc/network/interfaces")
IFUPDOWN: Final = Path("/run/network")  # ifupdown2 wants it and does not make it
SAID: Final = re.compile(r"^(?:warning|error): (?P<said>.*)$")
AT_LINE: Final = re.compile(r"^[^ :]+: line ?(?P<line>\d+): (?P<said>.*)$")
AT_NAME: Final = re.compile(r"^(?P<name>[^ :]+): ")
WORDS: Final = "ifupdown2-words"
KNOWN_WORD: Final = re.compile(r"^  (?P<word>[a-z][\w-]*)$", re.MULTILINE)
STANZA: Final = re.compile(r"^\s*iface\s+(?P<name>\S+)")
OPENERS: Final = frozenset({"auto", "iface", "source", "source-directory", "mapping", "vlan", "template"})
# Words of interfaces(5) that ifupdown2 takes and does not list.
MORE_WORDS: Final = frozenset({"netmask", "network", "metric", "hostname", "dns-nameservers", "dns-search"})
# Warnings about what works.
HARMLESS: Final = (
    'bridge-ports: invalid value "none"',
    "bridge inherits mtu from its ports",
    "veth-peer-name: invalid value",  # the other end, which is made with this one
    "recv() error: ",  # its ear for the kernel's news: what it reads needs none, what it does is asked for after
    "select() error: ",
)
NOT_YET: Final = "device not found"  # also said of what it has just made, where the kernel tells of it too late
TRIES: Final = 2  # once more, and once more again
SETTLED_AFTER: Final = 3.0  # seconds in which addresses and carriers settle


def owns(path: str) -> bool:
    """Say whether ifupdown2 reads the file."""
    return path == str(FILE) or path.startswith("/etc/network/interfaces.d/")


def check(candidates: list[Candidate]) -> list[Finding]:
    """Let ifupdown2 read each file, and look for words that it would silently pass over."""
    IFUPDOWN.mkdir(exist_ok=True)
    known = known_words()
    found: list[Finding] = []
    for candidate in candidates:
        found += findings(candidate, run("ifup", "-i", str(candidate.staged), "-a", "-s").said)
        found += unknown_words(candidate, known)
    return found or lacking(candidates)


def known_words() -> set[str]:
    """Return the words that ifupdown2 lists; it takes longer to do so than to read most files."""
    told = learned.recalled(WORDS)
    if told is None:
        told = " ".join(found["word"] for found in KNOWN_WORD.finditer(run("ifquery", "-s").said))
        if told:
            learned.learn(WORDS, told)
    return set(told.split())


def findings(candidate: Candidate, said: str) -> list[Finding]:
    """Return each warning and error that ifupdown2 says; it often names the interface and not the line."""
    found = []
    for line in said.splitlines():
        words = SAID.match(line)
        if words and not is_harmless(line):
            found.append(_located(candidate, words["said"]))
    if not found and "usage:" not in said and re.search(r"^(Traceback|main exception)", said, re.MULTILINE):
        found.append(Finding(candidate.path, 0, said.strip()))
    return found


def is_harmless(line: str) -> bool:
    """Say whether ifupdown2 warns there about what works."""
    return any(harmless in line for harmless in HARMLESS)


def _located(candidate: Candidate, said: str) -> Finding:
    at_line = AT_LINE.match(said)
    if at_line:
        return Finding(candidate.path, int(at_line["line"]), at_line["said"])
    at_name = AT_NAME.match(said)
    for number, line in enumerate(candidate.text.splitlines(), 1):
        stanza = STANZA.match(line)
        if at_name and stanza and stanza["name"] == at_name["name"]:
            return Finding(candidate.path, number, said)
    return Finding(candidate.path, 0, said)


def unknown_words(candidate: Candidate, known: set[str]) -> list[Finding]:
    """Return the lines whose first word ifupdown2 does not know; it would leave them out without a word."""
    if not known or "<%" in candidate.text or "${" in candidate.text:
        return []  # an ifupdown2 that lists nothing, or a Mako template
    taken = known | OPENERS | MORE_WORDS
    return [
        Finding(candidate.path, number, f"ifupdown2 does not know {line.split()[0]!r}")
        for number, line in _lines(candidate.text)
        if line.split()[0].replace("_", "-") not in taken and not line.startswith("allow-")
    ]


def _lines(text: str) -> Iterator[tuple[int, str]]:
    continued = False
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip() and not line.lstrip().startswith("#") and not continued:
            yield number, line.strip()
        continued = line.endswith("\\")


def links() -> set[str]:
    """Return the names of all interfaces that are there."""
    return {link.name for link in Path("/sys/class/net").iterdir()}


def remember(candidates: list[Candidate]) -> dict[str, Any]:
    """Return which interfaces there are, and which the new files speak of."""
    named = {name for candidate in candidates for name in stanzas_of(candidate.text)}
    installed = stanzas_of(disk.read_text(FILE)) if FILE.exists() else {}
    return {"links": sorted(links()), "named": sorted(named), "before": before(named - installed.keys())}


def stanzas_of(text: str) -> dict[str, set[str]]:
    """Return the lines of each interface's stanza, by its name."""
    found: dict[str, set[str]] = {}
    lines: set[str] = set()
    for line in text.splitlines():
        stanza = STANZA.match(line)
        if stanza:
            lines = found.setdefault(stanza["name"], set())
        lines.add(" ".join(line.split()))
    return found


def reload() -> None:
    """Let ifupdown2 change what differs."""
    IFUPDOWN.mkdir(exist_ok=True)
    code, said = run("ifreload", "-a")
    for _ in range(TRIES):
        if NOT_YET not in said:
            break
        time.sleep(0.2)
        code, said = run("ifreload", "-a")
    errors = [line for line in said.splitlines() if line.startswith("error:") and not is_harmless(line)]
    if errors or code in (89, 124, 127):
        raise Failed(f"ifreload: {' '.join(errors) or said.strip() or code}")
    forget_tables(_wanted())


def _wanted() -> str:
    return disk.read_text(FILE) if FILE.exists() else ""


def judge() -> None:
    """Ask until the interfaces are as the files say.

    Of an interface that a `pre-up` has just made, the kernel may tell ifupdown2 too late: it then leaves out addresses
    and all without a word. So it is asked to do its work again before anything is called wrong.

    :raises Failed: they are not, after some seconds
    """
    wrong = _wrong_for_good() if FILE.exists() else []
    for _ in range(TRIES):
        if not wrong:
            return
        reload()
        wrong = _wrong_for_good()
    if wrong:
        raise Failed(f"ifquery: {', '.join(wrong)}")


def _wrong_for_good() -> list[str]:
    """Return what is otherwise than the files say, once some time to settle is over; empty as soon as all is well."""
    ends = time.monotonic() + SETTLED_AFTER
    trunks = tagged_only(disk.read_text(FILE))
    while True:
        wrong = differences(run("ifquery", "-a", "-c", "-o", "json").said, trunks) + with_untagged(trunks)
        if not wrong or time.monotonic() > ends:
            return wrong
        time.sleep(0.2)


def tagged_only(text: str) -> set[str]:
    """Return the ports of bridges that take no frame without a tag."""
    return {name for name, lines in stanzas_of(text).items() if "bridge-allow-untagged no" in lines}


def with_untagged(trunks: set[str]) -> list[str]:
    """Return a sentence for each of these ports that takes frames without a tag; ifquery has no eye for it."""
    found = []
    for port in sorted(trunks & links()):
        answer = run("bridge", "-json", "vlan", "show", "dev", port).said
        begins = answer.find("[")
        listed = json.JSONDecoder().raw_decode(answer[begins:])[0] if begins >= 0 else []
        if any("PVID" in vlan.get("flags", ()) for one in listed for vlan in one.get("vlans", ())):
            found.append(f"{port} takes frames without a tag")
    return found


def differences(said: str, trunks: AbstractSet[str] = frozenset()) -> list[str]:
    """Return what `ifquery -a -c -o json` finds otherwise than wanted, a sentence an interface.

    It takes the `trunks`, ports that want no untagged frames, for broken because they have no VLAN for these: whatever
    else it says of them counts.
    """
    begins = said.find("[")
    if begins < 0:
        return [said.strip() or "no answer"]
    try:
        interfaces, _ = json.JSONDecoder().raw_decode(said[begins:])
    except ValueError:
        return [said.strip()]
    failing = [one for one in interfaces if one.get("status") == "fail"]
    return [_sentence(one) for one in failing if not (one["name"] in trunks and _all_pass(one))]


def _all_pass(interface: dict[str, Any]) -> bool:
    statuses = interface.get("config_status", {}).values()
    return bool(statuses) and not any("fail" in str(status) for status in statuses)


def _sentence(interface: dict[str, Any]) -> str:
    failing = [
        f"{key} {interface['config'].get(key, '')}".strip()
        for key, status in interface.get("config_status", {}).items()
        if "fail" in str(status)
    ]
    if failing:
        return f"{interface['name']} lacks {' and '.join(failing)}"
    return f"{interface['name']} is not there"


def restore(remembered: dict[str, Any]) -> None:
    """Take the old files in again and remove the interfaces that only the new ones had made."""
    trouble = _trouble() if FILE.exists() else ""
    wanted = stanzas_of(disk.read_text(FILE)).keys() if FILE.exists() else set()
    new = sorted((set(remembered["named"]) & links()) - set(remembered["links"]) - wanted)
    for name in new:
        run("ip", "link", "delete", name)  # of a pair the other end goes too
    as_before(remembered.get("before", {}))
    forget_tables(_wanted())
    if new and FILE.exists():
        trouble = _trouble()  # what had been members of those is free only now
    if trouble:
        raise Failed(trouble)


def _trouble() -> str:
    """Take the files in, and return what was in the way."""
    try:
        reload()
    except Failed as failed:
        return str(failed)
    return ""


INTERFACES: Final = Component("interfaces", owns, check, remember, reload, judge, restore)
