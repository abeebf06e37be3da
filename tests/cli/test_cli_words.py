"""The words of `hanse`, run in this process against fake routers and a store of their own."""

import json
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from actions.small_city import FILE, Town
from hanse.cli.main import words
from hanse.cli.say import Exit
from hanse.deploy.stages import Stage
from hanse.devices.fake.driver import FakeDevice
from hanse.store.models import Deployment

pytestmark = pytest.mark.django_db(transaction=True)
Run = Callable[..., tuple[int, str, str]]
BROKEN = FILE.replace("asn: 64501, relationship", "asn: 64502x, relationship").replace("site: hall", "site: hell")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "town.yml").write_text(FILE, encoding="utf-8")
    return tmp_path


def checksum(run: Run) -> str:
    return str(json.loads(run("plan", "--json")[1])["checksum"])


def test_checking_a_good_network_says_nothing(run: Run, folder: Path) -> None:
    assert run("check", str(folder)) == (Exit.FINE, "", "")


def test_checking_a_broken_network_names_every_mistake(
    run: Run, folder: Path, same_as_golden: Callable[[str, str], None]
) -> None:
    (folder / "town.yml").write_text(FILE.replace("site: hall", "site: hell"), encoding="utf-8")

    code, out, err = run("check", str(folder))

    assert (code, out) == (Exit.WANTED, "")
    same_as_golden(err.replace(f"{folder}/", ""), "unknown-site.txt")


def test_mistakes_come_as_json_too(run: Run, folder: Path) -> None:
    (folder / "town.yml").write_text(FILE.replace("site: hall", "site: hell"), encoding="utf-8")

    code, out, _ = run("check", str(folder), "--json")

    found = json.loads(out)
    assert code == Exit.WANTED
    assert found["error"] == "Contradictory"
    assert {problem["line"] for problem in found["problems"]} > {0} or found["problems"][0]["line"] > 1


def test_a_folder_without_files_is_refused(run: Run, tmp_path: Path) -> None:
    code, _, err = run("check", str(tmp_path))

    assert code == Exit.WANTED
    assert "holds no .yml file" in err


def test_a_template_of_ones_own_that_is_wrong_fails_at_the_check(run: Run, folder: Path) -> None:
    template = folder / "templates" / "bird2" / "bird.conf.j2"
    template.parent.mkdir(parents=True)
    template.write_text("{{ spec.no_such_word }}\n", encoding="utf-8")

    code, _, err = run("check", str(folder))

    assert code == Exit.WANTED
    assert "bird2/bird.conf.j2, line 1" in err


def test_check_starts_without_django(folder: Path) -> None:
    script = (
        "import sys; from hanse.cli.main import main; code = main(['check', sys.argv[1]]);"
        " assert 'django' not in sys.modules; sys.exit(code)"
    )

    began = time.monotonic()
    done = subprocess.run([sys.executable, "-c", script, str(folder)], env={"PYTHONPATH": "src"}, check=False)

    assert done.returncode == Exit.FINE
    assert time.monotonic() - began < 20  # generous: what is asserted is the line above


def test_render_prints_the_text_of_the_files(run: Run, folder: Path) -> None:
    code, out, _ = run("render", "alpha", "--from", str(folder))

    assert code == Exit.FINE
    assert "#= /etc/bird/bird.conf" in out
    assert "192.0.2.11" in out


def test_derive_names_the_reason_of_a_value(run: Run, folder: Path) -> None:
    code, out, _ = run("derive", "alpha", "--from", str(folder))

    assert code == Exit.FINE
    assert "links.middle" in out


def test_an_unknown_router_is_answered_with_the_nearest(run: Run, folder: Path) -> None:
    code, _, err = run("render", "alpa", "--from", str(folder))

    assert code == Exit.WANTED
    assert err == "there is no node 'alpa': did you mean alpha?\n"


def test_an_empty_store_says_what_to_do(run: Run) -> None:
    code, _, err = run("status")

    assert code == Exit.WANTED
    assert "hanse import DIR" in err


def test_an_import_shows_what_changed(run: Run, folder: Path, place: Town) -> None:
    (folder / "town.yml").write_text(FILE.replace("cost: 10", "cost: 20"), encoding="utf-8")

    dry = run("import", str(folder), "--dry-run")
    code, out, _ = run("import", str(folder))

    assert dry[0] == Exit.CHANGES
    assert code == Exit.FINE
    assert out == "change link_classes.fibre\n         cost: 10 -> 20\n1 object changed.\n"


def test_an_import_never_rewrites_its_files(run: Run, folder: Path) -> None:
    run("import", str(folder))

    assert (folder / "town.yml").read_text(encoding="utf-8") == FILE


