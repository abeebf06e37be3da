"""Jobs, plans, ways into routers and people by the API: what is asked is put down, and refused to whoever may not."""

from collections.abc import Generator

import pytest

from actions.small_city import ALICE, Town, town
from hanse.actions.applying import Insistence, apply
from hanse.actions.planning import plan
from hanse.actions.plans import put_down
from hanse.actions.rights import Granted, Right
from hanse.store.models import AuditEntry, Job, Secret, User
from web.api.asking import alice, bob, somebody

pytestmark = pytest.mark.django_db
DEPLOYER = Granted(rights=frozenset({Right.VIEW, Right.DEPLOY}), sites=frozenset({"hall"}))


@pytest.fixture(autouse=True)
def small() -> Generator[Town]:
    """Put the town into the store."""
    with town() as found:
        yield found


def test_a_job_is_accepted_and_its_row_tells_how_it_goes() -> None:
    asked = alice()

    answer = asked.ask("POST", "jobs/", {"kind": "ping", "device": "alpha"})

    assert answer.status == 202
    assert answer.headers["Location"] == answer.body["url"]
    assert (answer.body["kind"], answer.body["device"], answer.body["state"]) == ("ping", "alpha", "queued")


def test_a_queued_job_is_cancelled_and_what_has_ended_is_not_stopped() -> None:
    asked = alice()
    number = asked.ask("POST", "jobs/", {"kind": "ping", "device": "alpha"}).body["id"]

    stopped = asked.ask("POST", f"jobs/{number}/stop/")
    again = asked.ask("POST", f"jobs/{number}/stop/")

    assert (stopped.body["state"], again.status) == ("cancelled", 409)
    assert asked.ask("POST", f"jobs/{number}/retry/").status == 202


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"kind": "dance"}, 422),
        ({"kind": "ping", "device": "gamma"}, 422),
        ({"kind": "ping", "devices": ["alpha"]}, 400),
        ({"kind": "apply"}, 400),
        ({"kind": "apply", "arguments": {"plan": 999}}, 422),
        ({"kind": "undo"}, 400),
        ({"kind": "poll", "arguments": {"limit": "alpha"}}, 400),
    ],
)
def test_a_job_that_cannot_be_is_refused(body: object, status: int) -> None:
    assert alice().ask("POST", "jobs/", body).status == status
    assert not Job.objects.exists()


def test_a_plan_is_a_job_and_arguments_of_a_job_cannot_widen_it() -> None:
    carol = somebody("carol", DEPLOYER)

    asked = carol.ask("POST", "deploy/plans/", {"nodes": ["alpha"]})
    everything = carol.ask("POST", "jobs/", {"kind": "plan"})
    widened = carol.ask("POST", "jobs/", {"kind": "apply", "device": "alpha", "arguments": {"plan": 1}})

    assert (asked.status, everything.status, widened.status) == (202, 202, 422)
    assert Job.objects.get(pk=everything.body["id"]).arguments == {"limit": ["alpha", "beta"]}


def test_a_plan_is_shown_applied_once_and_followed(small: Town) -> None:
    asked = alice()
    number = put_down(plan(world=small.world), world=small.world, author=ALICE).pk

    shown = asked.get(f"deploy/plans/{number}/").body
    refused = asked.ask("POST", f"deploy/plans/{number}/apply/", {"force": "000000"})
    applied = asked.ask("POST", f"deploy/plans/{number}/apply/", {"force": shown["checksum"][:8]})
    again = asked.ask("POST", f"deploy/plans/{number}/apply/", {})

    assert [device["node"] for device in shown["devices"]] == ["alpha", "beta"]
    assert shown["devices"][0]["lines_added"] > 10
    assert (refused.status, applied.status, again.status) == (422, 202, 409)
    assert asked.get(f"deploy/rollouts/{number}/").body["total"] == 2
    assert bob().ask("POST", f"deploy/rollouts/{number}/stop/", {}).status == 403
    assert asked.ask("POST", f"deploy/rollouts/{number}/stop/", {}).body == {"undone": []}


@pytest.mark.django_db(transaction=True)  # routers are worked on in threads
def test_a_deployments_record_has_its_text_its_steps_and_its_checks(small: Town) -> None:
    apply(plan(world=small.world), world=small.world, author=ALICE, insistence=Insistence(force=True))
    asked = alice()

    row = asked.get("deploy/deployments/?node=alpha").body["results"][0]
    shown = asked.client.get(row["url"]).json()

    assert (row["stage"], "text" in row) == ("kept", False)
    assert [step["stage"] for step in shown["steps"]][-1] == "kept"
    assert {"name", "comparison", "before", "after"} == set(shown["checks"][0])
    assert asked.ask("POST", f"deploy/deployments/{row['id']}/word/", {"word": "undo"}).status == 409


