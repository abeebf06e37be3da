"""The ext_pillar: a minion gets its own router's pillar, the last good answer while Hanse is down, and no other's."""

from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from fakes.web_server import Answer, Question, WebServer, web_server
from salt.salt_files import salt_file

TOKEN = "hanse_0123456789abcdef"
ALPHA = {"minion": "alpha", "node": "alpha", "files": [], "secrets": {"peer": "Strandkorb-7"}}
GONE = Answer(status=404, media="application/problem+json", body={"detail": "Not found."})


@pytest.fixture
def module() -> ModuleType:
    return salt_file("_pillar")


@pytest.fixture
def hanse() -> Iterator[WebServer]:
    """Give a Hanse that knows the minion alpha alone."""

    def says(question: Question) -> Answer:
        return Answer(body=ALPHA) if question.path == "/api/salt/pillar/alpha/" else GONE

    with web_server(says) as server:
        yield server


@pytest.fixture
def words(hanse: WebServer, tmp_path: Path) -> dict[str, Any]:
    token = tmp_path / "token"
    token.write_text(f"{TOKEN}\n", encoding="ascii")
    return {"url": hanse.url, "token_file": str(token), "cache": str(tmp_path / "cache"), "timeout": 5}


def asked(module: ModuleType, words: dict[str, Any], minion: str = "alpha") -> Any:
    return module.ext_pillar(minion, {}, **words)


def test_a_minion_gets_what_hanse_says_of_it(module: ModuleType, words: dict[str, Any], hanse: WebServer) -> None:
    assert asked(module, words) == {"hanse": ALPHA}
    assert (hanse.asked[0].method, hanse.asked[0].headers["Authorization"]) == ("POST", f"Token {TOKEN}")


def test_while_hanse_is_down_the_last_good_answer_holds_and_says_so(
    module: ModuleType, words: dict[str, Any], hanse: WebServer
) -> None:
    asked(module, words)
    hanse.says = lambda question: Answer(status=503, body={})

    found = asked(module, words)["hanse"]

    assert found["secrets"] == ALPHA["secrets"]
    assert found["since"].endswith("Z")
    assert "503" in found["why"]


@pytest.mark.parametrize("url", ["http://127.0.0.1:1", "http://127.0.0.1:1/below"])
def test_a_hanse_that_cannot_be_reached_is_down(module: ModuleType, words: dict[str, Any], url: str) -> None:
    asked(module, words)

    assert asked(module, {**words, "url": url})["hanse"]["node"] == "alpha"


def test_a_proxys_own_page_is_no_answer_of_hanse(module: ModuleType, words: dict[str, Any], hanse: WebServer) -> None:
    asked(module, words)
    hanse.says = lambda question: Answer(status=404, media="text/html", body=b"<h1>nginx</h1>")

    assert asked(module, words)["hanse"]["node"] == "alpha"


def test_nothing_is_kept_of_a_minion_that_hanse_does_not_know_any_more(
    module: ModuleType, words: dict[str, Any], hanse: WebServer
) -> None:
    asked(module, words)
    hanse.says = lambda question: GONE

    assert asked(module, words) == {}
    assert list(Path(words["cache"]).iterdir()) == []


def test_a_token_that_is_refused_gets_no_old_secrets(
    module: ModuleType, words: dict[str, Any], hanse: WebServer
) -> None:
    asked(module, words)
    detail = {"detail": "there is no such token"}
    hanse.says = lambda question: Answer(status=401, media="application/problem+json", body=detail)

    assert asked(module, words) == {"hanse": {"error": "there is no such token"}}


def test_a_contradiction_in_what_is_wanted_is_told(module: ModuleType, words: dict[str, Any], hanse: WebServer) -> None:
    detail = {"detail": "no secret is called peer"}
    hanse.says = lambda question: Answer(status=422, media="application/problem+json", body=detail)

    assert asked(module, words) == {"hanse": {"error": "no secret is called peer"}}


def test_an_answer_for_another_minion_is_refused_and_not_kept(
    module: ModuleType, words: dict[str, Any], hanse: WebServer
) -> None:
    hanse.says = lambda question: Answer(body=ALPHA)

    found = asked(module, words, "beta")["hanse"]

    assert "another minion" in found["error"]
    assert not Path(words["cache"]).exists()


@pytest.mark.parametrize("minion", ["../alpha", "alpha/../alpha", "alpha?x", "alpha#", ".."])
def test_a_minions_name_leads_nowhere_else(
    minion: str, module: ModuleType, words: dict[str, Any], hanse: WebServer, tmp_path: Path
) -> None:
    hanse.says = lambda question: Answer(body={**ALPHA, "minion": minion})

    asked(module, words, minion)

    assert hanse.asked[0].path.count("/") == 5
    assert [path.parent for path in tmp_path.rglob("*.json")] == [Path(words["cache"])]


def test_the_token_is_not_carried_to_another_host(module: ModuleType, words: dict[str, Any], hanse: WebServer) -> None:
    with web_server(lambda question: Answer(body=ALPHA)) as elsewhere:
        hanse.says = lambda question: Answer(status=302, headers={"Location": elsewhere.url}, body={})

        asked(module, words)

    assert elsewhere.asked == []


def test_what_is_kept_is_for_root_alone(module: ModuleType, words: dict[str, Any]) -> None:
    asked(module, words)

    (kept,) = Path(words["cache"]).iterdir()
    assert kept.stat().st_mode & 0o777 == 0o600
    assert kept.parent.stat().st_mode & 0o777 == 0o700


def test_without_a_token_the_pillar_says_what_is_missing(module: ModuleType, words: dict[str, Any]) -> None:
    found = asked(module, {**words, "token_file": "/nowhere/token"})

    assert "not set up" in found["hanse"]["error"]
