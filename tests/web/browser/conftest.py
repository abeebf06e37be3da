"""Chromium as Debian packages it, and a page that is logged in and notes what its console says."""

import os
import shutil
from collections.abc import Iterator
from typing import Any, Final

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page
from pytest_django.live_server_helper import LiveServer

from hanse.store.models import User
from web.city_on_desk import Desk, city_on_desk

CHROMIUM: Final = shutil.which("chromium")
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # Playwright has a loop in the thread of the test


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave these tests out, with the reason, where there is no browser."""
    here = os.path.dirname(__file__)
    for item in items:
        if not CHROMIUM and str(item.path).startswith(here):
            item.add_marker(pytest.mark.skip(reason="looks at pages in Chromium: see script/debian-packages.txt"))


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    return {"executable_path": CHROMIUM, "args": ["--no-sandbox", "--disable-dev-shm-usage"]}


@pytest.fixture
def desk(transactional_db: None) -> Iterator[Desk]:
    with city_on_desk() as found:
        yield found


@pytest.fixture
def alice(desk: Desk) -> Client:
    """Return a client in which Alice, who may do everything, is logged in."""
    client = Client()
    client.force_login(User.objects.create_superuser("alice", "alice@example.net", "not-used-here-1"))
    return client


@pytest.fixture
def entered(alice: Client, live_server: LiveServer, browser: Browser) -> Iterator[BrowserContext]:
    """Return a browser in which Alice is logged in."""
    context = browser.new_context(base_url=live_server.url)
    cookie = alice.cookies[settings.SESSION_COOKIE_NAME]
    context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])
    yield context
    context.close()


@pytest.fixture
def complaints() -> list[str]:
    """Return what the console complains of, as it does."""
    return []


@pytest.fixture
def seen(entered: BrowserContext, complaints: list[str]) -> Page:
    """Return a tab of that browser; its console's errors are noted."""
    page = entered.new_page()
    page.on("console", lambda said: complaints.append(said.text) if said.type in {"error", "warning"} else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    return page
