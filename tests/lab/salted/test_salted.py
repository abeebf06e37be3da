"""Salt installs what Hanse wants, and is one of its hands; README.md says what is proved."""

import json
import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import pytest

from hanse_lab import lab
from hanse_lab.commands import run
from hanse_lab.desk import desk
from hanse_lab.folder import Folder
from hanse_lab.product import COMMAND, Hanse
from hanse_lab.requirements import lacks
from lab.salted.salt_in_lab import NoSalt, Salt, salt_programs, salt_up
from lab.words import introduce

pytestmark = [pytest.mark.lab, pytest.mark.timeout(600)]

HERE: Final = Path(__file__).parent
ROUTERS: Final = ("alpha", "beta")
SECRETS: Final = {"alme-alpha": "Strandkorb-7", "alme-beta": "Leuchtturm-9"}


@dataclass(slots=True)
class Town:
    """Two routers, Hanse and Salt; `serving` is Hanse's desk, as long as it is open."""

    files: Path
    hanse: Hanse
    salt: Salt
    serving: ExitStack

    def edit(self, old: str, new: str) -> None:
        """Change one place of the wanted network, and import it."""
        path = self.files / "network.yml"
        text = path.read_text()
        assert text.count(old) == 1
        path.write_text(text.replace(old, new))
        self.hanse.say("import", str(self.files))

    def plan(self) -> dict[str, str]:
        """Return the diff of each router that would change, as Hanse plans it over SSH."""
        plan = self.hanse.tree("plan")
        return {router["node"]: router["diff"] for router in plan["routers"] if router["changed"]}


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """Give two routers that nothing is installed on, with a minion each."""
    if missing := lacks():
        pytest.skip("; ".join(missing))
    try:
        salt_programs()
    except NoSalt as error:
        pytest.skip(str(error))
    files = tmp_path_factory.mktemp("salted")
    shutil.copy(HERE / "network.yml", files)
    folder = Folder.of("salted")
    lab.down(folder)  # what a killed run may have left
    lab.up(files, folder, print)
    try:
        hanse = Hanse(folder)
        token = furnished(hanse, files)
        with ExitStack() as serving:
            url = serving.enter_context(desk(hanse))
            with salt_up(folder, ROUTERS, hanse=url, token=token) as salt:
                yield Town(files, replace(hanse, settings=salt.settings), salt, serving)
    finally:
        lab.down(folder)


def furnished(hanse: Hanse, files: Path) -> str:
    """Put down what is wanted, the secrets, and a user for Salt's master; return that one's token."""
    introduce(hanse, files)
    for name, value in SECRETS.items():
        run(*COMMAND, "secret", "set", name, stdin=value, env=hanse.environment())
    hanse.say("user", "add", "salt")
    hanse.say("grant", "set", "salt", "--right", "read-pillar", "--kind", "nodes", "--user", "salt")
    return str(hanse.tree("token", "make", "master", "--user", "salt", "--write")["token"])


def test_salt_installs_what_hanse_wants_and_is_one_of_its_hands(town: Town) -> None:
    """Go through one story: each step begins where the one before it ended."""
    a_dry_run_of_salt_shows_what_a_plan_shows(town)
    salt_installs_what_is_wanted_and_keeps_it_as_the_master_still_answers(town)
    a_minion_gets_its_own_secrets_and_no_others(town)
    hanse_installs_through_salt_and_no_secret_is_in_its_jobs(town)
    while_hanse_is_down_the_last_good_answer_holds(town)


def a_dry_run_of_salt_shows_what_a_plan_shows(town: Town) -> None:
    planned = town.plan()

    tried = {node: town.salt.state(node, "test=True") for node in ROUTERS}

    assert {node: one["result"] for node, one in tried.items()} == dict.fromkeys(ROUTERS, None), tried
    assert {node: one["changes"]["diff"] for node, one in tried.items()} == planned
    assert not any(value in str(tried) for value in SECRETS.values())


def salt_installs_what_is_wanted_and_keeps_it_as_the_master_still_answers(town: Town) -> None:
    told = {node: town.salt.state(node) for node in ROUTERS}

    assert all(one["result"] for one in told.values()), told
    assert town.plan() == {}
    assert SECRETS["alme-alpha"] in lab.node(town.hanse.folder, "alpha").run("cat", "/etc/bird/bird.conf")
    assert "exactly this already" in town.salt.state("alpha")["comment"]


def a_minion_gets_its_own_secrets_and_no_others(town: Town) -> None:
    own: Any = town.salt.answer("alpha", "hanse.pillar")
    others = town.salt.on_router("alpha", "--out=json", "pillar.ext", json.dumps({"hanse": {}}))
    claimed = town.salt.on_router("alpha", "--id=beta", "--out=json", "hanse.pillar")

    assert (own["node"], own["secrets"]) == ("alpha", ["alme-alpha"])
    assert "alme-beta" not in others.stdout + claimed.stdout
    assert claimed.returncode, claimed.stdout


def hanse_installs_through_salt_and_no_secret_is_in_its_jobs(town: Town) -> None:
    town.edit("fibre, cost: 10", "fibre, cost: 25")

    applied = town.hanse.tree("apply", "--via", "salt", "--yes", "--force")

    assert {one["node"]: one["stage"] for one in applied["outcomes"]} == dict.fromkeys(ROUTERS, "kept"), applied
    assert town.plan() == {}
    kept = [path.read_bytes() for path in town.salt.place.rglob("*") if path.is_file() and "jobs" in path.parts]
    assert kept
    assert not any(value.encode() in content for value in SECRETS.values() for content in kept)


def while_hanse_is_down_the_last_good_answer_holds(town: Town) -> None:
    town.serving.close()

    told = town.salt.state("beta")

    assert told["result"], told
    assert "Hanse did not answer" in told["comment"]
