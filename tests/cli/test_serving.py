"""What the web server tells the pages about who asks."""

import threading
from collections.abc import Callable, Iterable
from typing import Any
from urllib.request import Request, urlopen

import pytest

from hanse.cli.serving import server_at

SAID = {"X-Forwarded-For": "198.51.100.9", "X-Forwarded-Proto": "https"}


def say_who(environment: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
    start("200 OK", [("Content-Type", "text/plain")])
    told = (environment.get(name, "") for name in ("HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_PROTO"))
    return [" ".join(told).encode()]


@pytest.mark.parametrize(("behind_proxies", "expected"), [(True, "198.51.100.9 https"), (False, " ")])
def test_a_proxy_is_believed_where_there_is_one_of_ours_only(behind_proxies: bool, expected: str) -> None:
    server = server_at(("127.0.0.1", 0), say_who, behind_proxies=behind_proxies)
    told: list[str] = []

    def ask() -> None:
        with urlopen(Request(f"http://127.0.0.1:{server.effective_port}/", headers=SAID), timeout=10) as answer:
            told.append(answer.read().decode())

    asker = threading.Thread(target=ask)
    asker.start()
    while asker.is_alive():
        server.asyncore.loop(timeout=0.1, map=server._map, count=1)
    server.task_dispatcher.shutdown()
    server.asyncore.close_all(server._map)

    assert told == [expected]
