"""Every page by axe, light on a desk and dark on a phone: nothing that WCAG 2.1 AA forbids."""

from typing import Any, Final

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from playwright.sync_api import BrowserContext, Page

from hanse.store.models import AuditEntry
from web.plain_pages import OF_THE_CITY, plain_pages

RULES: Final[dict[str, Any]] = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}}
LOOKS: Final = (("light", 1280, 900), ("dark", 390, 844))  # each page in both themes and both layouts, once each


@pytest.mark.parametrize(("theme", "width", "height"), LOOKS)
def test_axe_finds_nothing_on_any_page(seen: Page, alice: Client, theme: Any, width: int, height: int) -> None:
    pages = (*plain_pages(alice), *OF_THE_CITY, f"/audit/{AuditEntry.objects.latest('pk').pk}/")
    seen.emulate_media(color_scheme=theme)
    seen.set_viewport_size({"width": width, "height": height})

    found = {wrong: address for address in pages for wrong in _violations(seen, address)}

    assert found == {}


@pytest.mark.parametrize(("theme", "width", "height"), LOOKS)
def test_axe_finds_nothing_where_one_logs_in(entered: BrowserContext, theme: Any, width: int, height: int) -> None:
    entered.clear_cookies()
    page = entered.new_page()
    page.emulate_media(color_scheme=theme)
    page.set_viewport_size({"width": width, "height": height})

    found = _violations(page, "/accounts/login/")

    assert found == []


def _violations(page: Page, address: str) -> list[str]:
    page.goto(address)
    report = Axe().run(page, options=RULES).response
    return [
        f"{one['id']}: {node['target']} {node['failureSummary']}"
        for one in report["violations"]
        for node in one["nodes"]
    ]
