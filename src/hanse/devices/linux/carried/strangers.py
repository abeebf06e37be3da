"""Interfaces that the old files do not speak of and the new ones do: how they were, so that they can be so again."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from .tools import run


def before(names: Iterable[str]) -> dict[str, dict[str, Any]]:
    """Return how those of `names` that are there are now: master, MTU, whether they are up, their addresses."""
    wanted = set(names)
    return {link["ifname"]: _state(link) for link in _links() if link.get("ifname") in wanted}


def _links() -> list[dict[str, Any]]:
    said = run("ip", "-json", "address", "show").said
    begins = said.find("[")
    found: list[dict[str, Any]] = json.JSONDecoder().raw_decode(said[begins:])[0] if begins >= 0 else []
    return found


def _state(link: dict[str, Any]) -> dict[str, Any]:
    return {
        "master": link.get("master", ""),
        "mtu": link["mtu"],
        "up": "UP" in link["flags"],
        "addresses": sorted(
            f"{one['local']}/{one['prefixlen']}"
            for one in link.get("addr_info", ())
            if "local" in one and one.get("scope") != "link"
        ),
    }


def as_before(remembered: dict[str, dict[str, Any]]) -> None:
    """Let each interface be as it was. A master that is gone was one of the new ones, and has let go of it."""
    now = before(remembered)
    for name in sorted(now):
        was, found = remembered[name], now[name]
        if found["master"] != was["master"]:
            run("ip", "link", "set", name, *(("master", was["master"]) if was["master"] else ("nomaster",)))
        for address in sorted(set(found["addresses"]) - set(was["addresses"])):
            run("ip", "address", "delete", address, "dev", name)
        for address in sorted(set(was["addresses"]) - set(found["addresses"])):
            run("ip", "address", "add", address, "dev", name)
        if found["mtu"] != was["mtu"]:
            run("ip", "link", "set", name, "mtu", str(was["mtu"]))
        if found["up"] != was["up"]:
            run("ip", "link", "set", name, "up" if was["up"] else "down")
