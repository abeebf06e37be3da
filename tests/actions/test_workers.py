"""Whether a process still lives."""

import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta

from hanse.actions.workers import SILENCE, is_gone, me

NOW = datetime(2026, 1, 1, tzinfo=UTC)


def test_this_process_lives() -> None:
    assert not is_gone(me(), NOW - timedelta(days=1), NOW)


def test_a_process_that_ended_is_gone() -> None:
    script = "from hanse.actions.workers import me; print(me())"

    done = subprocess.run(
        [sys.executable, "-c", script], env={"PYTHONPATH": "src"}, capture_output=True, text=True, check=True
    )

    assert is_gone(done.stdout.strip(), NOW, NOW)


def test_a_later_process_with_the_same_number_is_another() -> None:
    host, pid, _ = me().rsplit(":", 2)

    assert int(pid) == os.getpid()
    assert is_gone(f"{host}:{pid}:1", NOW, NOW)


def test_a_process_elsewhere_is_judged_by_its_silence() -> None:
    assert not is_gone("elsewhere:1:1", NOW - SILENCE, NOW)
    assert is_gone("elsewhere:1:1", NOW - SILENCE - timedelta(seconds=1), NOW)


def test_nobody_is_gone() -> None:
    assert is_gone("", NOW, NOW)
