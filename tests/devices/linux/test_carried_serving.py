"""The carried program's door: one command a start, or one a line. Without a router."""

import io
import json
import sys
from types import SimpleNamespace
from typing import Any

import pytest

from hanse.devices.linux.carried import main
from hanse.devices.linux.carried.troubles import NotOpen


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Give the program two commands of its own, and return what they are asked."""
    heard: list[Any] = []

    def echo(given: dict[str, Any]) -> dict[str, Any]:
        heard.append(given)
        return given

    def refuse(given: dict[str, Any]) -> dict[str, Any]:
        raise NotOpen(f"{given['name']} is not on trial")

    monkeypatch.setattr(main, "COMMANDS", {"echo": echo, "confirm": refuse})
    monkeypatch.setattr(main, "make_places", lambda: None)
    monkeypatch.setattr(main, "unpack", lambda: None)
    return heard


def given(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    """Put a text on the program's standard input."""
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(text.encode())))


def test_one_start_answers_many_questions(
    asked: list[Any], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    questions = [{"command": "echo", "asked": {"name": "a"}}, {"command": "confirm", "asked": {"name": "b"}}] * 2
    given(monkeypatch, "".join(f"{json.dumps(one)}\n" for one in questions))

    code = main.main(["serve"])

    answers = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    refused = {"error": {"kind": "not open", "text": "b is not on trial"}}
    assert (code, answers) == (0, [{"ok": {"name": "a"}}, refused] * 2)
    assert asked == [{"name": "a"}] * 2


def test_a_question_may_still_be_asked_alone(
    asked: list[Any], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    given(monkeypatch, '{"name": "a"}')

    code = main.main(["echo"])

    assert (code, json.loads(capsys.readouterr().out)) == (0, {"ok": {"name": "a"}})


def test_what_it_does_not_know_it_refuses(asked: list[Any], capsys: pytest.CaptureFixture[str]) -> None:
    assert main.main(["dance"]) == 64
    assert "serve, echo" in capsys.readouterr().err
