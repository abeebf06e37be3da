"""Secrets, templates, discovery, drift and undo at the terminal."""

import io
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from actions.small_city import ALICE, FILE, Town
from hanse.actions.planning import plan
from hanse.cli.say import Exit
from hanse.deploy.stages import Stage
from hanse.network.seen.bgp import BgpState
from hanse.render.text import template_text
from hanse.store import access, deployments
from hanse.store.deployments import Claim
from hanse.store.models import Deployment

pytestmark = pytest.mark.django_db(transaction=True)
Run = Callable[..., tuple[int, str, str]]
BIRD = "bird2/bird.conf.j2"


def test_a_secret_is_read_from_stdin_and_never_shown(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("correct horse\nsecond line\n"))

    said = run("secret", "set", "bob-md5")

    assert said == (Exit.FINE, "", "")
    assert access.secrets() == {"bob-md5": "correct horse"}
    assert "bob-md5" in run("secret", "list")[1]
    assert "horse" not in run("secret", "list", "--json")[1]


def test_a_secret_is_removed_by_its_name(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("correct horse\n"))
    run("secret", "set", "bob-md5")

    mistyped = run("secret", "remove", "bob-md")
    removed = run("secret", "remove", "bob-md5")

    assert (mistyped[0], mistyped[2]) == (Exit.WANTED, "no secret is called 'bob-md': did you mean bob-md5?\n")
    assert removed[0] == Exit.FINE
    assert access.secrets() == {}


def test_a_secret_without_a_name_is_answered_with_the_usage(run: Run) -> None:
    code, _, err = run("secret", "set")

    assert code == Exit.WANTED
    assert "hanse secret set NAME" in err


def test_a_template_goes_round(run: Run, tmp_path: Path, place: Town) -> None:
    file = tmp_path / "mine.j2"
    file.write_text(template_text(BIRD) + "# mine\n", encoding="utf-8")

    assert run("template", "set", BIRD, "--file", str(file))[0] == Exit.FINE
    assert f"yours  {BIRD}" in run("template", "list")[1]
    assert run("template", "show", BIRD)[1].endswith("# mine\n")
    assert "# mine" in run("render", "alpha")[1]
    assert run("template", "remove", BIRD)[0] == Exit.FINE
    assert f"ours   {BIRD}" in run("template", "list")[1]


def test_a_template_without_its_text_is_refused(run: Run, tmp_path: Path) -> None:
    assert run("template", "set", BIRD)[0] == Exit.WANTED
    assert "cannot be read" in run("template", "set", BIRD, "--file", str(tmp_path / "none"))[2]


def test_discovery_shows_both_sides(run: Run, place: Town) -> None:
    place.wants("".join(line for line in FILE.splitlines(keepends=True) if not line.startswith("sessions:")))
    place.devices["beta"].sessions = ()

    code, out, _ = run("discover")

    assert code == Exit.FINE
    assert [line.split()[:4] for line in out.splitlines()[1:]] == [
        ["alpha", "192.0.2.11", "64501", "new"],
        ["beta", "10.20.0.1", "64500", "absent"],
        ["beta", "fd20:20::1", "64500", "absent"],
    ]


def test_drift_ends_with_10_when_somebody_was_there(run: Run, place: Town) -> None:
    before = run("drift")
    run("apply", "--yes")
    untouched = run("drift")
    place.devices["alpha"].running_text += "# by hand\n"

    code, out, _ = run("drift")

    assert "Hanse has installed nothing there yet" in before[1]
    assert untouched == (Exit.FINE, "", "")
    assert code == Exit.CHANGES
    assert "+# by hand" in out


def test_a_silent_router_makes_discover_drift_and_plan_end_with_3(run: Run, place: Town) -> None:
    run("apply", "--yes")
    place.devices["alpha"].reachable = False

    codes = {word: run(word)[0] for word in ("discover", "drift", "plan", "ping")}

    assert set(codes.values()) == {Exit.OUTSIDE}


def test_undo_of_what_is_on_trial(run: Run, place: Town) -> None:
    device = plan(world=place.world).plan.devices[0]
    at = place.clock.now() - timedelta(hours=1)
    row = deployments.begin([device], Claim(checksum="x", author=ALICE, worker="", at=at))["alpha"]
    place.devices["alpha"].put_candidate(row.name, device.text)
    place.devices["alpha"].install(row.name, timedelta(minutes=5))
    Deployment.objects.update(stage=Stage.TRIAL)

    code, out, _ = run("undo", "alpha", "--json")

    assert code == Exit.FINE
    assert json.loads(out)["stage"] == Stage.REVERTED
    assert place.devices["alpha"].running_text == ""


