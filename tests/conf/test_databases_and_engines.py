"""What the settings about the database, the engine and the address mean."""

from pathlib import Path
from typing import Any

import pytest

from hanse.conf.databases import database_of
from hanse.conf.engines import WORK, tasks_of
from hanse.conf.environment import read_settings
from hanse.conf.setting import BadSetting

DATA = Path("/data")


def test_without_a_setting_rows_lie_in_a_file() -> None:
    found = database_of("", DATA)

    assert (found["ENGINE"], found["NAME"]) == ("hanse.store.sqlite", DATA / "hanse.sqlite3")


@pytest.mark.parametrize(
    ("written", "wanted"),
    [
        (
            "postgresql://hanse:p%40ss%2Fword@db.example.net:5433/network",
            {"USER": "hanse", "PASSWORD": "p@ss/word", "HOST": "db.example.net", "PORT": "5433", "NAME": "network"},
        ),
        (
            "postgres://hanse@/hanse?host=/var/run/postgresql",
            {"USER": "hanse", "PASSWORD": "", "HOST": "/var/run/postgresql", "PORT": "", "NAME": "hanse"},
        ),
        (
            "postgresql://hanse@%2Fvar%2Frun%2Fpostgresql/hanse",
            {"USER": "hanse", "PASSWORD": "", "HOST": "/var/run/postgresql", "PORT": "", "NAME": "hanse"},
        ),
    ],
)
def test_an_address_names_a_postgresql(written: str, wanted: dict[str, str]) -> None:
    found = database_of(written, DATA)

    assert found["ENGINE"] == "django.db.backends.postgresql"
    assert {name: found[name] for name in wanted} == wanted
    assert "host" not in found["OPTIONS"]


def test_options_of_libpq_are_handed_on() -> None:
    assert database_of("postgresql://a@b/c?sslmode=verify-full", DATA)["OPTIONS"]["sslmode"] == "verify-full"


def test_the_distributed_engine_wants_postgresql() -> None:
    with pytest.raises(BadSetting, match="HANSE_DATABASE"):
        tasks_of({"HANSE_ENGINE": "distributed", "HANSE_DATABASE": ""})


@pytest.mark.parametrize("engine", sorted(WORK))
def test_every_engine_carries_and_works(engine: str) -> None:
    tasks = tasks_of({"HANSE_ENGINE": engine, "HANSE_DATABASE": "postgresql://a@b/c"})

    module, _, _ = WORK[engine].rpartition(".")
    assert set(tasks) == {"default"}
    assert tasks["default"]["BACKEND"].startswith((module, "django_tasks_db."))


@pytest.mark.parametrize(
    ("text", "wanted"),
    [("127.0.0.1:8000", ("127.0.0.1", 8000)), ("[::]:80", ("::", 80)), ("localhost:9", ("localhost", 9))],
)
def test_where_to_listen_is_read(text: str, wanted: Any) -> None:
    assert read_settings({"HANSE_LISTEN": text})["HANSE_LISTEN"] == wanted


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("HANSE_LISTEN", "8000"),
        ("HANSE_LISTEN", "here:"),
        ("HANSE_LISTEN", "here:70000"),
        ("HANSE_DATABASE", "mysql://a@b/c"),
        ("HANSE_ENGINE", "celery"),
        ("HANSE_JOBS", "0"),
    ],
)
def test_what_cannot_be_meant_is_refused(name: str, text: str) -> None:
    with pytest.raises(BadSetting, match=name):
        read_settings({name: text})
