"""Wanted objects by the API: read whole, made, changed and removed, one or many, and refused with the reason."""

from collections.abc import Generator

import pytest

from actions.small_city import Town, town
from hanse.actions.rights import Granted, Right
from hanse.store.models import AuditEntry, ChangeSet, WantedObject
from web.api.asking import Asking, alice, bob, somebody

pytestmark = pytest.mark.django_db
SITE = {"name": "mill", "region": "west"}


@pytest.fixture
def small() -> Generator[Town]:
    """Put the town into the store."""
    with town() as found:
        yield found


@pytest.fixture
def operator(small: Town) -> Asking:
    """Return Alice at the API of the town."""
    return alice()


def number_of(kind: str, name: str) -> int:
    """Return the number of an object."""
    return WantedObject.objects.get(kind=kind, name=name).pk


def test_an_object_is_shown_whole_with_what_is_at_its_default(operator: Asking) -> None:
    answer = operator.get(f"wanted/nodes/{number_of('nodes', 'beta')}/")

    assert answer.status == 200
    assert answer.body["display"] == "beta"
    assert answer.body["status"] == "active"
    assert answer.body["management"] == {"address": "198.18.0.2/24", "port": "mgmt"}
    assert answer.headers["ETag"] == '"1"'


def test_an_autonomous_system_goes_by_its_number(operator: Asking) -> None:
    answer = operator.get("wanted/autonomous-systems/?asn=64501")

    assert [one["display"] for one in answer.body["results"]] == ["AS64501 Bob"]


def test_what_is_made_is_wanted_and_on_record(operator: Asking) -> None:
    answer = operator.ask("POST", "wanted/sites/", SITE)

    assert answer.status == 201
    assert answer.body["name"] == "mill"
    assert WantedObject.objects.get(kind="sites", name="mill").body == {"region": "west"}
    entry = AuditEntry.objects.latest("pk")
    assert (entry.who, entry.door, entry.change_set_id) == ("alice", "api", int(answer.headers["Hanse-Change-Set"]))


def test_a_patch_changes_only_the_fields_that_it_has(operator: Asking) -> None:
    number = number_of("link_classes", "fibre")

    answer = operator.ask("PATCH", f"wanted/link-classes/{number}/", {"cost": 20})

    assert answer.status == 200
    assert (answer.body["cost"], answer.body["medium"], answer.body["version"]) == (20, "fibre", 2)


def test_a_put_takes_the_place_of_the_whole_object(operator: Asking) -> None:
    made = operator.ask("POST", "wanted/sites/", SITE).body

    answer = operator.ask("PUT", f"wanted/sites/{made['id']}/", {"name": "mill"})

    assert answer.body["region"] == ""


def test_what_was_read_can_be_put_back_unchanged(operator: Asking) -> None:
    number = number_of("nodes", "alpha")
    read = operator.get(f"wanted/nodes/{number}/").body

    answer = operator.ask("PUT", f"wanted/nodes/{number}/", read)

    assert answer.status == 200
    assert answer.body == read
    assert "Hanse-Change-Set" not in answer.headers


def test_an_object_is_removed(operator: Asking) -> None:
    made = operator.ask("POST", "wanted/sites/", SITE).body

    answer = operator.ask("DELETE", f"wanted/sites/{made['id']}/")

    assert answer.status == 204
    assert not WantedObject.objects.filter(kind="sites", name="mill").exists()


def test_another_name_makes_it_another_object(operator: Asking) -> None:
    made = operator.ask("POST", "wanted/sites/", SITE).body

    answer = operator.ask("PATCH", f"wanted/sites/{made['id']}/", {"name": "tower"})

    assert answer.body["name"] == "tower"
    assert answer.body["region"] == "west"
    assert not WantedObject.objects.filter(kind="sites", name="mill").exists()


def test_many_are_made_changed_and_removed_as_one_change_set_each(operator: Asking) -> None:
    before = ChangeSet.objects.count()

    made = operator.ask("POST", "wanted/sites/", [{"name": "north"}, {"name": "south"}])
    changed = operator.ask("PATCH", "wanted/sites/", [{"id": one["id"], "region": "west"} for one in made.body])
    removed = operator.ask("DELETE", "wanted/sites/", [{"id": one["id"]} for one in made.body])

    assert [made.status, changed.status, removed.status] == [201, 200, 204]
    assert [one["region"] for one in changed.body] == ["west", "west"]
    assert ChangeSet.objects.count() == before + 3


