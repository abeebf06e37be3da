"""`hanse template` and `hanse export` for texts of one's own about the whole network."""

from collections.abc import Callable
from pathlib import Path

import pytest

from actions.small_city import Town
from hanse.cli.say import Exit
from hanse.render.reference import reference

Run = Callable[..., tuple[int, str, str]]
PEERS = "export/peers.csv.j2"
TEXT = (
    "{% for router in export.routers %}{% for one in router.bgp.external %}\n"
    "{{ router.name }},{{ one.remote_asn }},{{ one.remote.name }}\n{% endfor %}{% endfor %}"
)
pytestmark = pytest.mark.django_db(transaction=True)


def test_an_export_is_set_listed_written_and_removed(run: Run, place: Town, tmp_path: Path) -> None:
    file = tmp_path / "peers"
    file.write_text(TEXT)

    assert run("template", "preview", PEERS, "--file", str(file))[0] == Exit.CHANGES
    assert run("template", "set", PEERS, "--file", str(file))[0] == Exit.FINE
    assert f"yours  {PEERS}" in run("template", "list")[1]
    assert run("export", "--template", "export/peers.csv")[1].split() == ["alpha,64501,Bob"]
    assert run("template", "remove", PEERS)[0] == Exit.FINE
    code, _, err = run("export", "--template", "export/peers.csv")

    assert code == Exit.WANTED
    assert f"there is no template '{PEERS}'" in err


def test_an_export_that_fails_is_not_taken_and_names_template_and_line(run: Run, place: Town, tmp_path: Path) -> None:
    file = tmp_path / "peers"
    file.write_text("fine\n{{ export.nothing }}\n")

    code, _, err = run("template", "set", PEERS, "--file", str(file))

    assert code == Exit.WANTED
    assert f"template {PEERS}, line 2: " in err
    assert PEERS not in run("template", "list")[1]


def test_the_reference_is_printed(run: Run, place: Town) -> None:
    code, out, _ = run("template", "reference")

    assert (code, out.strip()) == (Exit.FINE, reference().strip())


@pytest.mark.parametrize("words", [("export",), ("export", "{folder}", "--template", "export/x")])
def test_an_export_goes_one_way(run: Run, place: Town, tmp_path: Path, words: tuple[str, ...]) -> None:
    code, _, err = run(*(word.format(folder=tmp_path) for word in words))

    assert code == Exit.WANTED
    assert "hanse export DIR" in err