def test_undo_while_its_worker_lives_tells_the_router(run: Run, place: Town) -> None:
    device = plan(world=place.world).plan.devices[0]
    claim = Claim(checksum="x", author=ALICE, worker="elsewhere:1:1", at=place.clock.now())
    row = deployments.begin([device], claim)["alpha"]
    place.devices["alpha"].put_candidate(row.name, device.text)
    place.devices["alpha"].install(row.name, timedelta(minutes=5))
    Deployment.objects.update(stage=Stage.TRIAL)

    code, _, _ = run("undo", "alpha")

    assert code == Exit.FINE
    assert place.devices["alpha"].running_text == ""
    assert deployments.by_name(row.name).stage is Stage.TRIAL  # its own worker sees it and puts it down


def test_undo_of_nothing_says_so(run: Run, place: Town) -> None:
    code, _, err = run("undo", "alpha", "--yes")

    assert code == Exit.WANTED
    assert err == "alpha has nothing to go back to: nothing was installed by Hanse\n"


def test_status_names_what_is_down_and_why(run: Run, place: Town) -> None:
    alpha = place.devices["alpha"]
    alpha.sessions = (*alpha.sessions[:-1], replace(alpha.sessions[-1], state=BgpState.ACTIVE, last_error="Refused"))
    alpha.ospf = alpha.ospf[:1]
    run("poll")

    lines = [line.strip() for line in run("status")[1].splitlines()]

    assert any(line.split()[:4] == ["alpha", "yes", "1/2", "2/3"] for line in lines)
    assert "alpha: OSPF neighbour 10.20.0.2 on to-beta (OSPFv3) (links.middle) is absent" in lines
    assert any("BGP session 192.0.2.11 AS64501 (sessions.bob.addresses.0) is down" in line for line in lines)
    assert any(line.endswith(": Refused") for line in lines)


def test_the_status_of_one_router_leaves_the_others_out(run: Run, place: Town) -> None:
    document = json.loads(run("status", "--limit", "beta", "--json")[1])

    assert [router["node"] for router in document["routers"]] == ["beta"]


def test_a_plan_shows_what_goes(run: Run, place: Town) -> None:
    run("apply", "--yes")
    place.wants("".join(line for line in FILE.splitlines(keepends=True) if not line.startswith("sessions:")))

    code, out, _ = run("plan")

    assert code == Exit.CHANGES
    assert "alpha: BGP session with 192.0.2.11 would go" in out
    assert "1 to change, 1 as wanted. Plan " in out


def test_force_passes_the_safety_limits(run: Run, place: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HANSE_MAX_ROUTERS", "1")

    refused = run("apply", "--yes")
    forced = run("apply", "--yes", "--force")

    assert refused[0] == Exit.WANTED
    assert "2 routers would change, 1 may at once" in refused[2]
    assert forced[0] == Exit.FINE


def test_a_bad_setting_is_a_sentence(run: Run, place: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HANSE_BATCH", "many")

    code, _, err = run("poll")

    assert code == Exit.WANTED
    assert err.startswith("HANSE_BATCH is 'many': ")


def test_what_is_written_and_what_follows_are_counted(run: Run, tmp_path: Path) -> None:
    (tmp_path / "town.yml").write_text(f"# a town\n\n{FILE}", encoding="utf-8")

    code, out, _ = run("count", str(tmp_path))
    document = json.loads(run("count", str(tmp_path), "--json")[1])

    assert code == Exit.FINE
    assert document["intent"] == [{"file": "town.yml", "lines": len(FILE.strip().splitlines())}]
    assert document["derived"] == sum(router["lines"] for router in document["routers"])
    assert f"From one line that somebody wrote follow {document['ratio']} lines" in out


def test_without_a_folder_the_files_that_an_export_writes_are_counted(run: Run, tmp_path: Path, place: Town) -> None:
    run("export", str(tmp_path))

    counted = json.loads(run("count", "--json")[1])["intent"]

    assert {one["file"] for one in counted} == {path.name for path in tmp_path.iterdir()}
