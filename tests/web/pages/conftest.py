"""What the tests of pages share: the town, and the browsers of Alice and Bob before it."""

from collections.abc import Iterator

import pytest
from django.test import Client

from actions.small_city import Town, town
from hanse.store.models import User
from web.browsers import browser_of, browser_with


@pytest.fixture
def place() -> Iterator[Town]:
    """Return the town, its intent in the store."""
    with town() as found:
        yield found


@pytest.fixture
def alice(db: None) -> Client:
    """Alice at her browser: she may do everything."""
    return browser_of(User.objects.create_superuser("alice"))


@pytest.fixture
def bob(db: None) -> Client:
    """Bob at his browser: he may look."""
    return browser_with("bob", "view")
