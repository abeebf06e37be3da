"""What PeeringDB says by the API, and having it read."""

import pytest

from hanse.network.known.peeringdb import PeeringdbKind
from hanse.store.models import Job
from samples.peeringdb_rows import put_sample
from web.api.asking import alice, bob, nobody

pytestmark = pytest.mark.django_db


def test_how_fresh_each_kind_is() -> None:
    put_sample()

    answer = bob().get("registries/peeringdb/")

    assert [one["kind"] for one in answer.body["results"]] == [*map(str, PeeringdbKind)]
    assert {one["state"] for one in answer.body["results"]} == {"fresh"}


def test_networks_are_found_by_number_and_name() -> None:
    put_sample()
    asked = bob()

    (one,) = asked.get("registries/networks/?asn=64500").body["results"]

    assert one["irr_as_set"] == "AS-CITYNET"
    assert asked.get(f"registries/networks/{one['id']}/").body == one
    assert asked.get("registries/networks/?q=citynet").body["count"] == 1


def test_ports_are_found_by_their_lan() -> None:
    put_sample()
    asked = bob()

    everybody = asked.get("registries/members/").body["results"]
    there = asked.get(f"registries/members/?ixlan_id={everybody[0]['ixlan_id']}").body

    assert 0 < there["count"] <= len(everybody)
    assert asked.get(f"registries/members/{everybody[0]['id']}/").status == 200


def test_a_sync_is_accepted_once() -> None:
    asked = alice()

    first = asked.ask("POST", "registries/peeringdb/sync/", {"full": True})
    second = asked.ask("POST", "registries/peeringdb/sync/", {})

    assert (first.status, first.body["kind"], first.headers["Location"]) == (202, "peeringdb", first.body["url"])
    assert Job.objects.get().arguments == {"full": True, "accept": False}
    assert second.status == 409


def test_who_may_only_look_has_nothing_read() -> None:
    assert bob().ask("POST", "registries/peeringdb/sync/", {}).status == 403
    assert nobody().get("registries/networks/").status == 401
    assert not Job.objects.exists()


def test_a_word_that_nobody_knows_is_refused() -> None:
    assert alice().ask("POST", "registries/peeringdb/sync/", {"fully": True}).status == 400
