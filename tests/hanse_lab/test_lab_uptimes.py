from datetime import UTC, datetime, timedelta

from hanse_lab.uptimes import Begun, restarted

THEN = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


def test_what_is_up_since_the_same_moment_has_not_restarted() -> None:
    assert not restarted({("a",): THEN}, {("a",): THEN + timedelta(seconds=2)})


def test_what_is_up_since_later_or_gone_has_restarted() -> None:
    before: Begun = {("later",): THEN, ("gone",): THEN, ("unknown",): None}
    after: Begun = {("later",): THEN + timedelta(seconds=5), ("unknown",): None}

    assert restarted(before, after) == [("later",), ("gone",)]
