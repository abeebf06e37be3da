"""PeeringDB's answers as values: what is kept, what is passed over, and what is not believed at all."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from ipaddress import IPv4Address, IPv6Address
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from hanse.network.errors import HanseError
from hanse.network.known.peeringdb import Member, Page, PeeringdbKind, RegisteredNetwork
from hanse.registries.peeringdb.reading import AnswerNotUnderstood, read_page
from samples.peeringdb import Row, net, port, row, small_peeringdb

NOW = datetime(2026, 1, 1, tzinfo=UTC)
READABLE = [(kind, rows) for kind, rows in small_peeringdb().items() if rows]


def page(kind: PeeringdbKind, *rows: Row, **meta: Any) -> Page:
    return read_page(kind, json.dumps({"data": rows, "meta": meta}).encode(), now=NOW)


def one_net(**fields: Any) -> RegisteredNetwork:
    (found,) = page(PeeringdbKind.NETWORK, net(1, 64501, "Bob") | fields).entries
    assert isinstance(found, RegisteredNetwork)
    return found


@pytest.mark.parametrize(("kind", "rows"), READABLE, ids=lambda value: value if isinstance(value, str) else "")
def test_every_kind_is_read(kind: str, rows: list[Row]) -> None:
    found = page(PeeringdbKind(kind), *rows)

    assert len(found.entries) + len(found.gone) == len(rows)
    assert not found.passed_over


def test_a_member_has_its_addresses() -> None:
    (found,) = page(PeeringdbKind.MEMBER, port(1, 1, 64501, 10, "192.0.2.11", "2001:DB8::11")).entries

    assert isinstance(found, Member)
    assert (found.ipaddr4, found.ipaddr6) == (IPv4Address("192.0.2.11"), IPv6Address("2001:db8::11"))


def test_fields_that_nobody_asked_for_are_ignored() -> None:
    assert one_net(favourite_colour={"a": [1]}).asn == 64501


def test_a_field_that_every_row_has_is_missed() -> None:
    lacking = net(1, 64501, "Bob")
    del lacking["asn"]

    with pytest.raises(AnswerNotUnderstood, match="net 1 has no asn"):
        page(PeeringdbKind.NETWORK, lacking)


def test_a_field_that_may_lack_has_its_usual_value() -> None:
    lacking = net(1, 64501, "Bob")
    del lacking["info_prefixes4"]

    (found,) = page(PeeringdbKind.NETWORK, lacking).entries

    assert isinstance(found, RegisteredNetwork)
    assert found.info_prefixes4 is None


def test_null_is_an_empty_text() -> None:
    assert one_net(irr_as_set=None).irr_as_set == ""


def test_the_first_of_many_types_stands_where_there_is_no_single_one() -> None:
    assert one_net(info_type="", info_types=["Content", "NSP"]).info_type == "Content"


@pytest.mark.parametrize("link", ["javascript:alert(1)", "data:text/html,x", "bob.example.net"])
def test_only_links_that_lead_to_a_host_are_kept(link: str) -> None:
    assert one_net(website=link).website == ""


def test_no_text_is_longer_than_a_database_likes() -> None:
    found = one_net(name="B" * 5000, aka="a\x00b")

    assert (len(found.name), found.aka) == (600, "ab")


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"asn": -1}, "asn is -1"),
        ({"asn": 2**32}, "asn is 4294967296"),
        ({"asn": True}, "asn is True"),
        ({"asn": "64501"}, "asn is '64501'"),
        ({"name": ["Bob"]}, "name is"),
        ({"info_ipv6": "yes"}, "info_ipv6 is 'yes'"),
        ({"updated": "yesterday"}, "Invalid isoformat"),
        ({"updated": None}, "updated is None"),
    ],
)
def test_a_row_that_makes_no_sense_is_passed_over(fields: Row, why: str) -> None:
    found = page(PeeringdbKind.NETWORK, net(1, 64501, "Bob") | fields, net(2, 64502, "Carol"))

    assert [one.id for one in found.entries] == [2]
    assert [one.id for one in found.passed_over] == [1]
    assert why in found.passed_over[0].why


def test_a_prefix_with_bits_behind_its_length_is_passed_over() -> None:
    found = page(PeeringdbKind.PREFIX, row(1, ixlan_id=10, prefix="192.0.2.1/24"))

    assert found.entries == ()
    assert "bits behind its length" in found.passed_over[0].why


def test_an_address_of_the_other_family_is_passed_over() -> None:
    assert page(PeeringdbKind.MEMBER, port(1, 1, 64501, 10, "2001:db8::1")).passed_over
    assert page(PeeringdbKind.MEMBER, port(1, 1, 64501, 10, "192.0.2.1", "fe80::1%eth0")).passed_over


def test_too_many_rows_that_make_no_sense_are_no_answer() -> None:
    with pytest.raises(AnswerNotUnderstood, match="4 of 4 rows make no sense, the first: net 1: asn is -1"):
        page(PeeringdbKind.NETWORK, *(net(number, -1, "Bob") for number in range(1, 5)))


def test_rows_that_are_not_well_are_gone_whatever_else_they_say() -> None:
    found = page(PeeringdbKind.NETWORK, {"id": 7, "status": "deleted"}, {"id": 8, "status": "pending"})

    assert (found.entries, found.gone, found.count) == ((), (7, 8), 2)


def test_private_contacts_are_gone() -> None:
    found = page(PeeringdbKind.CONTACT, row(1, net_id=1, role="NOC", visible="Private", email="x@example.net"))

    assert (found.entries, found.gone) == ((), (1,))


def test_an_answer_out_of_a_store_is_as_old_as_it_says() -> None:
    hour_ago = NOW.timestamp() - 3600

    assert page(PeeringdbKind.NETWORK, generated=hour_ago).as_of.timestamp() == hour_ago


@pytest.mark.parametrize("generated", [4e9, -1, "soon", None])
def test_an_answer_is_never_newer_than_its_question(generated: object) -> None:
    assert page(PeeringdbKind.NETWORK, generated=generated).as_of == NOW


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (b"<html>hello</html>", "is no JSON"),
        (b'{"data": [{"id": 1', "is no JSON"),
        (b"[" * 100_000, "is no JSON"),
        (b"[]", "has no list `data`"),
        (b'{"data": {"id": 1}}', "has no list `data`"),
        (b'{"data": [17]}', "is no object"),
        (b'{"data": [{"id": "1"}]}', "has no key, but '1'"),
        (b'{"data": [{"id": 0}]}', "has no key, but 0"),
    ],
)
def test_what_is_no_answer_is_said_in_a_sentence(body: bytes, why: str) -> None:
    with pytest.raises(AnswerNotUnderstood, match=why):
        read_page(PeeringdbKind.NETWORK, body, now=NOW)


json_values = some.recursive(
    some.none() | some.booleans() | some.integers() | some.floats(allow_nan=True) | some.text(max_size=20),
    lambda inner: some.lists(inner, max_size=3) | some.dictionaries(some.text(max_size=8), inner, max_size=3),
    max_leaves=5,
)


@given(some.sampled_from(READABLE), some.data())
def test_no_value_of_any_field_is_a_bug(kind_and_rows: tuple[str, list[Row]], data: some.DataObject) -> None:
    kind, rows = kind_and_rows
    changed = dict(rows[0])
    changed[data.draw(some.sampled_from(sorted(changed)))] = data.draw(json_values)

    found = _or_refused(lambda: page(PeeringdbKind(kind), changed))

    assert isinstance(found, Page | HanseError)


def _or_refused(read: Callable[[], Page]) -> Page | HanseError:
    try:
        return read()
    except HanseError as error:
        return error
