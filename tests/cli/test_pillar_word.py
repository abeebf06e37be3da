"""`hanse pillar`: the pillar as plain files."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from actions.small_city import FILE, Town
from hanse.actions.rights import operator
from hanse.actions.secrets import set_secret
from hanse.cli.say import Exit

Run = Callable[..., tuple[int, str, str]]
pytestmark = pytest.mark.django_db(transaction=True)
WANTED = (
    FILE.replace("fake: {driver: fake,", "fake: {driver: linux,")
    .replace("addresses: [192.0.2.11]}", "addresses: [192.0.2.11], password: bob-at-pix}")
    .replace("name: town,", "name: town, domain: town.example,")
)


@pytest.fixture
def salted(place: Town) -> Town:
    """Give a town whose routers a minion can install."""
    place.wants(WANTED)
    set_secret("bob-at-pix", "Strandkorb-7", person=operator("alice"), clock=place.world.clock)
    return place


def merged(folder: Path, minion: str) -> Any:
    """Return the pillar that Salt makes of the files for one minion: what stands in them laid upon each other."""
    top = yaml.safe_load((folder / "top.sls").read_text(encoding="utf-8"))["base"]
    (names,) = (words for ids, words in top.items() if minion in ids.split(","))
    found: dict[str, Any] = {}
    for name in names[1:]:
        found |= yaml.safe_load((folder / f"{name.replace('.', '/')}.sls").read_text(encoding="utf-8"))["hanse"]
    return found


@pytest.mark.parametrize("minion", ["alpha", "alpha.town.example"])
def test_each_minion_is_given_its_own_router_and_secrets_by_name(
    run: Run, salted: Town, tmp_path: Path, minion: str
) -> None:
    code, out, _ = run("pillar", str(tmp_path / "out"))

    found = merged(tmp_path / "out", minion)
    assert (code, out) == (Exit.FINE, f"4 files for 2 routers written to {tmp_path / 'out'}.\n")
    assert (found["node"], found["secrets"]) == ("alpha", {})
    assert any("@secret(bob-at-pix)@" in file["text"] for file in found["files"])
    assert found["program"]["path"].endswith(".pyz")


def test_no_file_is_taken_for_a_template(run: Run, salted: Town, tmp_path: Path) -> None:
    run("pillar", str(tmp_path / "out"))

    files = list((tmp_path / "out").rglob("*.sls"))
    assert files
    assert all(path.read_text(encoding="utf-8").startswith("#!yaml\n") for path in files)


def test_values_are_written_only_if_asked_for_and_for_their_owner_alone(run: Run, salted: Town, tmp_path: Path) -> None:
    run("pillar", str(tmp_path / "out"), "--secrets", "--limit", "alpha")

    assert merged(tmp_path / "out", "alpha")["secrets"] == {"bob-at-pix": "Strandkorb-7"}
    assert {path.stat().st_mode & 0o077 for path in (tmp_path / "out").rglob("*.sls")} == {0}


def test_what_is_there_already_stays(run: Run, salted: Town, tmp_path: Path) -> None:
    (tmp_path / "top.sls").write_text("mine", encoding="utf-8")

    code, _, err = run("pillar", str(tmp_path))

    assert (code, (tmp_path / "top.sls").read_text(encoding="utf-8")) == (Exit.OUTSIDE, "mine")
    assert "--overwrite" in err
    assert run("pillar", str(tmp_path), "--overwrite")[0] == Exit.FINE


def test_without_an_address_of_salt_a_plan_via_salt_says_so(run: Run, salted: Town) -> None:
    _, out, err = run("plan", "--via", "salt")

    assert "HANSE_SALT_URL" in out + err