def test_of_many_all_are_taken_or_none(operator: Asking) -> None:
    answer = operator.ask("POST", "wanted/sites/", [{"name": "north"}, {"name": "south", "region": 1, "no": 2}])

    assert answer.status == 422
    assert not WantedObject.objects.filter(kind="sites", name="north").exists()


def test_what_contradicts_is_refused_with_every_place(operator: Asking) -> None:
    answer = operator.ask("DELETE", f"wanted/sites/{number_of('sites', 'hall')}/")

    assert answer.status == 422
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert [one["path"] for one in answer.body["problems"]] == [["nodes", "alpha", "site"], ["nodes", "beta", "site"]]
    assert "there is no site 'hall'" in answer.body["detail"]


def test_a_name_that_is_there_already_is_refused(operator: Asking) -> None:
    answer = operator.ask("POST", "wanted/sites/", {"name": "hall"})

    assert (answer.status, answer.body["title"]) == (422, "Already there")


def test_an_older_version_in_if_match_is_refused(operator: Asking) -> None:
    number = number_of("link_classes", "fibre")
    operator.ask("PATCH", f"wanted/link-classes/{number}/", {"cost": 20}, If_Match='"1"')

    answer = operator.ask("PATCH", f"wanted/link-classes/{number}/", {"cost": 30}, If_Match='"1"')

    assert (answer.status, answer.body["title"]) == (412, "Not as read")


def test_an_older_version_in_the_body_is_a_conflict(operator: Asking) -> None:
    number = number_of("link_classes", "fibre")
    read = operator.get(f"wanted/link-classes/{number}/").body
    operator.ask("PATCH", f"wanted/link-classes/{number}/", {"cost": 20})

    answer = operator.ask("PUT", f"wanted/link-classes/{number}/", read)

    assert (answer.status, answer.body["title"]) == (409, "Changed meanwhile")


def test_what_holds_for_the_whole_network_is_changed_like_an_object(operator: Asking) -> None:
    answer = operator.ask("PATCH", "wanted/network/", {"domain": "town.example"})

    assert (answer.status, answer.body["domain"], answer.body["asn"]) == (200, "town.example", 64500)


@pytest.mark.parametrize(
    ("method", "body", "said"),
    [
        ("POST", {"region": "west"}, "name: this is missing: add it"),
        ("POST", b'"mill"', "an object is wanted"),
        ("POST", {"name": ["mill"]}, "is no name"),
        ("POST", {"name": "mill", "region": "a\x00b"}, "NUL"),
        ("POST", b'{"name": "mill", "region": "\\ud800"}', "half a character"),
        ("PATCH", {"id": 1}, "a list of at most 1000"),
        ("PATCH", [{"region": "west"}], "by its id"),
        ("PATCH", [{"id": 9**30}], "too large"),
        ("DELETE", [1, 1], "named twice"),
        ("POST", b"{", "JSON parse error"),
    ],
)
def test_what_cannot_be_read_is_refused(operator: Asking, method: str, body: object, said: str) -> None:
    answer = operator.ask(method, "wanted/sites/", body)

    assert answer.status == 400
    assert said in answer.body["detail"]


def test_what_is_not_there_is_not_here(operator: Asking) -> None:
    assert operator.get("wanted/sites/999999/").status == 404
    assert operator.ask("DELETE", "wanted/sites/", [999999]).status == 404


def test_bob_reads_and_writes_nothing(small: Town) -> None:
    reader = bob()

    assert reader.get("wanted/sites/").body["count"] == 1
    assert reader.ask("POST", "wanted/sites/", SITE).status == 403
    assert reader.ask("DELETE", f"wanted/sites/{number_of('sites', 'hall')}/").status == 403


def test_carol_sees_what_is_of_her_network_only(small: Town) -> None:
    carol = somebody("carol", Granted(rights=frozenset({Right.VIEW}), asns=frozenset({64501})))

    assert [one["name"] for one in carol.get("wanted/sessions/").body["results"]] == ["bob"]
    assert carol.get("wanted/nodes/").body["count"] == 0
    assert carol.get(f"wanted/nodes/{number_of('nodes', 'alpha')}/").status == 404


def test_carol_changes_her_session_and_no_other_thing(small: Town) -> None:
    rights = frozenset({Right.VIEW, Right.CHANGE})
    carol = somebody("carol", Granted(rights=rights, asns=frozenset({64501})))

    hers = carol.ask("PATCH", f"wanted/sessions/{number_of('sessions', 'bob')}/", {"description": "hello"})
    others = carol.ask("POST", "wanted/sites/", SITE)

    assert (hers.status, others.status) == (200, 403)
