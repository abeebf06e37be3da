"""What a setting is, and how the text of an environment variable is read. This file knows no Django."""

import json
import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from hanse.network.errors import WantedError


class BadSetting(WantedError):
    """An environment variable holds what its setting cannot mean."""


def flag(text: str) -> bool:
    words = {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False, "": False}
    if text.lower() not in words:
        raise ValueError("write true or false")
    return words[text.lower()]


def seconds(text: str) -> timedelta:
    seconds = float(text)
    if not math.isfinite(seconds) or seconds <= 0:
        raise ValueError("a number of seconds above 0 is wanted")
    return timedelta(seconds=seconds)


def count(text: str) -> int:
    number = int(text)
    if number < 1:
        raise ValueError("at least 1 is wanted")
    return number


def number(text: str) -> int:
    number = int(text)
    if number < 0:
        raise ValueError("at least 0 is wanted")
    return number


def words(text: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in text.split(",") if word.strip())


def address(text: str) -> str:
    if text and not re.fullmatch(r"https?://[^\s/?#@]+(/[^\s?#]*)?", text):
        raise ValueError("write https://name")
    return text.rstrip("/")


def who(text: str) -> str:
    if text not in {"nobody", "administrators", "everybody"}:
        raise ValueError("write nobody, administrators or everybody")
    return text


def share(text: str) -> float:
    share = float(text)
    if not 0 <= share <= 1:
        raise ValueError("a share from 0 to 1 is wanted")
    return share


def mapping(text: str) -> Mapping[str, Any]:
    found = json.loads(text)
    if not isinstance(found, dict):
        raise ValueError('a JSON object is wanted: {"transport": "ssh"}')
    return found


def path(text: str) -> Path | None:
    return Path(text).expanduser().resolve() if text else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """One environment variable: how it is read, what holds when it is not set, and what it means."""

    name: str
    read: Callable[[str], Any]
    default: str  # as it would be written
    meaning: str
    secret: bool = False  # never shown
