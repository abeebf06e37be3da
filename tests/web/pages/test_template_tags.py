"""The words of our templates."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import RequestFactory

from hanse.web.pages.templatetags.hanse import ago, counted, exact, lines_of_diff, query, without

DIFF = """--- before
+++ after
@@ -1,3 +1,3 @@
 same
-cost 10
+cost 20
-gone
"""


def test_a_line_that_replaces_another_has_its_difference_marked() -> None:
    lines = lines_of_diff(DIFF)

    removed, added = lines[4], lines[5]
    assert removed[0] == "removed"
    assert [part for part, differs in removed[1] if differs] == ["1"]
    assert [part for part, differs in added[1] if differs] == ["2"]


def test_no_letter_of_a_diff_is_lost() -> None:
    lines = lines_of_diff(DIFF)

    assert "\n".join("".join(part for part, _ in parts) for _, parts in lines) == DIFF.rstrip("\n")


def test_a_line_that_only_goes_has_no_mark() -> None:
    kind, parts = lines_of_diff(DIFF)[6]

    assert (kind, parts) == ("removed", [("-gone", False)])


def test_two_lines_that_merely_stand_beside_each_other_are_not_compared() -> None:
    lines = lines_of_diff("-aaaaaaaaaa\n+zzzzzzzzzz\n")

    assert [parts for _, parts in lines] == [[("-aaaaaaaaaa", False)], [("+zzzzzzzzzz", False)]]


def test_very_long_lines_are_shown_whole() -> None:
    line = "x" * 50_000

    lines = lines_of_diff(f"-{line}a\n+{line}b\n")

    assert [parts for _, parts in lines] == [[(f"-{line}a", False)], [(f"+{line}b", False)]]


def test_the_head_of_a_diff_counts_for_nothing() -> None:
    assert counted(DIFF) == {"added": 1, "removed": 2}


@pytest.mark.parametrize(
    ("passed", "words"),
    [
        (timedelta(seconds=5), "5 s ago"),
        (timedelta(minutes=90), "1 h ago"),
        (timedelta(days=3), "3 d ago"),
        (timedelta(days=800), "2 y ago"),
        (timedelta(minutes=-5, seconds=-1), "in 5 min"),
        (timedelta(0), "now"),
    ],
)
def test_a_time_is_told_in_its_largest_unit(passed: timedelta, words: str) -> None:
    assert ago(datetime.now(UTC) - passed) == words


def test_the_exact_time_is_utc_to_the_second() -> None:
    assert exact(datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)) == "2026-01-02 03:04:05 UTC"


def test_a_query_keeps_what_is_not_changed() -> None:
    request = RequestFactory().get("/routers/", {"site": "hall", "page": "3"})

    assert query(request, sort="-node", page="") == "?site=hall&sort=-node"


@pytest.mark.parametrize(
    ("sentence", "shown"),
    [
        ("core1: session 192.0.2.1 went down", "session 192.0.2.1 went down"),
        ("core1 stopped answering", "stopped answering"),
        ("core10 stopped answering", "core10 stopped answering"),
    ],
)
def test_a_sentence_loses_the_router_that_stands_before_it(sentence: str, shown: str) -> None:
    assert without(sentence, "core1") == shown
