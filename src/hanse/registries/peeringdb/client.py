"""Asking PeeringDB: one page at a time, with patience, within bounds, and nobody else than the host that was named."""

import contextlib
import re
import ssl
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from functools import cache
from ipaddress import ip_address
from typing import Final

import httpx

from hanse.network.errors import OutsideError, WantedError
from hanse.network.known.peeringdb import Page, PeeringdbKind
from hanse.registries.peering import Pause
from hanse.registries.peeringdb.reading import read_page

LARGEST_BODY: Final = 128 * 1024 * 1024  # bytes, unpacked
LARGEST_NOTE: Final = 64 * 1024  # bytes of an answer that only says why there is none
MOST_REDIRECTS: Final = 3
USUAL_WAIT: Final = timedelta(seconds=60)  # where the server says "too often", and not when to come again
PATIENCE: Final = (timedelta(seconds=5), timedelta(seconds=20))  # before the attempts after the first
UNWELL: Final = frozenset({500, 502, 503, 504})
AVAILABLE_IN: Final = re.compile(rb"available in (\d{1,7}) second")  # as PeeringDB words it


class PeeringdbSilent(OutsideError):
    """PeeringDB does not answer, breaks off, or is unwell. What was known stays; the next sync goes on from there."""


class PeeringdbRefuses(OutsideError):
    """PeeringDB answers, but not to this question or this key: look at HANSE_PEERINGDB_URL and HANSE_PEERINGDB_KEY."""

    retry = False


class ToldToWait(OutsideError):
    """PeeringDB was asked too often, and wants more patience than HANSE_PEERINGDB_WAIT allows."""


class AnswerTooLarge(OutsideError):
    """PeeringDB's answer is larger than any that makes sense."""

    retry = False


class LedElsewhere(OutsideError):
    """PeeringDB's address leads to another host: name that in HANSE_PEERINGDB_URL, if it is right."""

    retry = False


class KeyInTheClear(WantedError):
    """An API key would go over the network unprotected: write https in HANSE_PEERINGDB_URL."""


@cache
def _trusted() -> ssl.SSLContext:
    """Return the authorities that vouch for hosts: reading them takes longer than asking."""
    return httpx.create_ssl_context(trust_env=False)


