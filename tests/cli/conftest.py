"""What the tests of commands share: a town of fake routers, short times, and saying words to `hanse`."""

from collections.abc import Callable, Iterator

import pytest

from actions.small_city import Town, town
from hanse.cli.main import main


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (("HANSE_FIRST_LOOK", "0.01"), ("HANSE_SETTLE", "1"), ("HANSE_UNDO_AFTER", "2")):
        monkeypatch.setenv(name, value)


@pytest.fixture
def place() -> Iterator[Town]:
    with town() as found:
        yield found


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    def run_words(*given: str) -> tuple[int, str, str]:
        code = main(given)
        said = capsys.readouterr()
        return code, said.out, said.err

    return run_words