def test_bob_asks_for_no_work() -> None:
    reader = bob()

    assert reader.ask("POST", "jobs/", {"kind": "ping", "device": "alpha"}).status == 403
    assert reader.ask("POST", "deploy/plans/", {}).status == 403


def test_a_secret_goes_in_and_comes_out_only_for_who_may_see_secrets() -> None:
    asked, editor = alice(), somebody("dave", Granted(rights=frozenset({Right.VIEW, Right.CHANGE})))

    put = editor.ask("PUT", "secrets/radius/", {"value": "not-a-word"})
    hidden = editor.ask("POST", "secrets/radius/reveal/")
    shown = asked.ask("POST", "secrets/radius/reveal/")

    assert (put.status, hidden.status, shown.body["value"]) == (200, 403, "not-a-word")
    assert "not-a-word" not in str(editor.get("secrets/").body) + str(editor.get("audit/").body)
    assert AuditEntry.objects.latest("pk").action == "see secret"
    assert editor.ask("DELETE", "secrets/radius/").status == 204
    assert not Secret.objects.exists()


def test_a_template_is_looked_at_tried_saved_and_dropped() -> None:
    asked = alice()
    ours = asked.get("templates/bird2/bird.conf.j2/").body

    tried = asked.ask("POST", "templates/bird2/bird.conf.j2/preview/", {"text": "# mine\n" + ours["ours"]})
    saved = asked.ask("PUT", "templates/bird2/bird.conf.j2/", {"text": "# mine\n" + ours["ours"]})
    dropped = asked.ask("DELETE", "templates/bird2/bird.conf.j2/")

    assert (ours["source"], saved.body["source"], dropped.status) == ("ours", "store", 204)
    assert [router["node"] for router in tried.body["routers"]] == ["alpha", "beta"]


def test_what_is_wanted_is_checked_rendered_and_written_out() -> None:
    asked = alice()

    wrong = asked.ask("POST", "check/", {"files": {"a.yml": "network: {name: a, asn: 64500}\nsites: []\n"}})

    assert asked.get("check/").body == {"problems": []}
    assert wrong.body["problems"][0]["file"] == "a.yml"
    assert "protocol" in asked.get("render/alpha/").body["text"]
    assert asked.get("render/gamma/").status == 404
    assert "nodes.yml" in asked.get("export/").body


def test_everything_is_searched() -> None:
    found = alice().get("search/?q=198.18.0.1").body

    assert [hit["node"] for group in found for hit in group["hits"]][:1] == ["alpha"]


def test_a_users_first_password_is_shown_once() -> None:
    asked = alice()

    made = asked.ask("POST", "people/users/", {"username": "erin"})
    number = made.body["id"]

    assert made.status == 201
    assert User.objects.get(username="erin").check_password(made.body["password"])
    assert "password" not in asked.get(f"people/users/{number}/").body
    assert asked.ask("PATCH", f"people/users/{number}/", {"is_active": False}).body["is_active"] is False
    assert asked.ask("DELETE", f"people/users/{number}/").status == 204


def test_a_grant_is_made_replaced_and_taken_away() -> None:
    asked = alice()
    asked.ask("POST", "people/users/", {"username": "erin"})
    asked.ask("POST", "people/groups/", {"name": "night", "members": ["erin"]})

    made = asked.ask("POST", "people/grants/", {"name": "look", "rights": ["view"], "groups": ["night"]})
    twice = asked.ask("POST", "people/grants/", {"name": "look", "rights": ["view"]})
    number = made.body["id"]
    replaced = asked.ask("PUT", f"people/grants/{number}/", {"name": "look", "rights": ["view"], "sites": ["hall"]})

    assert (made.status, twice.status, replaced.body["sites"], replaced.body["groups"]) == (201, 422, ["hall"], [])
    assert asked.ask("DELETE", f"people/grants/{number}/").status == 204


def test_bob_sees_nothing_of_people_but_makes_tokens_of_his_own() -> None:
    reader = bob()

    made = reader.ask("POST", "people/tokens/", {"name": "mine"})

    assert reader.get("people/users/").status == 403
    assert made.status == 201
    assert [row["user"] for row in reader.get("people/tokens/").body["results"]] == ["bob"]
    assert made.body["token"] not in str(reader.get("people/tokens/").body)
    key = reader.get("people/tokens/").body["results"][0]["key"]
    assert reader.ask("DELETE", f"people/tokens/{key}/").status == 204


def test_what_the_api_writes_is_put_down_as_come_through_it() -> None:
    alice().ask("PUT", "secrets/radius/", {"value": "not-a-word"})

    assert AuditEntry.objects.latest("pk").door == "api"
