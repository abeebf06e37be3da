"""The settings that an operator may make, read from the environment once and checked: name, default, meaning.

This file knows no Django, so that `hanse check` starts without it. docs/operate/settings.md is compared with it.
"""

import json
import math
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

from hanse.network.errors import WantedError

HERE: Final = Path(__file__).resolve().parents[3]


class BadSetting(WantedError):
    """An environment variable holds what its setting cannot mean."""


def data_folder(here: Path = HERE, home: Path | None = None) -> Path:
    """Return where Hanse keeps its data: `var` in a clone, else under the user's home."""
    if (here / "pyproject.toml").is_file():
        return here / "var"
    return (home or Path.home()) / ".local" / "share" / "hanse"


def _flag(text: str) -> bool:
    words = {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False, "": False}
    if text.lower() not in words:
        raise ValueError("write true or false")
    return words[text.lower()]


def _seconds(text: str) -> timedelta:
    seconds = float(text)
    if not math.isfinite(seconds) or seconds <= 0:
        raise ValueError("a number of seconds above 0 is wanted")
    return timedelta(seconds=seconds)


def _count(text: str) -> int:
    number = int(text)
    if number < 1:
        raise ValueError("at least 1 is wanted")
    return number


def _share(text: str) -> float:
    share = float(text)
    if not 0 <= share <= 1:
        raise ValueError("a share from 0 to 1 is wanted")
    return share


def _mapping(text: str) -> Mapping[str, Any]:
    found = json.loads(text)
    if not isinstance(found, dict):
        raise ValueError('a JSON object is wanted: {"transport": "ssh"}')
    return found


def _path(text: str) -> Path | None:
    return Path(text).expanduser().resolve() if text else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """One environment variable: how it is read, what holds when it is not set, and what it means."""

    name: str
    read: Callable[[str], Any]
    default: str  # as it would be written
    meaning: str


SETTINGS: Final = (
    Setting(
        name="HANSE_DATA",
        read=_path,
        default="",
        meaning="Folder of the database and its keys. Empty: `var` in a clone, else `~/.local/share/hanse`.",
    ),
    Setting(name="HANSE_DEBUG", read=_flag, default="false", meaning="Django's debug mode. Never on a network."),
    Setting(
        name="HANSE_TEMPLATES",
        read=_path,
        default="",
        meaning="Folder of templates that replace ours, by name: `bird2/bird.conf.j2`. Empty: none.",
    ),
    Setting(
        name="HANSE_SSH_KEY",
        read=_path,
        default="",
        meaning="Private SSH key for the routers. Empty: password only.",
    ),
    Setting(
        name="HANSE_UNDO_AFTER",
        read=_seconds,
        default="300",
        meaning="Seconds after which a router undoes what was not confirmed.",
    ),
    Setting(
        name="HANSE_SETTLE",
        read=_seconds,
        default="120",
        meaning="Seconds that neighbours and sessions have to come up again before a deployment counts as harm."
        " It must be below HANSE_UNDO_AFTER.",
    ),
    Setting(
        name="HANSE_FIRST_LOOK",
        read=_seconds,
        default="3",
        meaning="Seconds after an installation at which Hanse looks first, over a new connection.",
    ),
    Setting(
        name="HANSE_MAX_ROUTERS",
        read=_count,
        default="50",
        meaning="More routers in one plan are refused without `--force`.",
    ),
    Setting(
        name="HANSE_MAX_LINES_REMOVED",
        read=_share,
        default="0.3",
        meaning="A larger share of one router's lines removed is refused without `--force`.",
    ),
    Setting(
        name="HANSE_MAX_SESSIONS_REMOVED",
        read=_share,
        default="0.25",
        meaning="A larger share of BGP sessions removed is refused without `--force`.",
    ),
    Setting(
        name="HANSE_CANARY",
        read=_count,
        default="1",
        meaning="Routers that a plan is tried on before all others.",
    ),
    Setting(name="HANSE_BATCH", read=_count, default="10", meaning="Routers a batch after the canary."),
    Setting(
        name="HANSE_CONCURRENCY",
        read=_count,
        default="50",
        meaning="Routers spoken to at the same time.",
    ),
    Setting(
        name="NAPALM_USERNAME",
        read=str,
        default="root",
        meaning="User on the routers, unless the router's `login` names another.",
    ),
    Setting(
        name="NAPALM_PASSWORD",
        read=str,
        default="",
        meaning="Password on the routers, unless the router's `login` names a secret.",
    ),
    Setting(
        name="NAPALM_TIMEOUT",
        read=_seconds,
        default="30",
        meaning="Seconds that a router has to answer one request.",
    ),
    Setting(
        name="NAPALM_ARGS",
        read=_mapping,
        default="{}",
        meaning="Arguments of every driver, a JSON object; those of the platform and of the router win.",
    ),
)


def read_settings(environment: Mapping[str, str]) -> dict[str, Any]:
    """Return every setting's value, by name.

    :raises BadSetting: naming every one that cannot be read
    """
    values: dict[str, Any] = {}
    wrong: list[str] = []
    for setting in SETTINGS:
        text = environment.get(setting.name, "").strip() or setting.default
        try:
            values[setting.name] = setting.read(text)
        except ValueError as error:
            wrong.append(f"{setting.name} is {text!r}: {error}")
    if wrong:
        raise BadSetting("; ".join(wrong))
    return {**values, "HANSE_DATA": values["HANSE_DATA"] or data_folder()}


def settings_table() -> str:
    """Return the settings as the Markdown table that stands in docs/operate/settings.md."""
    rows = [f"| `{item.name}` | {f'`{item.default}`' if item.default else ''} | {item.meaning} |" for item in SETTINGS]
    return "\n".join(("| setting | default | meaning |", "| --- | --- | --- |", *rows)) + "\n"


def current_settings() -> dict[str, Any]:
    """Return the settings of this process.

    :raises BadSetting:
    """
    return read_settings(os.environ)
