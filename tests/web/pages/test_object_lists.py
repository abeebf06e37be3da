"""The lists of objects: narrowed by what objects name, and as files with every field, whatever the kind."""

import csv
import io
import json
from collections.abc import Callable
from typing import Any, Final

import pytest
import yaml
from django.test import Client

from actions.small_city import EVERY_KIND, FILE, Town
from hanse.network.wanted.edits import FORMS
from hanse.network.wanted.network import KINDS, key_of
from hanse.network.wanted.shape import fields_of

pytestmark = pytest.mark.django_db(transaction=True)
BOB: Final = "bob: {asn: 64501, relationship: peer, connection: pix, addresses: [192.0.2.11]"
CAROL: Final = (
    "carol: {asn: 64501, relationship: customer, node: alpha, vrf: red, status: disabled, multihop: 2, "
    "local_addresses: [203.0.113.1], addresses: [198.51.100.9]}"
)
TWO_SESSIONS: Final = FILE.replace("{red: }", "{red: {number: 1}}").replace(
    f"{BOB}}}", f"{BOB}, group: friends, tags: [blue]}}, {CAROL}"
)
READ: Final[dict[str, Callable[[str], Any]]] = {
    "csv": lambda text: list(csv.DictReader(io.StringIO(text))),
    "json": json.loads,
    "yaml": yaml.safe_load,
}


def exported(client: Client, kind: str, form: str, query: str = "") -> list[dict[str, Any]]:
    answer = client.get(f"/objects/{kind}/?export={form}&{query}")
    assert answer.status_code == 200
    rows: list[dict[str, Any]] = READ[form](b"".join(answer).decode())
    return rows


@pytest.mark.parametrize(
    ("query", "left"),
    [
        ("group=friends", ["bob"]),
        ("tags=blue", ["bob"]),
        ("connection=pix", ["bob"]),
        ("relationship=customer", ["carol"]),
        ("vrf=red", ["carol"]),
        ("status=disabled", ["carol"]),
        ("node=alpha&status=enabled", []),
    ],
)
def test_sessions_are_narrowed_by_what_they_name(alice: Client, place: Town, query: str, left: list[str]) -> None:
    place.wants(TWO_SESSIONS)

    rows = exported(alice, "sessions", "json", query)

    assert [row["key"] for row in rows] == left


def test_a_list_offers_the_names_there_are(alice: Client, place: Town) -> None:
    page = alice.get("/objects/sessions/").content.decode()

    assert '<option value="friends">friends</option>' in page
    assert '<option value="blue">blue</option>' in page


@pytest.mark.parametrize("form", READ)
def test_a_file_of_any_list_has_every_field(alice: Client, place: Town, form: str) -> None:
    place.wants(EVERY_KIND)
    for kind in KINDS:
        (row, *_) = exported(alice, kind, form)

        wanted = {field.name for field in fields_of(FORMS[kind])} - {key_of(kind)}
        assert wanted <= row.keys(), kind


@pytest.mark.parametrize("kind", ["sessions", "exchanges", "autonomous_systems", "communities", "routing_policies"])
def test_ticked_objects_lead_to_the_change_of_many(alice: Client, place: Town, kind: str) -> None:
    page = alice.get(f"/objects/{kind}/").content.decode()

    assert f'action="/objects/{kind}/bulk/"' in page
