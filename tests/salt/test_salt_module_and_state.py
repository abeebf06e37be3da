"""The minion's side: the state over the module, the module over a program that is told what to answer."""

import base64
import hashlib
import json
from pathlib import Path
from types import ModuleType
from typing import Any, Final

import pytest

from salt.salt_files import salt_file

DIFF: Final = "--- /etc/bird/bird.conf\n+++ /etc/bird/bird.conf\n+new;\n"
PILLAR: Final[dict[str, Any]] = {
    "minion": "alpha",
    "files": [{"path": "/etc/bird/bird.conf", "text": "password @secret(peer)@;\n", "mode": "0640", "owner": "bird"}],
    "program": {"path": "/var/lib/hanse/0123456789abcdef.pyz", "content": "UEs="},
    "secrets": ["peer"],
    "undo_after": 300.0,
}
# It answers what it was asked, with the request in quotes and a backslash before each, as JSON writes them.
ECHO: Final = """
import json, sys
asked = json.load(sys.stdin)
print(json.dumps({"ok": {"diff": "".join(file["text"] for file in asked.get("files", [])), "named": asked}}))
"""


class FakeModule:
    """The execution module on a router: what it was asked, and what it says."""

    def __init__(self) -> None:
        self.diff = DIFF
        self.verdict = "trial"
        self.pillar: dict[str, Any] = PILLAR
        self.master_is_there = True
        self.lacks = False
        self.refusal = ""
        self.commands: list[str] = []

    @property
    def functions(self) -> dict[str, Any]:
        return {
            "hanse.pillar": lambda: self.pillar,
            "hanse.ask": self.ask,
            "hanse.bring": self.bring,
            "hanse.master_answers": lambda: self.master_is_there,
        }

    def ask(self, program: str, command: str, asked: Any) -> dict[str, Any]:
        if self.lacks:
            return {"lacks": program}
        self.commands.append(command)
        told: dict[str, Any] = {"ok": {"diff": self.diff, "verdict": self.verdict, "why": "bird is down"}}
        if command == "stage" and self.refusal:
            told = {"error": {"kind": "refused", "text": self.refusal}}
        return {"status": 0, "out": f"\n\n{json.dumps(told)}\n", "err": ""}

    def bring(self, program: str, content: str) -> str:
        self.lacks = False
        self.commands.append("bring")
        return ""


@pytest.fixture
def router() -> FakeModule:
    return FakeModule()


def installed(router: FakeModule, *, test: bool = False, **words: Any) -> Any:
    state = salt_file("_states", salt=router.functions, opts={"id": "alpha", "test": test})
    return state.installed("hanse", settle=0, **words)


def test_a_dry_run_shows_the_routers_diff_and_leaves_nothing(router: FakeModule) -> None:
    told = installed(router, test=True)

    assert (told["result"], told["changes"]) == (None, {"diff": DIFF})
    assert router.commands == ["stage", "discard"]


@pytest.mark.parametrize("test", [True, False])
def test_where_nothing_differs_nothing_is_installed(router: FakeModule, test: bool) -> None:
    router.diff = ""

    told = installed(router, test=test)

    assert (told["result"], told["changes"]) == (True, {})
    assert router.commands == ["stage", "discard"]


def test_what_is_installed_is_kept_once_the_master_answers(router: FakeModule) -> None:
    told = installed(router)

    assert told["result"] is True
    assert router.commands == ["stage", "commit", "follow", "confirm"]


def test_what_cuts_the_master_off_is_undone_at_once(router: FakeModule) -> None:
    router.master_is_there = False

    told = installed(router)

    assert told["result"] is False
    assert "did not answer" in told["comment"]
    assert router.commands == ["stage", "commit", "follow", "undo"]


def test_what_the_router_put_back_itself_is_a_failure(router: FakeModule) -> None:
    router.verdict = "reverted"

    told = installed(router)

    assert (told["result"], told["comment"]) == (False, "the old configuration is back: bird is down")
    assert "confirm" not in router.commands


def test_without_confirm_it_stays_on_trial(router: FakeModule) -> None:
    told = installed(router, confirm=False)

    assert "hanse.confirm salt-" in told["comment"]
    assert router.commands == ["stage", "commit", "follow"]


