"""Every word is explained, and fits its file."""

from pathlib import Path

import pytest

from hanse.cli.main import COMMANDS, command, words

DOCS = Path(__file__).resolve().parents[2] / "docs" / "use" / "commands.md"


@pytest.mark.parametrize("word", words())
def test_a_word_is_documented(word: str) -> None:
    assert f"### `hanse {word}" in DOCS.read_text(encoding="utf-8")


@pytest.mark.django_db
@pytest.mark.parametrize("word", words())
def test_a_word_is_called_as_its_file_says(word: str) -> None:
    module = command(word)

    assert word == module.NAME
    assert module.HELP[0].islower()


@pytest.mark.parametrize("path", sorted(COMMANDS.glob("*.py")), ids=lambda path: path.stem)
def test_a_words_file_is_short(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 75
