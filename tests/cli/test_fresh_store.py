"""`hanse` as a process of its own, with a data folder that nobody has used before."""

import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import timedelta
from pathlib import Path

from actions.small_city import FILE
from hanse.cli.say import Exit
from hanse_lab.waiting import wait_until

SOURCES = Path(__file__).resolve().parents[2] / "src"


def begin(data: Path, *words: str) -> subprocess.Popen[str]:
    environment = {"PYTHONPATH": str(SOURCES), "HANSE_DATA": str(data), "PATH": os.environ["PATH"]}
    return subprocess.Popen(
        [sys.executable, "-m", "hanse.cli.main", *words],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def workers(data: Path) -> int:
    """Return how many workers said that they run."""
    try:
        with closing(sqlite3.connect(f"file:{data / 'hanse.sqlite3'}?mode=ro", uri=True)) as store:
            return int(store.execute("SELECT COUNT(*) FROM store_worker").fetchone()[0])
    except sqlite3.OperationalError:
        return 0  # no store yet, or one that is being made


def test_two_first_commands_at_once_make_one_store(tmp_path: Path) -> None:
    (tmp_path / "town").mkdir()
    (tmp_path / "town" / "town.yml").write_text(FILE, encoding="utf-8")

    both = [begin(tmp_path / "data", "import", str(tmp_path / "town")) for _ in range(2)]

    told = [process.communicate(timeout=60) for process in both]
    codes = sorted(process.returncode for process in both)
    assert codes[0] == Exit.FINE, told
    assert codes[1] in {Exit.FINE, Exit.WANTED}, told  # the slower one may have to look again
    third = begin(tmp_path / "data", "import", str(tmp_path / "town"))
    assert third.communicate(timeout=60) == ("Nothing changes.\n", "")


def test_a_data_folder_that_cannot_be_made_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    process = begin(tmp_path / "file", "status")

    _, err = process.communicate(timeout=60)
    assert process.returncode == Exit.OUTSIDE
    assert err.startswith(f"the keys in {tmp_path / 'file' / 'keys'} cannot be read or made")


def test_help_names_every_word(tmp_path: Path) -> None:
    process = begin(tmp_path / "data", "--help")

    out, _ = process.communicate(timeout=60)
    assert process.returncode == Exit.FINE
    assert "import" in out


def test_a_worker_ends_when_it_is_told_to(tmp_path: Path) -> None:
    process = begin(tmp_path / "data", "worker", "--threads", "2")
    wait_until("the worker runs", lambda: workers(tmp_path / "data") == 1, within=timedelta(minutes=2))

    process.send_signal(signal.SIGINT)

    process.communicate(timeout=30)
    assert process.returncode in {Exit.FINE, 130}
