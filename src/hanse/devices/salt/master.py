"""Salt's master as it is asked over HTTP: salt-api with its module `rest_cherrypy`."""

import ssl
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache
from http import HTTPStatus
from pathlib import Path
from typing import Any, Final

import httpx

from hanse.devices.driver import LoginRefused, Unreachable
from hanse.network.errors import OutsideError, WantedError

GATHER: Final = timedelta(seconds=15)  # that the master takes besides, to ask whether a minion is still at work
LONGEST: Final = timedelta(minutes=15)  # of one answer; a minion that works is waited for
REFUSED: Final = frozenset({HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN})


class NoSaltApi(WantedError):
    """A router is to be reached through Salt, and HANSE_SALT_URL does not say where salt-api is."""


class SaltApiUnwell(OutsideError):
    """Salt-api answers, but not as it should: the sentence has its words."""


class MinionRefuses(OutsideError):
    """A minion cannot do what it was asked: most likely it has not Hanse's module, see docs/operate/salt.md."""

    retry = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SaltLogin:
    """Where salt-api is, and who logs in there."""

    url: str = ""
    username: str = "hanse"
    password: str = field(default="", repr=False)
    eauth: str = "pam"  # how the master checks who it is: its `external_auth`
    authority: Path | None = None  # that vouches for its certificate; None: those of this machine


@dataclass(slots=True, kw_only=True)
class SaltMaster:
    """The master, for any number of threads: one login serves them all until the master forgets it."""

    login: SaltLogin
    _token: str = field(default="", repr=False)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def call(self, minion: str, function: str, words: Mapping[str, Any], *, silence: timedelta) -> Any:
        """Return what one minion's function returns.

        `silence`: how long the minion may neither answer nor say that it is still at work.

        :raises NoSaltApi:
        :raises Unreachable: the master or the minion
        :raises LoginRefused:
        :raises SaltApiUnwell:
        :raises MinionRefuses:
        """
        asked = {
            "client": "local",
            "tgt": [minion],
            "tgt_type": "list",
            "fun": function,
            "kwarg": dict(words),
            "timeout": max(1, round(silence.total_seconds())),
            "full_return": True,
        }
        answer = self._ask(asked, silence)
        returned = answer["return"][0].get(minion) if isinstance(answer.get("return"), list) else None
        if not isinstance(returned, dict) or "ret" not in returned:
            raise Unreachable(f"the minion {minion} does not answer its master")
        if returned.get("retcode"):
            raise MinionRefuses(f"{minion}: {function}: {str(returned['ret']).strip()}")
        return returned["ret"]

    def _ask(self, asked: Mapping[str, Any], silence: timedelta) -> dict[str, Any]:
        token = self._logged_in()
        response = self._post("/", [asked], silence, {"X-Auth-Token": token})
        if response.status_code in REFUSED:  # it has forgotten us: once more
            response = self._post("/", [asked], silence, {"X-Auth-Token": self._logged_in(instead_of=token)})
        return self._read(response)

    def _logged_in(self, instead_of: str = "") -> str:
        """Return a token that is not the one which was refused."""
        with self._lock:
            if not self._token or self._token == instead_of:
                login = self.login
                words = {"username": login.username, "password": login.password, "eauth": login.eauth}
                if login.eauth == "sharedsecret":
                    words["sharedsecret"] = login.password
                answer = self._read(self._post("/login", words, timedelta(seconds=30), {}))
                self._token = str(answer["return"][0]["token"])
            return self._token

    def _post(self, path: str, content: Any, silence: timedelta, headers: Mapping[str, str]) -> httpx.Response:
        if not self.login.url:
            raise NoSaltApi("set HANSE_SALT_URL to the address of salt-api, or reach these routers another way")
        limit = httpx.Timeout((silence + GATHER).total_seconds(), read=LONGEST.total_seconds())
        try:
            return httpx.post(
                self.login.url + path,
                json=content,
                headers={"Accept": "application/json", **headers},
                timeout=limit,
                trust_env=False,
                verify=_trusted(self.login.authority),
            )
        except httpx.HTTPError as error:
            raise Unreachable(f"salt-api at {self.login.url}: {str(error) or type(error).__name__}") from error

    def _read(self, response: httpx.Response) -> dict[str, Any]:
        if response.status_code in REFUSED:
            raise LoginRefused(f"salt-api at {self.login.url} refuses {self.login.username!r} (HANSE_SALT_USER)")
        try:
            response.raise_for_status()
            answer = response.json()
        except (httpx.HTTPStatusError, ValueError) as error:
            raise SaltApiUnwell(f"salt-api at {self.login.url} answers {response.status_code}") from error
        if not isinstance(answer, dict) or not answer.get("return"):
            raise SaltApiUnwell(f"salt-api at {self.login.url} answers what is no answer of salt-api")
        return answer


@cache
def _trusted(authority: Path | None) -> ssl.SSLContext:
    """Return the authorities that vouch for the master: reading them takes longer than asking."""
    return httpx.create_ssl_context(verify=str(authority) if authority else True, trust_env=False)
