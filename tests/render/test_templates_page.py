"""The page about templates names every template, file and word there is."""

from pathlib import Path

import pytest

from hanse.render.dialects import DIALECTS
from hanse.render.words import FILTERS, TESTS

PAGE = (Path(__file__).parents[2] / "docs" / "use" / "templates.md").read_text()


@pytest.mark.parametrize("word", [*FILTERS, *TESTS])
def test_every_word_is_on_the_page(word: str) -> None:
    assert f"\\| {word}" in PAGE or f"is {word}" in PAGE


@pytest.mark.parametrize("dialect", DIALECTS)
def test_every_part_is_on_the_page(dialect: str) -> None:
    for part in DIALECTS[dialect]:
        assert f"| {dialect} | `{part.path}` | `{part.template}` |" in PAGE
