"""What is asked of the local copy of PeeringDB: answers in values, with a fixed number of queries each."""

import json
from collections.abc import Callable
from dataclasses import fields
from datetime import UTC, datetime
from ipaddress import ip_address, ip_network
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from hanse.network.known.peeringdb import FORMS, PeeringdbKind
from hanse.registries.peeringdb.reading import read_page
from hanse.store import peeringdb, peeringdb_writes
from samples.peeringdb import small_peeringdb

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture
def known() -> None:
    for kind, rows in small_peeringdb().items():
        page = read_page(PeeringdbKind(kind), json.dumps({"data": rows}).encode(), now=NOW)
        reading = peeringdb_writes.begin(page.kind, is_full=True, with_key=False, full_before=NOW, at=NOW)
        reading = peeringdb_writes.put_page(reading, page, limit=1)
        peeringdb_writes.finish(reading, largest_share=0.1, accept=False, at=NOW)


@pytest.mark.parametrize("kind", PeeringdbKind)
def test_every_table_has_a_column_for_every_field(kind: PeeringdbKind) -> None:
    columns = {field.attname for field in peeringdb_writes.TABLES[kind]._meta.concrete_fields}

    assert {one.name for one in fields(FORMS[kind])} | {"round"} == columns - {"first", "last"}


@pytest.mark.parametrize("kind", PeeringdbKind)
def test_every_row_comes_back_as_the_value_that_it_was(kind: PeeringdbKind, known: None) -> None:
    body = json.dumps({"data": small_peeringdb()[kind.value]}).encode()

    rows = peeringdb_writes.TABLES[kind]._default_manager.order_by("pk")

    assert tuple(peeringdb.entry(FORMS[kind], row) for row in rows) == read_page(kind, body, now=NOW).entries


def test_a_network_is_found_by_its_number(known: None) -> None:
    found = peeringdb.network(64502)

    assert found is not None
    assert (found.name, found.policy_general) == ("Carol", "Selective")
    assert peeringdb.network(64511) is None


def test_networks_that_peeringdb_does_not_have_are_left_out(known: None) -> None:
    assert {*peeringdb.networks([64501, 64503, 64511])} == {64501, 64503}


def test_members_come_with_their_networks(known: None, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(1):
        found = [(one.asn, one.net.name, one.ipaddr4, one.speed) for one in peeringdb.members(10)]

    assert found == [
        (64500, "Alice", "192.0.2.1", 10_000),
        (64501, "Bob", "192.0.2.11", 10_000),
        (64502, "Carol", "192.0.2.12", 100_000),
    ]


@pytest.mark.parametrize("address", ["198.51.100.13", "2001:db8:10::11", "192.0.2.12"])
def test_whose_an_address_is(address: str, known: None) -> None:
    found = peeringdb.member_at(ip_address(address))

    assert found is not None
    assert ip_address(address) in {found.ipaddr4, found.ipaddr6}
    assert peeringdb.member_at(ip_address("192.0.2.99")) is None


def test_a_lan_has_its_exchange_and_prefixes(known: None) -> None:
    found = peeringdb.lan(10)

    assert found is not None
    assert (found.exchange.name, found.lan.mtu) == ("PIX", 1500)
    assert found.prefixes == (ip_network("192.0.2.0/24"), ip_network("2001:db8:10::/64"))
    assert peeringdb.lan(99) is None


def test_all_lans_stand_by_the_name_of_their_exchange(known: None) -> None:
    assert [(one.exchange.name, one.lan.id, len(one.prefixes)) for one in peeringdb.lans()] == [
        ("BIX", 20, 1),
        ("BIX", 21, 1),
        ("PIX", 10, 2),
    ]


@pytest.mark.parametrize(
    ("where", "ixlan"),
    [
        ("198.51.100.0", 20),
        ("198.51.100.127", 20),
        ("198.51.100.128", 21),
        ("198.51.100.255", 21),
        ("2001:db8:10:0:ffff:ffff:ffff:ffff", 10),
    ],
)
def test_an_address_tells_its_lan(where: str, ixlan: int, known: None) -> None:
    found = peeringdb.lan_of(ip_address(where))

    assert found is not None
    assert found.lan.id == ixlan


@pytest.mark.parametrize("where", ["198.51.101.0", "198.51.99.255", "2001:db8:10:1::"])
def test_an_address_beside_every_lan_tells_none(where: str, known: None) -> None:
    assert peeringdb.lan_of(ip_address(where)) is None


@pytest.mark.parametrize(("where", "ixlan"), [("192.0.2.0/24", 10), ("192.0.2.128/26", 10), ("192.0.2.0/23", None)])
def test_a_prefix_tells_the_lan_that_it_lies_in(where: str, ixlan: int | None, known: None) -> None:
    found = peeringdb.lan_of(ip_network(where))

    assert (found.lan.id if found else None) == ixlan


def test_where_a_network_is(known: None) -> None:
    assert [(one.exchange.name, one.member.ixlan_id) for one in peeringdb.at_exchanges(64501)] == [
        ("BIX", 20),
        ("PIX", 10),
    ]
    assert [one.name for one in peeringdb.at_facilities(64501)] == ["Hall One", "Hall Two"]


def test_whom_one_may_write_to(known: None) -> None:
    assert [(one.role, one.email) for one in peeringdb.contacts(64501)] == [
        ("NOC", "noc@bob.example.net"),
        ("Policy", "peering@bob.example.net"),
    ]
    assert peeringdb.contacts(64502) == ()


QUESTIONS: list[tuple[Callable[[], Any], int]] = [
    (lambda: peeringdb.network(64501), 1),
    (lambda: peeringdb.networks(range(64500, 64600)), 1),
    (lambda: peeringdb.member_at(ip_address("192.0.2.11")), 1),
    (peeringdb.lans, 2),
    (lambda: peeringdb.lan(10), 2),
    (lambda: peeringdb.lan_of(ip_address("192.0.2.11")), 3),
    (lambda: peeringdb.at_exchanges(64501), 1),
    (lambda: peeringdb.at_facilities(64501), 1),
    (lambda: peeringdb.contacts(64501), 1),
    (peeringdb.freshness, 1),
]


@pytest.mark.parametrize(("ask", "queries"), QUESTIONS)
def test_every_question_costs_what_it_says(
    ask: Callable[[], Any], queries: int, known: None, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(queries):
        assert ask()


def test_what_was_never_read_is_not_fresh() -> None:
    assert [one.good_at for one in peeringdb.freshness()] == [None] * len(PeeringdbKind)


def test_everything_can_be_forgotten(known: None) -> None:
    peeringdb_writes.forget()

    assert peeringdb.network(64501) is None
    assert peeringdb.lans() == ()
