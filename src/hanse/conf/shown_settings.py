"""The settings of this process as an operator may see them: no secret among them."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from hanse.conf.environment import SETTINGS, everything_set
from hanse.conf.setting import Setting

HIDDEN: Final = "(hidden)"
PASSWORD: Final = re.compile(r"(?<=://)([^/@\s]*):[^/@\s]*@")  # in an address: user:password@host


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownSetting:
    """One setting: what holds, what would if nothing was set, and where it comes from."""

    name: str
    value: str
    default: str
    meaning: str
    comes_from: str  # environment, file, default


def shown_settings(environment: Mapping[str, str] = os.environ) -> tuple[ShownSetting, ...]:
    """Return every setting, in order. A secret's value is never told, only whether there is one."""
    everything = everything_set(environment)
    return tuple(
        _shown(setting, everything.get(setting.name, "").strip(), environment.get(setting.name, "").strip())
        for setting in SETTINGS
    )


def _shown(setting: Setting, written: str, in_environment: str) -> ShownSetting:
    value = written or setting.default
    return ShownSetting(
        name=setting.name,
        value=HIDDEN if setting.secret and written else PASSWORD.sub(rf"\1:{HIDDEN}@", value),
        default=setting.default,
        meaning=setting.meaning,
        comes_from="environment" if in_environment else "file" if written else "default",
    )
