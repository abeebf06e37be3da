"""NAPALM's arguments for one device, merged anew each time: drivers change the mapping they are given."""

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from hanse.devices.driver import Target


def merged_arguments(*levels: Mapping[str, Any]) -> dict[str, Any]:
    """Return a new mapping of all levels (global, platform's, device's); later ones win, key by key at any depth.

    >>> merged_arguments({"ssh": {"port": 22, "keepalive": 5}}, {"ssh": {"port": 830}})
    {'ssh': {'port': 830, 'keepalive': 5}}
    """
    merged: dict[str, Any] = {}
    for level in levels:
        for key, value in level.items():
            below = merged.get(key)
            if isinstance(below, Mapping) and isinstance(value, Mapping):
                merged[key] = merged_arguments(below, value)
            else:
                merged[key] = deepcopy(value)
    return merged


def optional_arguments(target: Target) -> dict[str, Any]:
    """Return what NAPALM calls `optional_args`: port and key of the target, unless its arguments say otherwise."""
    reached_by: dict[str, Any] = {}
    if target.port is not None:
        reached_by["port"] = target.port
    if target.key_file:
        reached_by |= {"key_file": target.key_file, "use_keys": True}
    return merged_arguments(reached_by, target.arguments)
