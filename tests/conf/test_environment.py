"""The settings: read, checked, documented."""

from datetime import timedelta
from pathlib import Path

import pytest

from hanse.conf.environment import SETTINGS, data_folder, read_settings, settings_table
from hanse.conf.keys import NoKeys, keys_in
from hanse.conf.setting import BadSetting
from hanse.conf.templates import TemplateUnreadable, templates_in

DOCS = Path(__file__).resolve().parents[2] / "docs" / "operate" / "settings.md"


def test_without_any_variable_every_setting_has_its_default() -> None:
    values = read_settings({})

    assert values.keys() == {setting.name for setting in SETTINGS}
    assert values["NAPALM_TIMEOUT"] == timedelta(seconds=30)


def test_all_that_is_wrong_is_named_at_once() -> None:
    with pytest.raises(BadSetting) as caught:
        read_settings({"HANSE_UNDO_AFTER": "soon", "NAPALM_ARGS": "[1]", "HANSE_MAX_ROUTERS": "0"})

    assert [name in str(caught.value) for name in ("HANSE_UNDO_AFTER", "NAPALM_ARGS", "HANSE_MAX_ROUTERS")] == [
        True,
        True,
        True,
    ]


@pytest.mark.parametrize("text", ["inf", "nan", "0", "-1"])
def test_a_time_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(BadSetting):
        read_settings({"HANSE_SETTLE": text})


def test_the_documentation_holds_the_table() -> None:
    assert settings_table() in DOCS.read_text(encoding="utf-8")


def test_a_clone_keeps_its_data_inside(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").touch()

    assert data_folder(here=tmp_path) == tmp_path / "var"


def test_an_installed_hanse_keeps_its_data_at_home(tmp_path: Path) -> None:
    assert data_folder(here=tmp_path / "nowhere", home=tmp_path) == tmp_path / ".local" / "share" / "hanse"


def test_keys_are_made_once(tmp_path: Path) -> None:
    first = keys_in(tmp_path / "new")

    assert keys_in(tmp_path / "new") == first
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["keys"]
    assert (tmp_path / "new").stat().st_mode & 0o777 == 0o700


def test_an_empty_key_file_is_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "keys").touch()

    with pytest.raises(NoKeys, match="put its keys back"):
        keys_in(tmp_path)


def test_templates_are_named_by_their_path(tmp_path: Path) -> None:
    (tmp_path / "bird2").mkdir()
    (tmp_path / "bird2" / "bird.conf.j2").write_text("x\n", encoding="utf-8")

    assert templates_in(tmp_path) == {"bird2/bird.conf.j2": "x\n"}
    assert templates_in(None) == {}


def test_a_template_that_is_no_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.j2").write_bytes(b"\xff")

    with pytest.raises(TemplateUnreadable):
        templates_in(tmp_path)


def test_a_secret_that_cannot_be_read_is_not_quoted() -> None:
    with pytest.raises(BadSetting, match="NAPALM_ARGS") as caught:
        read_settings({"NAPALM_ARGS": "mark-of-a-secret"})

    assert "mark-of-a-secret" not in str(caught.value)
