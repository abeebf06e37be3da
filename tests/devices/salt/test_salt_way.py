"""Salt as a way to routers: what salt-api is asked, and what each of its bad days means."""

import base64
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any, Final

import pytest

from fakes.web_server import Answer, Question, WebServer, web_server
from hanse.devices.driver import CandidateRefused, LoginRefused, Program, Target, Unreachable
from hanse.devices.salt.master import MinionRefuses, NoSaltApi, SaltApiUnwell, SaltLogin, SaltMaster
from hanse.devices.salt.way import OverSalt, open_over_salt

TARGET: Final = Target(
    name="alpha", host="198.51.100.1", timeout=timedelta(seconds=7), secrets={"peer": "Strandkorb-7"}
)
PROGRAM: Final = Program(content=b"PK", path="/var/lib/hanse/x.pyz")
FILES: Final = [{"path": "/etc/x", "named": "@secret(peer)@", "text": "@secret(peer)@", "mode": 0o640, "owner": "root"}]


class FakeApi:
    """A salt-api: one user, and minions that answer as they are told."""

    def __init__(self) -> None:
        self.tokens = ["first", "second"]
        self.good = {"first", "second"}
        self.minions: dict[str, Callable[[str, dict[str, Any]], Any]] = {}
        self.retcode = 0
        self.broken: Answer | None = None

    def __call__(self, question: Question) -> Answer:
        if self.broken:
            return self.broken
        if question.path == "/login":
            if question.body["password"] != "Hafermarkt-12":
                return Answer(status=401, body={})
            return Answer(body={"return": [{"token": self.tokens.pop(0)}]})
        if question.headers["X-Auth-Token"] not in self.good:
            return Answer(status=401, body={})
        (asked,) = question.body
        returned = {
            minion: {"ret": self.minions[minion](asked["fun"], asked["kwarg"]), "retcode": self.retcode}
            for minion in asked["tgt"]
            if minion in self.minions
        }
        return Answer(body={"return": [returned]})


@pytest.fixture
def api() -> FakeApi:
    found = FakeApi()
    found.minions["alpha"] = lambda function, words: {"status": 0, "out": function, "err": ""}
    return found


@pytest.fixture
def server(api: FakeApi) -> Iterator[WebServer]:
    with web_server(api) as found:
        yield found


def master_at(server: WebServer, password: str = "Hafermarkt-12") -> SaltMaster:
    return SaltMaster(login=SaltLogin(url=server.url, password=password))


@contextmanager
def way(server: WebServer, target: Target = TARGET, domain: str = "") -> Iterator[OverSalt]:
    with open_over_salt(target, master_at(server), domain) as found:
        yield found


def test_a_command_goes_to_one_minion_and_waits_as_long_as_the_router_may_be_silent(server: WebServer) -> None:
    with way(server) as salt:
        ran = salt.run("ip -json link")

    (asked,) = server.asked[-1].body
    assert (ran.status, ran.out) == (0, "hanse.run")
    assert (asked["tgt"], asked["tgt_type"], asked["kwarg"]) == (["alpha"], "list", {"command": "ip -json link"})
    assert asked["timeout"] == 7


@pytest.mark.parametrize(
    ("arguments", "domain", "minion"),
    [({}, "net.example", "alpha.net.example"), ({"minion": "r1"}, "net.example", "r1"), ({}, "", "alpha")],
)
def test_a_minion_is_called_as_its_router_or_as_told(
    api: FakeApi, server: WebServer, arguments: dict[str, str], domain: str, minion: str
) -> None:
    api.minions = {minion: lambda function, words: {"status": 0, "out": "", "err": ""}}

    with way(server, replace(TARGET, arguments=arguments), domain) as salt:
        salt.run("true")

    assert server.asked[-1].body[0]["tgt"] == [minion]


def test_a_stage_carries_each_text_once_and_secrets_by_name(server: WebServer) -> None:
    with way(server) as salt:
        assert salt.target.secrets == {"peer": "@secret(peer)@"}
        salt.ask(PROGRAM, "stage", {"name": "one", "files": FILES}, silence=None)

    (file,) = server.asked[-1].body[0]["kwarg"]["asked"]["files"]
    assert (file["named"], "text" in file) == ("@secret(peer)@", False)
    assert not any("Strandkorb" in str(question.body) for question in server.asked)


def test_the_program_is_brought_where_a_minion_lacks_it(api: FakeApi, server: WebServer) -> None:
    there: list[str] = []

    def minion(function: str, words: dict[str, Any]) -> Any:
        if function == "hanse.bring":
            there.append(words["program"])
            assert base64.b64decode(words["content"]) == PROGRAM.content
            return ""
        return {"status": 0, "out": "{}", "err": ""} if there else {"lacks": words["program"]}

    api.minions["alpha"] = minion

    with way(server) as salt:
        ran = salt.ask(PROGRAM, "verdict", {"name": "one"}, silence=3)

    assert (ran.out, there) == ("{}", [PROGRAM.path])


def test_a_router_without_room_for_the_program_refuses(api: FakeApi, server: WebServer) -> None:
    api.minions["alpha"] = lambda function, words: "disk full" if function == "hanse.bring" else {"lacks": "it"}

    with way(server) as salt, pytest.raises(CandidateRefused, match="disk full"):
        salt.ask(PROGRAM, "verdict", {}, silence=None)


def test_a_minion_that_does_not_answer_is_unreachable_and_no_other_is(api: FakeApi, server: WebServer) -> None:
    with way(server, replace(TARGET, name="beta")) as salt, pytest.raises(Unreachable, match="beta"):
        salt.run("true")

    with way(server) as salt:
        assert salt.run("true").status == 0


def test_a_minion_without_our_module_says_so(api: FakeApi, server: WebServer) -> None:
    api.retcode = 254
    api.minions["alpha"] = lambda function, words: f"'{function}' is not available."

    with way(server) as salt, pytest.raises(MinionRefuses, match="is not available"):
        salt.run("true")


def test_a_login_that_ran_out_is_made_anew_once(api: FakeApi, server: WebServer) -> None:
    api.good = {"second"}

    with way(server) as salt:
        salt.run("true")
        salt.run("true")

    assert [question.path for question in server.asked] == ["/login", "/", "/login", "/", "/"]


def test_a_wrong_password_is_a_refused_login(server: WebServer) -> None:
    with pytest.raises(LoginRefused, match="HANSE_SALT_USER"):
        master_at(server, password="wrong").call("alpha", "test.ping", {}, silence=timedelta(seconds=1))


@pytest.mark.parametrize(
    "answer",
    [Answer(status=500, body={}), Answer(body=b"<h1>"), Answer(body={"return": []}), Answer(body=["odd"])],
)
def test_what_is_no_answer_of_salt_api_is_told(api: FakeApi, server: WebServer, answer: Answer) -> None:
    api.broken = answer

    with pytest.raises(SaltApiUnwell):
        master_at(server).call("alpha", "test.ping", {}, silence=timedelta(seconds=1))


def test_a_master_that_is_down_is_unreachable() -> None:
    master = SaltMaster(login=SaltLogin(url="http://127.0.0.1:1"))

    with pytest.raises(Unreachable, match="salt-api"):
        master.call("alpha", "test.ping", {}, silence=timedelta(seconds=1))


def test_without_an_address_the_setting_is_named() -> None:
    with pytest.raises(NoSaltApi, match="HANSE_SALT_URL"):
        SaltMaster(login=SaltLogin()).call("alpha", "test.ping", {}, silence=timedelta(seconds=1))
