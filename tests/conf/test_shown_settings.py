"""What an operator is shown of the settings: all of them, and no secret."""

from hanse.conf.environment import SETTINGS
from hanse.conf.shown_settings import HIDDEN, shown_settings

MARK = "mark-of-a-secret"


def test_every_setting_is_shown() -> None:
    assert [one.name for one in shown_settings({})] == [setting.name for setting in SETTINGS]


def test_no_secret_is_shown_only_that_there_is_one() -> None:
    written = {setting.name: MARK for setting in SETTINGS if setting.secret}

    shown = {one.name: one for one in shown_settings(written)}

    assert written
    assert MARK not in str(shown)
    assert {shown[name].value for name in written} == {HIDDEN}


def test_a_setting_whose_name_speaks_of_a_secret_is_one() -> None:
    speaking = {one.name for one in SETTINGS if one.name.endswith(("PASSWORD", "SECRET", "TOKEN"))}

    assert speaking <= {one.name for one in SETTINGS if one.secret}


def test_a_password_in_an_address_is_hidden_and_the_rest_of_it_is_not() -> None:
    shown = {one.name: one.value for one in shown_settings({"HANSE_URL": f"https://user:{MARK}@hanse.example.net/x"})}

    assert shown["HANSE_URL"] == f"https://user:{HIDDEN}@hanse.example.net/x"


def test_what_is_set_comes_from_the_environment_and_the_rest_from_us() -> None:
    shown = {one.name: one for one in shown_settings({"HANSE_BATCH": "3"})}

    assert (shown["HANSE_BATCH"].value, shown["HANSE_BATCH"].comes_from) == ("3", "environment")
    assert shown["HANSE_CANARY"].comes_from == "default"
