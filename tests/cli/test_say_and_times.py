"""Small words at the terminal."""

from argparse import Namespace
from datetime import UTC, datetime, timedelta

import pytest

from hanse.cli.differences import change_lines
from hanse.cli.limits import names_in
from hanse.cli.progress import progress
from hanse.cli.say import table, tell
from hanse.cli.times import age, clock_time
from hanse.store.audit import ObjectChange

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("passed", "said"),
    [
        (timedelta(seconds=-5), "0 s"),
        (timedelta(seconds=59), "59 s"),
        (timedelta(minutes=1), "1 min"),
        (timedelta(minutes=61), "1 h 1 min"),
        (timedelta(days=2, hours=3), "2 d 3 h"),
    ],
)
def test_an_age_has_two_units(passed: timedelta, said: str) -> None:
    assert age(NOON, NOON + passed) == said


def test_what_never_was_has_no_age() -> None:
    assert age(None, NOON) == "never"
    assert clock_time(None) == ""


def test_a_limit_is_names_and_commas() -> None:
    assert names_in(" a,b ,,") == ("a", "b")


def test_cells_are_shown_to_the_letter(capsys: pytest.CaptureFixture[str]) -> None:
    tell(Namespace(json=False), None, [table(("name",), [("[bold]x[/bold] :smile:",)])])

    assert "[bold]x[/bold] :smile:" in capsys.readouterr().out


def test_progress_is_silent_where_nobody_looks(capsys: pytest.CaptureFixture[str]) -> None:
    with progress(Namespace(json=False), "asking", 2) as done:
        done("alpha")

    assert capsys.readouterr() == ("", "")


def test_a_changed_object_shows_its_words_only() -> None:
    change = ObjectChange(
        kind="nodes", name="alpha", before={"site": "hall", "number": 1}, after={"site": "dome", "number": 1}
    )

    assert change_lines([change]) == ["change nodes.alpha", "         site: hall -> dome"]


def test_a_word_that_comes_or_goes_stands_at_its_default() -> None:
    change = ObjectChange(kind="network", name="", before={"space": ["192.0.2.0/24"]}, after={"domain": "a.example"})

    assert change_lines([change]) == [
        "change network",
        "         space: [192.0.2.0/24] -> (default)",
        "         domain: (default) -> a.example",
    ]
