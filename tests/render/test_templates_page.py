"""The pages about templates name every template, file and word there is, and all that templates see."""

from pathlib import Path

import pytest

from hanse.render.dialects import DIALECTS
from hanse.render.reference import reference
from hanse.render.words import FILTERS, TESTS

DOCS = Path(__file__).parents[2] / "docs" / "use"
PAGE = (DOCS / "templates.md").read_text()


def test_the_reference_is_what_the_code_says() -> None:
    assert (DOCS / "templates-reference.md").read_text() == reference(), "run script/write_docs.py"


@pytest.mark.parametrize("word", [*FILTERS, *TESTS])
def test_every_word_is_in_the_reference(word: str) -> None:
    assert f"\\| {word}" in reference() or f"is {word}" in reference()


@pytest.mark.parametrize("name", [*FILTERS, *TESTS])
def test_every_word_says_what_it_gives(name: str) -> None:
    assert {**FILTERS, **TESTS}[name].__doc__


@pytest.mark.parametrize("part", ["max_prefixes", "prefix_lists", "bogon_asns", "routers", "irr_filter", "sender"])
def test_what_templates_see_is_in_the_reference(part: str) -> None:
    assert f"| `{part}` | " in reference()


def test_a_type_is_told_in_words_and_a_comment_says_what_it_means() -> None:
    page = reference()

    assert "| `asns` | list of Asn | |" in page
    assert "| `longest` | number | prefix length |" in page
    assert "| `hold` | number | seconds of silence until it is given up; RFC 4271 section 10 |" in page
    assert "tuple[" not in page


@pytest.mark.parametrize("dialect", DIALECTS)
def test_every_part_is_on_the_page(dialect: str) -> None:
    for part in DIALECTS[dialect]:
        place = f"`{part.path}`" if part.path else "all that Hanse owns there"
        assert f"| {dialect} | {place} | `{part.template}` |" in PAGE
