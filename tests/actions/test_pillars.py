"""What Salt's minions get: each its own router's files, and secrets only for who may read pillars."""

from collections.abc import Generator
from dataclasses import replace

import pytest

from actions.small_city import FILE, Town, town
from hanse.actions.pillars import NoSuchMinion, NothingCarried, pillar_of, pillars
from hanse.actions.rights import Granted, NotAllowed, Person, Right, operator
from hanse.actions.secrets import set_secret
from hanse.network.values.secrets import UnknownSecret
from hanse.store.models import AuditEntry

pytestmark = pytest.mark.django_db
ALICE = operator("alice")
WANTED = FILE.replace("fake: {driver: fake,", "fake: {driver: linux,").replace(
    "addresses: [192.0.2.11]}", "addresses: [192.0.2.11], password: bob-at-pix}"
)
NAMED = WANTED.replace("name: town,", "name: town, domain: town.example,")


def somebody(*rights: Right, site: str = "") -> Person:
    granted = Granted(rights=frozenset(rights), sites=frozenset({site} if site else ()))
    return Person(who="salt", door="api", granted=(granted,))


@pytest.fixture
def small() -> Generator[Town]:
    with town() as found:
        found.wants(WANTED)
        set_secret("bob-at-pix", "Strandkorb-7", person=ALICE, clock=found.world.clock)
        set_secret("of-nobody", "Leuchtturm-9", person=ALICE, clock=found.world.clock)
        yield found


def test_a_minion_gets_its_own_routers_files_and_the_secrets_in_them(small: Town) -> None:
    found = pillar_of("alpha", person=somebody(Right.READ_PILLAR), world=small.world, with_secrets=True)

    assert found.node == "alpha"
    assert found.secrets == {"bob-at-pix": "Strandkorb-7"}
    assert "/etc/bird/bird.conf" in {file.path for file in found.files}
    assert any("@secret(bob-at-pix)@" in file.text for file in found.files)
    assert found.program.content.startswith(b"PK")


def test_a_router_without_secrets_gets_none(small: Town) -> None:
    assert pillar_of("beta", person=somebody(Right.READ_PILLAR), world=small.world, with_secrets=True).secrets == {}


def test_who_may_only_look_gets_no_secret(small: Town) -> None:
    found = pillar_of("alpha", person=somebody(Right.VIEW), world=small.world)

    assert found.secrets == {}
    assert not AuditEntry.objects.filter(kind="pillar").exists()


def test_secrets_are_not_for_who_may_only_look(small: Town) -> None:
    with pytest.raises(NotAllowed):
        pillar_of("alpha", person=somebody(Right.VIEW), world=small.world, with_secrets=True)


def test_secrets_are_not_for_a_token_that_may_not_write(small: Town) -> None:
    reader = replace(somebody(Right.VIEW, Right.READ_PILLAR), read_only=True)

    with pytest.raises(NotAllowed):
        pillar_of("alpha", person=reader, world=small.world, with_secrets=True)


@pytest.mark.parametrize("right", [Right.CHANGE, Right.SEE_SECRETS])
def test_reading_pillars_is_a_right_of_its_own(right: Right, small: Town) -> None:
    assert not somebody(Right.READ_PILLAR).may(right)
    assert not somebody(Right.READ_PILLAR).may(Right.VIEW)
    assert not somebody(right).may(Right.READ_PILLAR)


def test_a_pillar_elsewhere_is_not_there(small: Town) -> None:
    with pytest.raises(NoSuchMinion):
        pillar_of("alpha", person=somebody(Right.READ_PILLAR, site="mill"), world=small.world, with_secrets=True)


@pytest.mark.parametrize("minion", ["gamma", "alpha.town.example", "alpha.", "", "ALPHA", "../alpha"])
def test_a_minion_that_is_called_like_no_router_gets_nothing(minion: str, small: Town) -> None:
    with pytest.raises(NoSuchMinion):
        pillar_of(minion, person=ALICE, world=small.world)


@pytest.mark.parametrize(
    ("minion", "node"), [("alpha", "alpha"), ("alpha.town.example", "alpha"), ("alpha.elsewhere.example", None)]
)
def test_a_minion_may_be_called_by_the_routers_full_name(minion: str, node: str | None, small: Town) -> None:
    small.wants(NAMED)

    if node is None:
        with pytest.raises(NoSuchMinion):
            pillar_of(minion, person=ALICE, world=small.world)
    else:
        assert pillar_of(minion, person=ALICE, world=small.world).node == node


def test_a_router_that_is_not_in_use_gets_nothing(small: Town) -> None:
    small.wants(WANTED.replace("{number: 2, site: hall,", "{number: 2, site: hall, status: planned,"))

    with pytest.raises(NoSuchMinion):
        pillar_of("beta", person=ALICE, world=small.world)


def test_a_router_that_no_program_works_on_gets_nothing(small: Town) -> None:
    small.wants(WANTED.replace("number: 2, site: hall, platform: fake", "number: 2, site: hall, platform: silent"))

    with pytest.raises(NothingCarried):
        pillar_of("beta", person=ALICE, world=small.world)
    assert [one.node for one in pillars(person=ALICE, world=small.world)] == ["alpha"]


def test_a_secret_that_nobody_put_down_is_named(small: Town) -> None:
    small.wants(WANTED.replace("password: bob-at-pix", "password: forgotten"))

    with pytest.raises(UnknownSecret, match="hanse secret set forgotten"):
        pillar_of("alpha", person=ALICE, world=small.world, with_secrets=True)


def test_that_secrets_were_read_is_on_record_once_and_by_name(small: Town) -> None:
    for _ in range(3):
        pillar_of("alpha", person=somebody(Right.READ_PILLAR), world=small.world, with_secrets=True)

    (entry,) = AuditEntry.objects.filter(kind="pillar")
    assert (entry.who, entry.name, entry.after) == ("salt", "alpha", {"secrets": ["bob-at-pix"]})


def test_pillars_of_all_hold_secrets_only_if_they_are_asked_for(small: Town) -> None:
    by_name = pillars(person=ALICE, world=small.world)
    with_values = pillars(person=ALICE, world=small.world, limit=["alpha"], with_secrets=True)

    assert [(one.node, dict(one.secrets)) for one in by_name] == [("alpha", {}), ("beta", {})]
    assert [dict(one.secrets) for one in with_values] == [{"bob-at-pix": "Strandkorb-7"}]


def test_pillars_of_all_with_secrets_are_for_who_may_read_them(small: Town) -> None:
    with pytest.raises(NotAllowed):
        pillars(person=somebody(Right.VIEW), world=small.world, with_secrets=True)
