"""An antenna is polled, and a plan leaves it alone."""

import socket
from collections.abc import Iterator

import pytest

from actions.small_city import FILE, Town, town
from hanse.actions.pinging import ping
from hanse.actions.planning import plan
from hanse.actions.polling import poll
from hanse.monitor.look import Look, Unanswered
from hanse.store.models import RouterStanding

pytestmark = pytest.mark.django_db(transaction=True)
MAST = """  mast:
    {{number: 9, site: hall, platform: watched, roles: [antenna],
      management: {{address: 127.0.0.1/8}}, login: {{port: {port}}}}}
"""


@pytest.fixture
def place() -> Iterator[Town]:
    with town() as found:
        yield found


@pytest.fixture
def server() -> Iterator[socket.socket]:
    with socket.create_server(("127.0.0.1", 0)) as found:
        yield found


def put_up(place: Town, server: socket.socket) -> None:
    """Want an antenna that listens where `server` does."""
    text = FILE.replace("  silent:", "  watched: {driver: ping}\n  silent:")
    text = text.replace("links: {middle", MAST.format(port=server.getsockname()[1]) + "links: {middle")
    place.wants(text)


def test_an_antenna_is_polled_and_its_standing_says_that_it_answers(place: Town, server: socket.socket) -> None:
    put_up(place, server)

    (polled,) = poll(world=place.world, limit=["mast"])

    standing = RouterStanding.objects.get(node="mast")
    assert isinstance(polled.look, Look)
    assert (standing.answered, standing.sessions_wanted, standing.neighbours_wanted) == (True, 0, 0)


def test_one_that_is_gone_is_silent(place: Town, server: socket.socket) -> None:
    put_up(place, server)
    poll(world=place.world, limit=["mast"])
    server.close()

    (polled,) = poll(world=place.world, limit=["mast"])

    assert isinstance(polled.look, Unanswered)
    assert "takes no connection" in polled.look.reason
    assert [str(one) for one in polled.happenings]


def test_a_plan_leaves_an_antenna_alone(place: Town, server: socket.socket) -> None:
    put_up(place, server)

    found = plan(world=place.world)

    assert "mast" not in {one.node for one in found.plan.devices}
    assert [(one.node, one.is_ours) for one in found.missed] == [("mast", True)]
    assert [one.node for one in ping(world=place.world, limit=["mast"]) if not one.error] == ["mast"]
