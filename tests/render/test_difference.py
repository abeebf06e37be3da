"""What differs between two texts of a router."""

from hanse.network.values.bundle import File, print_bundle
from hanse.render.difference import counted, difference


def bundle(**texts: str) -> str:
    return print_bundle(File(path=f"/etc/{name}", text=text) for name, text in texts.items())


def test_files_are_compared_one_by_one() -> None:
    found = difference(bundle(one="a\nb\n", same="x\n"), bundle(one="a\nc\n", same="x\n"))

    assert found == "--- /etc/one\n+++ /etc/one\n@@ -1,2 +1,2 @@\n a\n-b\n+c\n"
    assert counted(found) == (1, 1)


def test_a_router_that_comes_or_goes_is_compared_with_nothing() -> None:
    assert difference("", bundle(one="a\n")) == "--- /dev/null\n+++ /etc/one\n@@ -0,0 +1 @@\n+a\n"
    assert difference(bundle(one="a\n"), "").startswith("--- /etc/one\n+++ /dev/null\n")


def test_a_text_that_is_no_bundle_is_one_file() -> None:
    assert "+hostname edge2\n" in difference("hostname edge1\n", "hostname edge2\n")


def test_the_same_text_has_no_difference() -> None:
    assert difference(bundle(one="a\n"), bundle(one="a\n")) == ""
