"""The settings about the Internet Routing Registry."""

import re
from datetime import timedelta
from typing import Final

from hanse.conf.setting import Setting, count, seconds, share, words


def program(text: str) -> str:
    if not text or text.startswith("-"):
        raise ValueError("write the name of a program, or its whole path")
    return text


def irr_server(text: str) -> str:
    if text and not re.fullmatch(r"[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?(:[0-9]{1,5})?", text):
        raise ValueError("write host or host:port")
    return text


def sources(text: str) -> tuple[str, ...]:
    found = words(text.upper())
    if not all(re.fullmatch(r"[A-Z][A-Z0-9-]{0,30}", one) for one in found):
        raise ValueError("write names of registries, parted by commas")
    return found


def hours(text: str) -> timedelta:
    return timedelta(hours=count(text))


IRR: Final = (
    Setting(
        name="HANSE_BGPQ4",
        read=program,
        default="bgpq4",
        meaning="The program that asks the IRR: its name in PATH, or its whole path.",
    ),
    Setting(
        name="HANSE_IRR_SERVER",
        read=irr_server,
        default="",
        meaning="IRRd server that is asked: `host` or `host:port`. Empty: the one that bgpq4 takes by itself.",
    ),
    Setting(
        name="HANSE_IRR_SOURCES",
        read=sources,
        default="",
        meaning="Registries that count, the most trusted first, parted by commas. Empty: all that the server has.",
    ),
    Setting(
        name="HANSE_IRR_TIMEOUT",
        read=seconds,
        default="60",
        meaning="Seconds that bgpq4 has for one answer; an AS-SET takes three.",
    ),
    Setting(
        name="HANSE_IRR_SIZE",
        read=count,
        default="64",
        meaning="MiB that one answer of bgpq4 may have; it is ended when it says more.",
    ),
    Setting(name="HANSE_IRR_CONCURRENCY", read=count, default="4", meaning="AS-SETs looked up at the same time."),
    Setting(
        name="HANSE_IRR_MAX_SHRINK",
        read=share,
        default="0.5",
        meaning="A larger share of an AS-SET's prefixes of one family, or of its origins, gone at once is refused"
        " without `--accept`.",
    ),
    Setting(
        name="HANSE_IRR_MAX_AGE",
        read=hours,
        default="72",
        meaning="Hours after which the last good answer counts as old, which is shown.",
    ),
)
