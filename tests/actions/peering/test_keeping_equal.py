"""Networks that are kept equal to PeeringDB: what is taken, what is shown only, and how it is undone."""

from dataclasses import replace

import pytest

from actions.small_city import Town, quiet_world
from hanse.actions.change_sets import undo
from hanse.actions.drafts import save_now, take
from hanse.actions.jobs import ask
from hanse.actions.peering.joining import Wish, add_peers
from hanse.actions.peering.keeping_equal import keep_equal, shown_differences
from hanse.actions.rights import Granted, Person, Right, operator
from hanse.actions.running_jobs import run
from hanse.network.values.asn import Asn
from hanse.network.wanted.edits import Edit
from hanse.network.wanted.peering import AutonomousSystem, Kept
from hanse.network.wanted.sessions import FamilyNumbers
from hanse.store import snapshot
from hanse.store.models import ChangeSet, Job
from samples.peeringdb_rows import SAMPLE, say_of

pytestmark = pytest.mark.django_db
ALICE = operator("alice")
SENNE = 64506


@pytest.fixture
def place(place: Town) -> Town:
    """Return the town with Senne Fibre, kept equal to PeeringDB."""
    add_peers(peers={"pix": [SENNE]}, wish=Wish(at_once=True), person=ALICE, world=place.world)
    return place


def senne() -> AutonomousSystem:
    return snapshot.load().autonomous_systems[Asn(SENNE)]


def titles() -> list[str]:
    return list(ChangeSet.objects.filter(who="PeeringDB").order_by("pk").values_list("title", flat=True))


def test_what_is_equal_stays(place: Town) -> None:
    assert keep_equal(place.world) == ()
    assert titles() == []


def test_each_difference_is_a_change_set_of_its_own_with_a_title(place: Town) -> None:
    say_of(SENNE, name="Senne Fibre GmbH", irr_as_set="AS-SENNE-ALL", info_prefixes4=80, info_prefixes6=19)

    assert keep_equal(place.world) == ()

    assert titles() == [
        "PeeringDB: AS64506 name is Senne Fibre GmbH, was Senne Fibre",
        "PeeringDB: AS64506 as-set is AS-SENNE-ALL, was AS-SENNE",
        "PeeringDB: AS64506 max-prefixes-ipv4 is 80, was 40",
        "PeeringDB: AS64506 max-prefixes-ipv6 is 19, was 20",
    ]
    assert (senne().name, senne().as_set) == ("Senne Fibre GmbH", "AS-SENNE-ALL")
    assert senne().max_prefixes == FamilyNumbers(ipv4=80, ipv6=19)


def test_it_can_be_undone(place: Town) -> None:
    say_of(SENNE, info_prefixes4=80)
    keep_equal(place.world)

    number = ChangeSet.objects.get(who="PeeringDB").pk
    take(draft=undo(number=number, person=ALICE, world=place.world), person=ALICE, world=place.world)

    assert senne().max_prefixes == FamilyNumbers(ipv4=40, ipv6=20)


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"info_prefixes4": None}, "vanished"),
        ({"info_prefixes4": 0}, "vanished"),
        ({"info_prefixes4": 19}, "shrank"),
        ({"info_prefixes6": 9}, "shrank"),
        ({"irr_as_set": ""}, "vanished"),
        ({"irr_as_set": "nonsense set"}, "vanished"),
        ({"name": ""}, "vanished"),
    ],
)
def test_what_vanished_or_shrank_is_shown_and_not_taken(place: Town, said: dict[str, object], why: str) -> None:
    say_of(SENNE, **said)

    (left,) = keep_equal(place.world)

    assert why in left.refused
    assert titles() == []
    assert shown_differences(ALICE) == (left,)


def test_half_is_still_taken(place: Town) -> None:
    say_of(SENNE, info_prefixes4=20)

    assert keep_equal(place.world) == ()
    assert senne().max_prefixes == FamilyNumbers(ipv4=20, ipv6=20)


def test_only_what_is_kept_is_taken(place: Town) -> None:
    body = {"name": "Senne", "keep": [Kept.AS_SET.value], "max_prefixes": {"ipv4": 1, "ipv6": 1}}
    save_now(edits=[Edit(kind="autonomous_systems", name="64506", body=body)], person=ALICE, world=place.world)

    keep_equal(place.world)

    assert (senne().name, senne().as_set) == ("Senne", "AS-SENNE")
    assert senne().max_prefixes == FamilyNumbers(ipv4=1, ipv6=1)


def test_a_sync_keeps_equal_and_tells_what_it_left(place: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HANSE_PEERINGDB_URL", f"file://{SAMPLE}")
    world = replace(quiet_world(), clock=place.clock)
    body = {"name": "Senne", "keep": ["name", "max-prefixes-ipv4"], "max_prefixes": {"ipv4": 100, "ipv6": 20}}
    save_now(edits=[Edit(kind="autonomous_systems", name="64506", body=body)], person=ALICE, world=world)

    number = ask(kind="peeringdb", arguments={"full": True}, person=ALICE, world=world)
    run(number, world=world)

    assert titles() == ["PeeringDB: AS64506 name is Senne Fibre, was Senne"]
    assert "not taken: AS64506 max-prefixes-ipv4: 100 here, 40 at PeeringDB" in Job.objects.get(pk=number).log


def test_carol_is_shown_her_own_differences_only(place: Town) -> None:
    say_of(SENNE, info_prefixes4=None)
    carol = Person(
        who="carol", door="page", granted=(Granted(rights=frozenset({Right.VIEW}), asns=frozenset({64501})),)
    )

    assert shown_differences(carol) == ()
    assert len(shown_differences(ALICE, asn=SENNE)) == 1
