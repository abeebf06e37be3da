"""Every page by axe, light on a desk and dark on a phone: nothing that WCAG 2.1 AA forbids."""

from collections.abc import Iterator
from typing import Any, Final

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from playwright.sync_api import BrowserContext, Page

from web.all_routes import address, parts, routes
from web.city_on_desk import Desk
from web.example_parts import example
from web.five_people import five_people
from web.much_on_desk import put_much
from web.plain_pages import OF_THE_CITY, plain_pages

RULES: Final[dict[str, Any]] = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]},
    "resultTypes": ["violations"],  # what is well is long, and nobody reads it
    "preload": False,  # of films and styles: no rule that is asked for needs it
}
LOOKS: Final[tuple[tuple[Any, int, int], ...]] = (("light", 1280, 900), ("dark", 390, 844))
SHARES: Final = 3  # of the pages, so that several processes can look
ELSEWHERE: Final = ("/api/", "/accounts/")


@pytest.mark.parametrize("share", range(SHARES))
def test_axe_finds_nothing_on_any_page(desk: Desk, alice: Client, seen: Page, share: int) -> None:
    five_people()
    put_much(desk)
    pages = (*plain_pages(alice), *OF_THE_CITY, *_pages_with_parts(alice))[share::SHARES]

    found = {wrong: page for page in pages for wrong in _violations(seen, page)}

    assert len(pages) >= 60 // SHARES
    assert found == {}


def test_axe_finds_nothing_where_one_logs_in(entered: BrowserContext) -> None:
    entered.clear_cookies()

    found = tuple(_violations(entered.new_page(), "/accounts/login/"))

    assert found == ()


def _pages_with_parts(client: Client) -> Iterator[str]:
    """Yield the address of each page that has a number or a name in it, of something that is there."""
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    for route in routes():
        if parts(route) and not route.startswith(ELSEWHERE):
            found = address(route, example(route, session))
            answer = client.get(found)
            if answer.status_code == 200 and b"<!doctype html>" in answer.content[:100]:
                yield found


def _violations(page: Page, where: str) -> Iterator[str]:
    """Yield what is wrong with a page. It is fetched once, and looked at in each look."""
    page.emulate_media(color_scheme=LOOKS[0][0], reduced_motion="reduce")
    page.set_viewport_size({"width": LOOKS[0][1], "height": LOOKS[0][2]})
    page.goto(where)
    for theme, width, height in LOOKS:
        page.emulate_media(color_scheme=theme, reduced_motion="reduce")
        page.set_viewport_size({"width": width, "height": height})
        for one in Axe().run(page, options=RULES).response["violations"]:
            for node in one["nodes"]:
                yield f"{theme}: {one['id']}: {node['target']} {node['failureSummary']}"
