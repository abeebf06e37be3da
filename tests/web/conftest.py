"""What the tests of the web share: the city on the desk with five people before it, once a file of tests."""

import json
from collections.abc import Generator
from dataclasses import dataclass
from typing import Any, Final

import pytest
from django.core.management import call_command
from django.db import connection
from pytest_django.plugin import DjangoDbBlocker
from whitenoise.middleware import WhiteNoiseMiddleware  # type: ignore[import-untyped]  # it tells no types

from hanse.conf.environment import SETTINGS
from web.city_on_desk import Desk, city_on_desk
from web.five_people import five_people
from web.much_on_desk import MARK, put_much

WRITTEN: Final = {
    "HANSE_DATABASE": f"postgresql://hanse:{MARK}@192.0.2.9/hanse",
    "HANSE_REDIS": f"redis://:{MARK}@192.0.2.9/0",
    "NAPALM_ARGS": json.dumps({"secret": MARK}),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """The city on the desk, the sessions of those who sit before it, by name, and what none of them may be shown."""

    desk: Desk
    sessions: dict[str, str]
    secrets: tuple[str, ...]

    def holds_secret(self, text: str) -> bool:
        """Say whether one of the secrets stands in a text."""
        return any(secret in text for secret in self.secrets)


@pytest.fixture(autouse=True, scope="session")
def static_files_found_once() -> Generator[None]:
    """Let the first client find the static files for all others: that takes longer than most pages."""
    found: dict[str, Any] = {}
    find = WhiteNoiseMiddleware.add_files_from_finders

    def once(self: Any) -> None:
        if not found:
            find(self)
            found.update(self.files)
        self.files.update(found)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(WhiteNoiseMiddleware, "add_files_from_finders", once)
        yield


@pytest.fixture(scope="module")
def office(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Generator[Office]:
    """Return the office. Tests, marked with django_db, look at it; what they write is taken back."""
    with django_db_blocker.unblock():
        assert "test" in str(connection.settings_dict["NAME"]), (
            "mark the tests with django_db: this is no test's database"
        )
        try:
            with pytest.MonkeyPatch.context() as environment, city_on_desk() as desk:
                for setting in SETTINGS:
                    if setting.secret:
                        environment.setenv(setting.name, WRITTEN.get(setting.name, MARK))
                sessions = five_people()
                yield Office(desk=desk, sessions=sessions, secrets=put_much(desk))
        finally:
            call_command("flush", interactive=False, verbosity=0)
