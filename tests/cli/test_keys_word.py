"""`hanse keys`: tunnels' keys by age, and made anew; no value is ever printed."""

from collections.abc import Callable, Iterator

import pytest

from actions.small_city import FILE, Town, town
from hanse.actions.planning import plan
from hanse.cli.say import Exit
from hanse.store import access

pytestmark = pytest.mark.django_db(transaction=True)

Run = Callable[..., tuple[int, str, str]]
WITH_TUNNEL = (
    FILE.replace(
        "pools:", 'pools:\n  t4: {use: tunnel, prefix: 10.20.9.0/24}\n  t6: {use: tunnel, prefix: "fd20:9::/64"}'
    ).replace("link_classes: {", "link_classes: {far: {medium: tunnel, cost: 500, mtu: 1380}, ")
    + "tunnels: {west: {number: 1, kind: wireguard, link_class: far, ends: {alpha: {address: 192.0.2.1}, beta: }}}\n"
)


@pytest.fixture
def joined() -> Iterator[Town]:
    """Give the town with a tunnel between its routers."""
    with town(WITH_TUNNEL) as found:
        yield found


def test_keys_are_listed_before_and_after_they_are_made(run: Run, joined: Town) -> None:
    before = run("keys", "list")[1]
    plan(world=joined.world)

    code, after, _ = run("keys", "list")

    assert code == Exit.FINE
    assert "with the next plan" in before
    assert "with the next plan" not in after
    assert "west    wireguard  alpha beta" in after


def test_new_keys_say_what_gives_them_to_both_routers(run: Run, joined: Town) -> None:
    code, out, _ = run("keys", "rotate", "west")

    assert code == Exit.FINE
    assert "`hanse apply --limit alpha,beta`" in out
    assert not [value for value in access.secrets().values() if value in out]


@pytest.mark.parametrize("given", [("rotate", "wets"), ("rotate",), ("list", "west")])
def test_what_cannot_be_done_is_said(run: Run, joined: Town, given: tuple[str, ...]) -> None:
    code, _, err = run("keys", *given)

    assert code == Exit.WANTED
    assert "did you mean west?" in err or "hanse keys list | rotate TUNNEL" in err
