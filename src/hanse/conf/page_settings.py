"""The settings of how pages look, and what they let a browser fetch from elsewhere."""

from typing import Final
from urllib.parse import urlsplit

from hanse.conf.setting import Setting


def origins_of(url: str) -> tuple[str, ...]:
    """Return the origin of `url` as a content security policy names it; none for an empty one."""
    if not url:
        return ()
    parts = urlsplit(url)
    return (f"{parts.scheme}://{parts.netloc}",)


def tiles(text: str) -> str:
    """Read the address of map tiles; empty: none.

    :raises ValueError:
    """
    if not text:
        return ""
    parts = urlsplit(text)
    if parts.scheme not in {"http", "https"} or not parts.netloc or "{" in parts.netloc:
        raise ValueError("an http(s) address of one host is wanted")
    try:
        text.format(z=0, x=0, y=0)
    except (KeyError, IndexError, ValueError) as error:
        raise ValueError("only {z}, {x} and {y} can stand in it") from error
    return text


PAGES: Final = (
    Setting(
        name="HANSE_TILES",
        read=tiles,
        default="",
        meaning="Where the map fetches tiles to lie under it: `https://tiles.example.net/{z}/{x}/{y}.png`. Browsers are"
        " let fetch pictures from there. Empty: none; the map needs no tiles.",
    ),
    Setting(
        name="HANSE_TILES_BY",
        read=str,
        default="",
        meaning="Whom the map names for its tiles, as their licence asks for.",
    ),
)
