"""Questions to a router that is struck: many in one go, each answer told from the others."""

import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from hanse_lab.commands import PATIENCE, outcome
from hanse_lab.faults.asked import answers_to
from hanse_lab.nodes.life import Running
from hanse_lab.places.machine import Surroundings, ThisMachine


@dataclass(frozen=True, slots=True)
class WithoutNodes(ThisMachine):
    """A machine that runs itself what it is to run on a node."""

    def outcome(
        self, words: Sequence[str], *, stdin: str = "", patience: timedelta = PATIENCE, env: Surroundings | None = None
    ) -> subprocess.CompletedProcess[str]:
        """Run what stands behind the way into the node."""
        return outcome(words[words.index("--") + 1 :], stdin=stdin, patience=patience, env=env)


ROUTER = Running("alice", 1, WithoutNodes())


def test_each_question_gets_its_answer() -> None:
    asked = (("echo", "one", "two three"), ("printf", "a\nb\n"), ("true",))

    assert answers_to(ROUTER, asked) == dict(zip(asked, ("one two three\n", "a\nb\n", ""), strict=True))


def test_a_program_that_fails_or_is_not_there_says_nothing_and_the_next_is_asked() -> None:
    asked = (("no-such-program",), ("sh", "-c", "echo half; echo wrong >&2; exit 3"), ("echo", "last"))

    assert answers_to(ROUTER, asked) == dict(zip(asked, ("", "half\n", "last\n"), strict=True))


def test_a_question_that_is_asked_twice_runs_once(tmp_path: Path) -> None:
    count = ("sh", "-c", f"echo x >>{tmp_path / 'asked'}; cat {tmp_path / 'asked'}")

    assert answers_to(ROUTER, (count, count)) == {count: "x\n"}


def test_nothing_that_is_asked_reads_what_is_asked_next() -> None:
    asked = (("cat",), ("echo", "heard"))

    assert answers_to(ROUTER, asked) == {("cat",): "", ("echo", "heard"): "heard\n"}


def test_who_looks_for_a_process_does_not_find_the_question() -> None:
    looked = ("pgrep", "-f", "no such process as this one")

    assert answers_to(ROUTER, (("sleep", "0"), looked, ("echo", "end")))[looked] == ""
