"""What the tests of actions share: a town of fake routers, its intent in the store."""

from collections.abc import Iterator

import pytest

from actions.small_city import Town, town


@pytest.fixture
def place() -> Iterator[Town]:
    """Return the town."""
    with town() as found:
        yield found