def test_an_export_is_read_back_without_loss(run: Run, tmp_path: Path, place: Town) -> None:
    assert run("export", str(tmp_path / "out"))[0] == Exit.FINE

    code, out, _ = run("import", str(tmp_path / "out"), "--dry-run")

    assert (code, out) == (Exit.FINE, "Nothing changes.\n")


def test_an_export_destroys_no_file(run: Run, tmp_path: Path, place: Town) -> None:
    (tmp_path / "nodes.yml").write_text("mine\n", encoding="utf-8")

    code, _, err = run("export", str(tmp_path))

    assert code == Exit.OUTSIDE
    assert "nodes.yml already" in err
    assert (tmp_path / "nodes.yml").read_text(encoding="utf-8") == "mine\n"


def test_plan_apply_poll_status(run: Run, place: Town) -> None:
    assert run("plan")[0] == Exit.CHANGES
    assert run("apply", "--plan", checksum(run))[0] == Exit.FINE
    assert run("plan")[0] == Exit.FINE
    assert run("poll")[0] == Exit.FINE

    code, out, _ = run("status")

    assert code == Exit.FINE
    assert "Everything is as wanted." in out


def test_apply_refuses_another_plan(run: Run, place: Town) -> None:
    code, _, err = run("apply", "--plan", "0123456789ab")

    assert code == Exit.WANTED
    assert "not 0123456789ab" in err
    assert Deployment.objects.count() == 0


def test_apply_without_anybody_to_ask_names_the_checksum(run: Run, place: Town) -> None:
    code, _, err = run("apply", "--json")

    assert code == Exit.WANTED
    assert Deployment.objects.count() == 0
    assert err == ""


def test_apply_ends_with_3_when_a_router_was_undone(run: Run, place: Town) -> None:
    def drop_all(device: FakeDevice) -> None:
        device.sessions = ()

    place.devices["beta"].harm = drop_all

    code, out, _ = run("apply", "--yes", "--limit", "beta")

    assert code == Exit.OUTSIDE
    assert "beta: reverted: " in out
    assert Deployment.objects.get().stage == Stage.REVERTED


def test_undo_goes_back(run: Run, place: Town) -> None:
    run("apply", "--yes")
    first = place.devices["alpha"].running_text
    place.wants(FILE.replace("cost: 10", "cost: 20"))
    run("apply", "--yes")

    code, _, _ = run("undo", "alpha", "--yes")

    assert code == Exit.FINE
    assert place.devices["alpha"].running_text == first


def test_a_silent_router_makes_poll_end_with_3(run: Run, place: Town) -> None:
    place.devices["alpha"].reachable = False

    code, out, _ = run("poll")

    assert code == Exit.OUTSIDE
    assert "alpha: does not answer: alpha does not answer" in out


def test_status_of_an_unreachable_router(run: Run, place: Town) -> None:
    run("poll")
    place.devices["alpha"].reachable = False
    run("poll")

    _, out, _ = run("status")

    assert "alpha: unreachable: alpha does not answer" in out
    assert "alpha: its 3 sessions and 2 neighbours are unknown" in out


JSON_WORDS: tuple[tuple[str, ...], ...] = (
    ("check",),
    ("count", "{folder}"),
    ("derive", "alpha"),
    ("render", "alpha"),
    ("import", "{folder}", "--dry-run"),
    ("export", "{folder}/out"),
    ("plan",),
    ("apply", "--yes"),
    ("pillar", "{folder}/pillar"),
    ("ping", "--learn"),
    ("poll",),
    ("discover",),
    ("drain", "alpha"),
    ("restore", "alpha"),
    ("peers",),
    ("cabling",),
    ("links",),
    ("targets",),
    ("zones", "--from", "{folder}"),
    ("status",),
    ("undo", "alpha", "--yes"),
    ("secret", "list"),
    ("schema",),
    ("template", "list"),
    ("drift",),
    ("rollout", "list"),
    ("deployment", "list"),
    ("host-key", "list"),
    ("keys", "list"),
    ("worker", "--once"),
    ("alerts", "list"),
    ("draft", "list"),
    ("group", "list"),
    ("irr", "show"),
    ("grant", "list"),
    ("job", "list"),
    ("peeringdb", "status"),
    ("prune",),
    ("recipient", "list"),
    ("schedule", "list"),
    ("settings",),
    ("token", "list"),
    ("user", "list"),
)
UNTIL_ENDED = {"run"}  # it has no answer to print


def test_every_word_is_in_the_json_test() -> None:
    assert {given[0] for given in JSON_WORDS} == set(words()) - UNTIL_ENDED


@pytest.mark.parametrize("given", JSON_WORDS, ids=lambda given: given[0])
def test_with_json_a_word_prints_one_document(given: Sequence[str], run: Run, folder: Path, place: Town) -> None:
    filled = [word.format(folder=folder) for word in given]

    _, out, err = run(*filled, "--json")

    document: Any = json.loads(out)
    assert isinstance(document, dict)
    assert err == ""