def _utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Peeringdb:
    """PeeringDB's API. It is a `registries.peering.PeeringRegistry`.

    `longest_wait` is how long it may let one page wait; `longest_answer` how long an answer may take to its last byte.
    """

    url: str = ""
    key: str = field(default="", repr=False)
    timeout: timedelta = timedelta(seconds=60)
    longest_wait: timedelta = timedelta(minutes=15)
    longest_answer: timedelta = timedelta(minutes=10)
    largest_body: int = LARGEST_BODY
    proxy: str = field(default="", repr=False)
    now: Callable[[], datetime] = _utc_now

    @property
    def with_key(self) -> bool:
        """Say whether it knows who asks."""
        return bool(self.key)

    @property
    def is_whole(self) -> bool:
        """Say that it knows what is no more."""
        return False

    def page(self, kind: PeeringdbKind, *, since: datetime | None, skip: int, limit: int, pause: Pause) -> Page:
        """Return one page; a server that is unwell, or asks for patience, is asked again after a while.

        :raises PeeringdbSilent:
        :raises PeeringdbRefuses:
        :raises ToldToWait:
        :raises AnswerNotUnderstood:
        :raises AnswerTooLarge:
        :raises LedElsewhere:
        :raises KeyInTheClear:
        """
        self._insist_on_secrecy()
        words = {"depth": "0", "limit": str(limit), "skip": str(skip)}
        if since is not None:
            words["since"] = str(int(since.timestamp()))
        asked_at, body = self._asked_until_answered(httpx.URL(f"{self.url}/{kind}").copy_merge_params(words), pause)
        return read_page(kind, body, now=asked_at)

    def _insist_on_secrecy(self) -> None:
        url = httpx.URL(self.url)
        if self.key and url.scheme != "https" and not _is_here(url.host):
            raise KeyInTheClear(f"{url.host} would be told the API key unprotected: write https in HANSE_PEERINGDB_URL")

    def _asked_until_answered(self, url: httpx.URL, pause: Pause) -> tuple[datetime, bytes]:
        waited, again = timedelta(0), list(PATIENCE)
        while True:
            asked_at = self.now()
            try:
                answer = self._asked(url)
            except PeeringdbSilent:
                if not again:
                    raise
                pause(again.pop(0))
                continue
            if isinstance(answer, bytes):
                return asked_at, answer
            waited += answer
            if waited > self.longest_wait:
                raise ToldToWait(f"{url.host} wants to be left alone for {answer.total_seconds():.0f} seconds")
            pause(answer)

    def _asked(self, url: httpx.URL) -> bytes | timedelta:
        """Return the body of the answer, or how long to wait."""
        headers = {"Accept": "application/json", "User-Agent": "hanse"}
        if self.key:
            headers["Authorization"] = f"Api-Key {self.key}"
        times = httpx.Timeout(self.timeout.total_seconds(), connect=10.0)
        try:
            with httpx.Client(
                headers=headers, timeout=times, verify=_trusted(), trust_env=False, proxy=self.proxy or None
            ) as client:
                for _ in range(MOST_REDIRECTS + 1):
                    with client.stream("GET", url) as answer:
                        if answer.next_request is None:
                            return self._answered(answer)
                        url = _same_place(url, answer.next_request.url)
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise PeeringdbSilent(f"{url.host} does not answer: {str(error) or type(error).__name__}") from error
        raise LedElsewhere(f"{url.host} leads from one place to the next")

    def _answered(self, answer: httpx.Response) -> bytes | timedelta:
        host, status = answer.url.host, answer.status_code
        if status == 200:
            return self._body(answer, self.largest_body)
        note = b""
        with contextlib.suppress(AnswerTooLarge):
            note = self._body(answer, LARGEST_NOTE)
        if status == 429 or (status == 503 and "Retry-After" in answer.headers):
            return self._wait_of(answer, note)
        if status in UNWELL:
            raise PeeringdbSilent(f"{host} is unwell: it answers {status}")
        if status in {401, 403}:
            raise PeeringdbRefuses(f"{host} does not take the API key of HANSE_PEERINGDB_KEY, or wants one: {status}")
        raise PeeringdbRefuses(f"{host} answers {status} to {answer.url.path}")

    def _body(self, answer: httpx.Response, largest: int) -> bytes:
        """Return the body, unpacked, within bounds of size and time."""
        until = self.now() + self.longest_answer
        parts = bytearray()
        for part in answer.iter_bytes():
            parts += part
            if len(parts) > largest:
                raise AnswerTooLarge(f"{answer.url.host} answers more than {largest} bytes to {answer.url.path}")
            if self.now() > until:
                raise PeeringdbSilent(f"{answer.url.host} takes too long to answer {answer.url.path}")
        return bytes(parts)

    def _wait_of(self, answer: httpx.Response, note: bytes) -> timedelta:
        """Return how long the server wants to be left alone: as its header says, else as its words do."""
        said = answer.headers.get("Retry-After", "").strip()
        if said.isascii() and said.isdigit() and len(said) < 8:
            return timedelta(seconds=int(said) + 1)
        with contextlib.suppress(ValueError, TypeError):
            return max(timedelta(seconds=1), parsedate_to_datetime(said) - self.now())
        worded = AVAILABLE_IN.search(note)
        return timedelta(seconds=int(worded[1]) + 1) if worded else USUAL_WAIT


def _same_place(mine: httpx.URL, yours: httpx.URL) -> httpx.URL:
    """Return where a redirect leads, if that is the host that was asked.

    :raises LedElsewhere:
    """
    if (mine.scheme, mine.host, mine.port) != (yours.scheme, yours.host, yours.port):
        raise LedElsewhere(f"{mine.host} leads to {yours.scheme}://{yours.host}: name that, if it is right")
    return yours


def _is_here(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
