"""Names of ports: /etc/systemd/network/10-hanse-*.link, which udev reads when the machine starts.

A port that nobody uses gets its name at once. One that is in use keeps its old one until then, so it is refused to go
on with it: what is written for the new name would find nobody.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any, Final, NamedTuple

from . import disk
from .component import Candidate, Component, Finding
from .tools import run
from .troubles import Failed

FILES: Final = Path("/etc/systemd/network")
OURS: Final = re.compile(r"10-hanse-.+\.link")
ADDRESS: Final = re.compile(r"^PermanentMACAddress=(\S+)$", re.MULTILINE)
NAME: Final = re.compile(r"^Name=(\S+)$", re.MULTILINE)


class Port(NamedTuple):
    """A port as the kernel has it."""

    name: str
    is_used: bool  # it has an address or a master, or is up


def owns(path: str) -> bool:
    """Say whether the file gives a port its name."""
    return Path(path).parent == FILES and bool(OURS.fullmatch(Path(path).name))


def names_of(text: str) -> dict[str, str]:
    """Return the name of each port, by its address.

    >>> names_of("[Match]\\nPermanentMACAddress=02:00:5e:00:53:01\\n[Link]\\nName=lan0")
    {'02:00:5e:00:53:01': 'lan0'}
    """
    address, name = ADDRESS.search(text), NAME.search(text)
    return {address[1].lower(): name[1]} if address and name else {}


def ports() -> dict[str, Port]:
    """Return the ports of the machine, by the address that they were made with; nothing that is made of others."""
    said = run("ip", "-json", "-details", "address", "show").said
    begins = said.find("[")
    links: list[dict[str, Any]] = json.JSONDecoder().raw_decode(said[begins:])[0] if begins >= 0 else []
    physical = (link for link in links if link.get("link_type") == "ether" and _is_port(link))
    return {link.get("permaddr", link["address"]).lower(): _port(link) for link in physical}


def _is_port(link: dict[str, Any]) -> bool:
    kind: str = link.get("linkinfo", {}).get("info_kind", "")
    return kind in ("", "veth")  # a veth is a cable where machines are containers


def _port(link: dict[str, Any]) -> Port:
    addresses = [one for one in link.get("addr_info", ()) if one.get("scope") != "link"]
    return Port(link["ifname"], bool(addresses) or "master" in link or "UP" in link["flags"])


def check(candidates: list[Candidate]) -> list[Finding]:
    """Look for each port, and whether it can have its name now."""
    there = ports()
    taken = {port.name for port in there.values()}
    found = []
    for candidate in candidates:
        for address, name in names_of(candidate.text).items():
            said = _against(there.get(address), address, name, taken)
            if said:
                found.append(Finding(candidate.path, 0, said))
    return found


def _against(port: Port | None, address: str, name: str, taken: set[str]) -> str:
    if port is None:
        return f"no port has the address {address}: see `ip link`, and mend the port's `mac`"
    if port.name == name:
        return ""
    if name in taken:
        return f"{name} is another port, and {address} is {port.name}: see `ip link`, and mend the one that is wrong"
    if port.is_used:
        return f"{port.name} has this address and is in use: call the port so, or free it before it becomes {name}"
    return ""


def remember(candidates: list[Candidate]) -> dict[str, Any]:
    """Return what the ports are called now, by address."""
    named = {address for candidate in candidates for address in names_of(candidate.text)}
    return {"names": {address: port.name for address, port in ports().items() if address in named}}


def reload() -> None:
    """Rename the ports that nobody uses."""
    _rename(wanted())


def judge() -> None:
    """See whether each port has its name.

    :raises Failed: one has not
    """
    there = ports()
    wrong = [f"{address} is not {name}" for address, name in wanted().items() if _name(there, address) != name]
    if wrong:
        raise Failed(f"ports: {', '.join(wrong)}")


def _name(there: dict[str, Port], address: str) -> str:
    return there[address].name if address in there else ""


def wanted() -> dict[str, str]:
    """Return the names that the files give, by address."""
    files = sorted(FILES.glob("10-hanse-*.link")) if FILES.is_dir() else []
    return {address: name for file in files for address, name in names_of(disk.read_text(file)).items()}


def restore(remembered: dict[str, Any]) -> None:
    """Call the ports as they were called; what the new files had put on them goes."""
    there = ports()
    for address, name in remembered["names"].items():
        if address in there and there[address].name != name:
            run("ip", "address", "flush", "dev", there[address].name)
    _rename(remembered["names"])


def _rename(names: dict[str, str]) -> None:
    there = ports()
    for address, name in sorted(names.items()):
        now = _name(there, address)
        if now and now != name:
            run("ip", "link", "set", now, "down")
            code, said = run("ip", "link", "set", now, "name", name)
            if code:
                raise Failed(f"{now} cannot be called {name}: {said.strip()}")


PORT_NAMES: Final = Component("port names", owns, check, remember, reload, judge, restore)
