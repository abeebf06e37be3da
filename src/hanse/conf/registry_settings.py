"""The settings about registries: where they are, and how much of what they say is believed."""

from typing import Final

from hanse.conf.alert_settings import days
from hanse.conf.setting import Setting, address, seconds, share


def registry(text: str) -> str:
    if text.startswith("file:///") and text.strip("/") != "file:":
        return text.rstrip("/")
    return "" if text == "none" else address(text)


REGISTRIES: Final = (
    Setting(
        name="HANSE_PEERINGDB_URL",
        read=registry,
        default="https://www.peeringdb.com/api",
        meaning="PeeringDB's API, or a copy of it; `file:///FOLDER`: its answers as files. `none`: it is never asked.",
    ),
    Setting(
        name="HANSE_PEERINGDB_KEY",
        read=str,
        default="",
        meaning="API key at PeeringDB. Empty: as a stranger Hanse sees fewer contacts and may ask less often.",
        secret=True,
    ),
    Setting(
        name="HANSE_PEERINGDB_PROXY",
        read=address,
        default="",
        meaning="Proxy on the way to PeeringDB: `http://name:port`. Empty: none, not that of the environment either.",
    ),
    Setting(
        name="HANSE_PEERINGDB_TIMEOUT",
        read=seconds,
        default="60",
        meaning="Seconds that PeeringDB may stay silent.",
    ),
    Setting(
        name="HANSE_PEERINGDB_WAIT",
        read=seconds,
        default="900",
        meaning="Seconds that Hanse waits at most for one page, if PeeringDB says that it is asked too often.",
    ),
    Setting(
        name="HANSE_PEERINGDB_SHRINK",
        read=share,
        default="0.1",
        meaning="A larger share of one kind gone from PeeringDB at once is refused: what was known stays.",
    ),
    Setting(
        name="HANSE_PEERINGDB_FULL",
        read=days,
        default="30",
        meaning="Days after which everything is read anew, not only what changed. 0: only when somebody asks.",
    ),
)
