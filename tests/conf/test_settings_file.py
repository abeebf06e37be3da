"""Settings in a file: read as they are written, under the environment, and never half understood."""

from pathlib import Path

import pytest

from hanse.conf.environment import everything_set, read_settings
from hanse.conf.setting import BadSetting
from hanse.conf.settings_file import FILE
from hanse.conf.shown_settings import shown_settings


def written(folder: Path, text: str) -> dict[str, str]:
    (folder / FILE).write_text(text)
    return {"HANSE_DATA": str(folder)}


def test_a_setting_of_the_file_holds(tmp_path: Path) -> None:
    environment = written(tmp_path, "# the desk\n\nHANSE_LISTEN = '127.0.0.1:8001'\n")

    values = read_settings(everything_set(environment))

    assert values["HANSE_LISTEN"] == ("127.0.0.1", 8001)


def test_the_environment_wins_unless_it_is_empty(tmp_path: Path) -> None:
    environment = written(tmp_path, "HANSE_BATCH=7\nHANSE_CANARY=3\n") | {"HANSE_BATCH": "9", "HANSE_CANARY": ""}

    values = read_settings(everything_set(environment))

    assert (values["HANSE_BATCH"], values["HANSE_CANARY"]) == (9, 3)


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("HANSE_BATCHES=7", ":2: HANSE_BATCHES is no setting"),
        ("HANSE_BATCH", ":2: write NAME=value"),
        ("HANSE_DATA=/elsewhere", ":2: HANSE_DATA is set in the environment only"),
    ],
)
def test_a_line_that_cannot_be_meant_is_named_with_its_place(tmp_path: Path, line: str, why: str) -> None:
    environment = written(tmp_path, f"# a comment\n{line}\n")

    with pytest.raises(BadSetting, match=why):
        everything_set(environment)


def test_what_comes_from_the_file_is_shown_so(tmp_path: Path) -> None:
    environment = written(tmp_path, "HANSE_BATCH=7\n")

    shown = {one.name: one for one in shown_settings(environment)}

    assert (shown["HANSE_BATCH"].value, shown["HANSE_BATCH"].comes_from) == ("7", "file")
    assert shown["HANSE_CANARY"].comes_from == "default"
