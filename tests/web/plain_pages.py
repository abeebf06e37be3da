"""The pages that can be looked at without knowing what they are about."""

from collections.abc import Iterator
from typing import Any, Final

from django.test import Client
from django.urls import URLPattern, get_resolver

OF_THE_CITY: Final = (
    "/routers/border1/",
    "/routers/spur2/",
    "/sessions/border1/192.0.2.11/",
    "/exchanges/pix/",
    "/links/radio-dom-nordturm/",
    "/autonomous-systems/64501/",
    "/search/?q=core",
)


def plain_pages(client: Client) -> tuple[str, ...]:
    """Return the address of every page that needs no more than its name and is there to be looked at."""
    (pages,) = (one for one in get_resolver().url_patterns if str(one.pattern) == "" and hasattr(one, "url_patterns"))
    return tuple(sorted(address for address in _plain(pages.url_patterns) if _is_page(client, address)))


def _plain(patterns: list[Any]) -> Iterator[str]:
    for one in patterns:
        route = str(one.pattern)
        if isinstance(one, URLPattern) and "<" not in route:
            yield f"/{route}"


def _is_page(client: Client, address: str) -> bool:
    answer = client.get(address)
    return answer.status_code == 200 and answer.headers["Content-Type"].startswith("text/html")
