"""Telling a program: one POST, signed, to the address that was checked and nowhere else."""

import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import SplitResult, urlsplit

import httpx

from hanse.monitor.telling.dialling import Resolve, chosen_address, resolved
from hanse.monitor.telling.signature import signature
from hanse.monitor.telling.targets import shown
from hanse.network.errors import OutsideError, WantedError

TIMEOUT: Final = httpx.Timeout(10.0, connect=5.0)  # seconds
PORTS: Final = {"http": 80, "https": 443}


class NotAWebhook(WantedError):
    """A text is no URL that can be told: write https://host/path."""


class NotTaken(OutsideError):
    """The other side of a webhook did not answer, or answered that it does not take the message."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Webhooks:
    """How webhooks are dialled."""

    private_allowed: bool = False
    resolve: Resolve = resolved
    clock: Callable[[], float] = time.time

    def tell(self, url: str, *, secret: str, body: Mapping[str, Any]) -> None:
        """Send `body`. Redirects are not followed, proxies of the environment not used, the answer is not read.

        :raises NotAWebhook:
        :raises NoSuchHost:
        :raises PrivateAddress:
        :raises NotTaken:
        """
        parts = parsed(url)
        host, port = parts.hostname or "", parts.port or PORTS[parts.scheme]
        address = chosen_address(host, port, private_allowed=self.private_allowed, resolve=self.resolve)
        content = json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
        headers = {
            "Host": parts.netloc.rpartition("@")[2],
            "Content-Type": "application/json",
            "User-Agent": "hanse",
            "X-Hanse-Delivery": str(body["id"]),
        }
        if secret:
            headers["X-Hanse-Signature"] = signature(secret, content, int(self.clock()))
        target = httpx.URL(url).copy_with(host=str(address))
        try:
            with (
                httpx.Client(timeout=TIMEOUT, follow_redirects=False, trust_env=False) as client,
                client.stream("POST", target, content=content, headers=headers, extensions=_named(parts)) as answer,
            ):
                status = answer.status_code
        except httpx.HTTPError as error:
            raise NotTaken(f"{shown(url)}: {str(error) or type(error).__name__}") from error
        if not 200 <= status < 300:
            raise NotTaken(f"{shown(url)} answered {status}")


def _named(parts: SplitResult) -> dict[str, str]:
    """The certificate is checked against the name, though the address is dialled."""
    return {"sni_hostname": parts.hostname or ""}


def parsed(url: str) -> SplitResult:
    """Return the parts of a webhook's URL.

    :raises NotAWebhook:
    """
    try:
        parts = urlsplit(url)
        is_url = parts.scheme in PORTS and bool(parts.hostname) and parts.port != 0
        httpx.URL(url)
    except (ValueError, httpx.InvalidURL) as error:
        raise NotAWebhook("that is no URL: write https://host/path") from error
    if not is_url or any(character.isspace() for character in url):
        raise NotAWebhook("that is no URL of a webhook: write https://host/path")
    return parts
