"""A bundle: one text for a set of files, and back, to the letter."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hanse.network.values.bundle import File, NotABundle, parse_bundle, print_bundle

lines = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp")), max_size=20)
texts = st.lists(lines.filter(lambda line: not line.startswith("#= ")), max_size=5).map(
    lambda found: "".join(f"{line}\n" for line in found)
)
files = st.builds(
    File,
    path=st.from_regex(r"/[a-z0-9]{1,8}(/[a-z0-9.]{0,3}[a-z0-9]){0,2}", fullmatch=True),
    text=texts,
    mode=st.integers(0, 0o777),
    owner=st.from_regex(r"[a-z_][a-z0-9_-]{0,8}", fullmatch=True),
)


@given(st.lists(files, unique_by=lambda file: file.path, max_size=4))
def test_files_come_back_as_they_were(some: list[File]) -> None:
    assert parse_bundle(print_bundle(some)) == tuple(sorted(some))


@given(st.lists(files, unique_by=lambda file: file.path, max_size=4))
def test_one_set_of_files_has_one_text(some: list[File]) -> None:
    assert print_bundle(some) == print_bundle(reversed(some))


@pytest.mark.parametrize(
    ("path", "text"),
    [("etc/x", "a\n"), ("/etc/../x", "a\n"), ("/etc/a b", "a\n"), ("/etc/x", "a"), ("/etc/x", "#= /etc/y 0644 root\n")],
)
def test_a_file_that_could_not_be_read_back_is_refused(path: str, text: str) -> None:
    with pytest.raises(NotABundle):
        File(path=path, text=text)


def test_two_files_of_one_path_are_refused() -> None:
    with pytest.raises(NotABundle, match="twice"):
        print_bundle([File("/a", "x\n"), File("/a", "y\n")])


def test_a_text_without_a_head_is_refused() -> None:
    with pytest.raises(NotABundle, match="begins with"):
        parse_bundle("hello\n")
