"""The rows of a list of objects: made when they are looked at, and searched by what stands in them now."""

from dataclasses import replace

from hanse.web.pages.object_rows import ObjectRow, ObjectRows
from samples.city import city

FIELDS = ("asn", "connection", "addresses", "description")


def names(rows: ObjectRows) -> list[str]:
    return [row.key for row in rows]


def test_rows_are_the_objects_in_their_order() -> None:
    sessions = city().sessions
    rows = ObjectRows("sessions", sessions)

    assert len(rows) == len(sessions)
    assert names(rows) == list(sessions)
    assert rows[1:3] == tuple(ObjectRow("sessions", name, sessions[name]) for name in list(sessions)[1:3])
    assert rows[-1].wanted is sessions[list(sessions)[-1]]


def test_every_word_must_stand_somewhere_whatever_its_capitals() -> None:
    sessions = city().sessions
    some = next(iter(sessions.values()))
    rows = ObjectRows("sessions", sessions)
    words = f"{some.name.upper()} {some.asn.number} {some.addresses[0]}"

    assert names(rows.with_words(words, FIELDS)) == [some.name]
    assert names(rows.with_words(f"{words} nowhere", FIELDS)) == []


def test_a_word_does_not_reach_from_one_field_into_the_next() -> None:
    sessions = city().sessions
    some = next(iter(sessions.values()))
    rows = ObjectRows("sessions", sessions)

    assert names(rows.with_words(f"{some.name}{some.asn.number}", FIELDS)) == []


def test_an_object_that_was_changed_is_found_by_what_it_says_now() -> None:
    sessions = city().sessions
    some = next(iter(sessions.values()))
    before = {**sessions, some.name: replace(some, description="paid by Bob")}
    now = {**sessions, some.name: replace(some, description="paid by Carol")}

    assert names(ObjectRows("sessions", before).with_words("bob", FIELDS)) == [some.name]
    assert names(ObjectRows("sessions", now).with_words("bob", FIELDS)) == []
    assert names(ObjectRows("sessions", now).with_words("carol", FIELDS)) == [some.name]


def test_one_that_may_see_less_finds_no_more_than_that() -> None:
    sessions = city().sessions
    few = dict(list(sessions.items())[:1])
    everything = ObjectRows("sessions", sessions).with_words("1", FIELDS)

    assert len(everything) > 1
    assert names(ObjectRows("sessions", few).with_words("1", FIELDS)) == list(few)
