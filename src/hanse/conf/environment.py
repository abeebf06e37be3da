"""The settings that an operator may make, read from the environment once and checked: name, default, meaning.

This file knows no Django, so that `hanse check` starts without it. docs/operate/settings.md is compared with it.
"""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from hanse.conf.alert_settings import ALERTS
from hanse.conf.irr_settings import IRR
from hanse.conf.page_settings import PAGES
from hanse.conf.people_settings import PEOPLE
from hanse.conf.registry_settings import REGISTRIES
from hanse.conf.salt_settings import SALT
from hanse.conf.setting import BadSetting, Setting, count, flag, mapping, path, seconds, share
from hanse.conf.settings_file import with_file
from hanse.conf.work_settings import WORK

HERE: Final = Path(__file__).resolve().parents[3]


def data_folder(here: Path = HERE, home: Path | None = None) -> Path:
    """Return where Hanse keeps its data: `var` in a clone, else under the user's home."""
    if (here / "pyproject.toml").is_file():
        return here / "var"
    return (home or Path.home()) / ".local" / "share" / "hanse"


SETTINGS: Final = (
    Setting(
        name="HANSE_DATA",
        read=path,
        default="",
        meaning="Folder of the database and its keys. Empty: `var` in a clone, else `~/.local/share/hanse`.",
    ),
    Setting(name="HANSE_DEBUG", read=flag, default="false", meaning="Django's debug mode. Never on a network."),
    Setting(
        name="HANSE_TEMPLATES",
        read=path,
        default="",
        meaning="Folder of templates that replace ours, by name: `bird2/bird.conf.j2`. Empty: none.",
    ),
    Setting(
        name="HANSE_SSH_KEY",
        read=path,
        default="",
        meaning="Private SSH key for the routers. Empty: password only.",
    ),
    Setting(
        name="HANSE_UNDO_AFTER",
        read=seconds,
        default="300",
        meaning="Seconds after which a router undoes what was not confirmed.",
    ),
    Setting(
        name="HANSE_SETTLE",
        read=seconds,
        default="120",
        meaning="Seconds that neighbours and sessions have to come up again before a deployment counts as harm."
        " It must be below HANSE_UNDO_AFTER.",
    ),
    Setting(
        name="HANSE_FIRST_LOOK",
        read=seconds,
        default="3",
        meaning="Seconds after an installation at which Hanse looks first, over a new connection.",
    ),
    Setting(
        name="HANSE_MAX_ROUTERS",
        read=count,
        default="50",
        meaning="More routers in one plan are refused without `--force`.",
    ),
    Setting(
        name="HANSE_MAX_LINES_REMOVED",
        read=share,
        default="0.3",
        meaning="A larger share of one router's lines removed is refused without `--force`.",
    ),
    Setting(
        name="HANSE_MAX_SESSIONS_REMOVED",
        read=share,
        default="0.25",
        meaning="A larger share of BGP sessions removed is refused without `--force`.",
    ),
    Setting(
        name="HANSE_CANARY",
        read=count,
        default="1",
        meaning="Routers that a plan is tried on before all others.",
    ),
    Setting(name="HANSE_BATCH", read=count, default="10", meaning="Routers a batch after the canary."),
    Setting(
        name="HANSE_CONCURRENCY",
        read=count,
        default="50",
        meaning="Routers spoken to at the same time.",
    ),
    *WORK,
    *PAGES,
    *PEOPLE,
    *ALERTS,
    *REGISTRIES,
    *IRR,
    *SALT,
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
        secret=True,
    ),
    Setting(
        name="NAPALM_TIMEOUT",
        read=seconds,
        default="30",
        meaning="Seconds that a router has to answer one request.",
    ),
    Setting(
        name="NAPALM_ARGS",
        read=mapping,
        default="{}",
        meaning="Arguments of every driver, a JSON object; those of the platform and of the router win.",
        secret=True,
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
            shown = "(hidden)" if setting.secret else repr(text)
            wrong.append(f"{setting.name} is {shown}: {error}")
    if wrong:
        raise BadSetting("; ".join(wrong))
    return {**values, "HANSE_DATA": values["HANSE_DATA"] or data_folder()}


def settings_table() -> str:
    """Return the settings as the Markdown table that stands in docs/operate/settings.md."""
    rows = [f"| `{item.name}` | {f'`{item.default}`' if item.default else ''} | {item.meaning} |" for item in SETTINGS]
    return "\n".join(("| setting | default | meaning |", "| --- | --- | --- |", *rows)) + "\n"


def current_settings() -> dict[str, Any]:
    """Return the settings of this process: its environment's, and those of the file in its data folder.

    :raises BadSetting:
    """
    return read_settings(everything_set())


def everything_set(environment: Mapping[str, str] = os.environ) -> dict[str, str]:
    """Return the environment over the file of settings in the data folder.

    :raises BadSetting: the file cannot be meant
    """
    folder = environment.get("HANSE_DATA", "").strip()
    there = Path(folder).expanduser().resolve() if folder else data_folder()
    return with_file(environment, there, frozenset(setting.name for setting in SETTINGS))