def test_what_the_router_refuses_is_told_in_its_words(router: FakeModule) -> None:
    router.refusal = "/etc/bird/bird.conf:3: syntax error"

    assert installed(router)["comment"] == "/etc/bird/bird.conf:3: syntax error"
    assert router.commands == ["stage"]


def test_the_program_is_brought_where_it_is_not_there(router: FakeModule) -> None:
    router.lacks = True

    assert installed(router)["result"] is True
    assert router.commands[:2] == ["bring", "stage"]


def test_an_old_answer_of_hanse_is_said_to_be_one(router: FakeModule) -> None:
    router.pillar = {**PILLAR, "since": "2026-01-01T00:00:00Z", "why": "down"}

    assert "wanted at 2026-01-01T00:00:00Z" in installed(router)["comment"]


@pytest.mark.parametrize(
    ("pillar", "said"),
    [
        ({}, "nothing of Hanse"),
        ({"error": "no secret is called peer"}, "no secret"),
        ({**PILLAR, "minion": "beta"}, "beta"),
    ],
)
def test_a_pillar_that_is_none_installs_nothing(router: FakeModule, pillar: dict[str, Any], said: str) -> None:
    router.pillar = pillar

    told = installed(router)

    assert told["result"] is False
    assert said in told["comment"]
    assert router.commands == []


@pytest.fixture
def module(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """Give the execution module of a minion whose pillar has one secret, with quotes and a backslash in it."""
    found = salt_file("_modules", opts={"id": "alpha"}, grains={})
    monkeypatch.setattr(found, "_pillar", lambda: {**PILLAR, "secrets": {"peer": 'Strand"korb\\7'}})
    return found


@pytest.fixture
def program(tmp_path: Path) -> str:
    (tmp_path / "echo.py").write_text(ECHO, encoding="utf-8")
    return str(tmp_path / "echo.py")


def test_secrets_become_values_on_the_router_and_names_on_the_way_back(module: ModuleType, program: str) -> None:
    named = {"path": "/etc/x", "named": "password @secret(peer)@;\n", "mode": 0o640, "owner": "root"}

    ran = module.ask(program, "stage", {"name": "one", "files": [named]})

    told = json.loads(ran["out"])["ok"]
    assert told["diff"] == "password @secret(peer)@;\n"
    assert told["named"]["files"][0]["text"] == told["named"]["files"][0]["named"]
    assert "korb" not in ran["out"] + ran["err"]


def test_a_secret_that_the_pillar_lacks_is_a_refusal(module: ModuleType, program: str) -> None:
    named = {"path": "/etc/x", "named": "@secret(other)@\n", "mode": 0o640, "owner": "root"}

    told = json.loads(module.ask(program, "stage", {"name": "one", "files": [named]})["out"])

    assert told["error"]["kind"] == "refused"
    assert "no secret other" in told["error"]["text"]


def test_a_program_that_is_not_there_is_asked_for(module: ModuleType) -> None:
    assert module.ask("/nowhere/x.pyz", "verdict", {}) == {"lacks": "/nowhere/x.pyz"}


def test_the_pillar_that_is_shown_has_secrets_by_name_only(module: ModuleType) -> None:
    assert module.pillar()["secrets"] == ["peer"]


def test_a_program_is_brought_whole_and_only_under_its_own_name(
    module: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = hashlib.sha256(b"PK").hexdigest()[:16]
    place = tmp_path / "hanse"
    monkeypatch.setattr(module, "PLACE", str(place))
    monkeypatch.setattr(module, "NAME", module.re.compile(f"{place}/([0-9a-f]{{16}})\\.pyz"))
    content = base64.b64encode(b"PK").decode()

    assert module.bring(f"{place}/{name}.pyz", content) == ""
    assert "not named by its content" in module.bring(f"{place}/{'0' * 16}.pyz", content)
    assert "not named by its content" in module.bring("/etc/passwd", content)
    assert [path.read_bytes() for path in place.iterdir()] == [b"PK"]


def test_a_command_runs_apart_from_salts_own_environment(module: ModuleType) -> None:
    ran = module.run("echo $LC_ALL; echo oops >&2; exit 3")

    assert ran == {"status": 3, "out": "C\n", "err": "oops\n"}
