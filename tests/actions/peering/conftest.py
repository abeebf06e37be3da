"""What the tests of the peering desk share: the town of fake routers, and PeeringDB's sample beside it."""

from collections.abc import Iterator

import pytest

from actions.small_city import FILE, Town, town
from samples.peeringdb_rows import put_sample

PIX = "exchanges: {pix: {lan: [192.0.2.0/24"
BOTH = FILE.replace(PIX, f'{PIX}, "2001:db8:100::/64"').replace(
    "addresses: [192.0.2.1]", 'addresses: [192.0.2.1, "2001:db8:100::1"]'
)


@pytest.fixture
def place() -> Iterator[Town]:
    """Return the town, on both families at the exchange; it peers with AS64501 over IPv4 only."""
    with town(BOTH) as found:
        put_sample()
        yield found
