"""The address that Salt's master asks, as the master asks it: with a token of a user who may read pillars."""

from collections.abc import Iterator

import pytest
from django.test import Client

from actions.small_city import FILE, Town, town
from hanse.actions.rights import Granted, Right, operator
from hanse.actions.secrets import set_secret
from hanse.actions.tokens import make
from hanse.store.models import Grant, User
from web.api.asking import Asking

pytestmark = pytest.mark.django_db
ALICE = operator("alice")
WANTED = FILE.replace("fake: {driver: fake,", "fake: {driver: linux,").replace(
    "addresses: [192.0.2.11]}", "addresses: [192.0.2.11], password: bob-at-pix}"
)


@pytest.fixture
def small() -> Iterator[Town]:
    with town() as found:
        found.wants(WANTED)
        set_secret("bob-at-pix", "Strandkorb-7", person=ALICE, clock=found.world.clock)
        yield found


def master(small: Town, *rights: Right, may_write: bool = True) -> Asking:
    """Return Salt's master with a token of a user who has these rights and no other."""
    user = User.objects.create(username="salt")
    Grant.objects.create(name="salt", **Granted(rights=frozenset(rights)).as_row()).users.add(user)
    text = make(name="master", may_write=may_write, of="salt", person=ALICE, clock=small.world.clock)
    return Asking(Client(headers={"Authorization": f"Token {text}"}))


@pytest.fixture(autouse=True)
def alice_is_there() -> None:
    User.objects.create(username="alice", is_superuser=True)


def test_the_pillar_has_files_program_and_the_routers_own_secrets(small: Town) -> None:
    answer = master(small, Right.READ_PILLAR).ask("POST", "salt/pillar/alpha/")

    assert answer.status == 200
    assert (answer.body["minion"], answer.body["node"]) == ("alpha", "alpha")
    assert answer.body["secrets"] == {"bob-at-pix": "Strandkorb-7"}
    assert answer.body["program"]["path"].startswith("/var/lib/hanse/")
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("address", ["render/alpha/", "wanted/nodes/", "secrets/", "seen/routers/", "export/"])
def test_who_may_read_pillars_reads_nothing_else(small: Town, address: str) -> None:
    answer = master(small, Right.READ_PILLAR).get(address)

    assert answer.status in {403, 404, 422} or answer.body["count"] == 0


def test_a_token_that_may_not_write_brings_no_values(small: Town) -> None:
    asking = master(small, Right.READ_PILLAR, Right.VIEW, may_write=False)

    assert asking.ask("POST", "salt/pillar/alpha/").status == 403
    assert asking.get("salt/pillar/alpha/").body["secrets"] == {}


@pytest.mark.parametrize("minion", ["gamma", "alpha.elsewhere.example"])
def test_a_minion_that_is_no_router_is_not_there(small: Town, minion: str) -> None:
    assert master(small, Right.READ_PILLAR).ask("POST", f"salt/pillar/{minion}/").status == 404


def test_a_missing_secret_is_told_in_a_sentence(small: Town) -> None:
    small.wants(WANTED.replace("password: bob-at-pix", "password: forgotten"))

    answer = master(small, Right.READ_PILLAR).ask("POST", "salt/pillar/alpha/")

    assert answer.status == 422
    assert "hanse secret set forgotten" in answer.body["detail"]
