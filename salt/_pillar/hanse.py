"""Hanse as the pillar: each minion gets its own router's files, and the last good answer while Hanse is down.

It runs in the Python of Salt's master and imports nothing of Hanse. In the master's configuration:

    ext_pillar:
      - hanse:
          url: https://hanse.example.net
          token_file: /etc/salt/hanse.token
"""

import json
import logging
import os
import ssl
import time
import urllib.error
import urllib.parse
import urllib.request

__virtualname__ = "hanse"

log = logging.getLogger(__name__)
CACHE = "/var/cache/salt/master/hanse"
UNWELL = frozenset({429, 500, 502, 503, 504})  # answers that tell nothing of what is wanted, as do those of a proxy
LARGEST = 64 << 20  # bytes of an answer


class NoAnswer(Exception):
    """Hanse is down, or the way to it."""


class Refused(Exception):
    """Hanse answers, and what it says is not a pillar."""


class _NoOtherHost(urllib.request.HTTPRedirectHandler):
    """The token goes to the host that was named, and to no other."""

    def redirect_request(self, *anything):
        return None


def __virtual__():  # noqa: N807  # Salt's own word
    return __virtualname__


def ext_pillar(minion_id, pillar, url="", token_file="", authority=None, cache=CACHE, timeout=20):
    """Return the pillar of one minion; nothing for a minion that is none of Hanse's routers.

    `authority`: file with the certificate that vouches for Hanse. `cache`: folder of the last good answers; they hold
    secrets, so only root reads them. `timeout`: seconds.
    """
    try:
        found = _answer(minion_id, url, token_file, authority, timeout)
    except NoAnswer as error:
        return _last_good(minion_id, cache, str(error))
    except Refused as error:
        log.error("Hanse gives no pillar for %s: %s", minion_id, error)
        return {"hanse": {"error": str(error)}}
    if found is None:
        _forget(minion_id, cache)
        return {}
    _remember(minion_id, cache, found)
    return {"hanse": found}


def _answer(minion_id, url, token_file, authority, timeout):
    """Return what Hanse says of a minion; None: it knows of none."""
    answer = _read(_request(minion_id, url, token_file), authority, timeout)
    if answer is None:
        return None
    try:
        found = json.loads(answer)
    except ValueError as error:
        raise NoAnswer(f"{url} does not speak like Hanse") from error
    if not isinstance(found, dict) or found.get("minion") != minion_id:
        raise Refused(f"{url} answers for another minion than {minion_id}")
    return found


def _request(minion_id, url, token_file):
    where = f"{url.rstrip('/')}/api/salt/pillar/{urllib.parse.quote(minion_id, safe='')}/"
    try:
        with open(token_file, encoding="ascii") as file:
            token = file.read().strip()
        headers = {"Accept": "application/json", "Authorization": f"Token {token}", "Content-Type": "application/json"}
        # A POST, for Hanse puts down who reads secrets.
        request = urllib.request.Request(where, headers=headers, data=b"{}", method="POST")
    except (OSError, ValueError) as error:
        raise Refused(f"the ext_pillar is not set up: {error}") from error
    if request.type not in ("http", "https"):
        raise Refused(f"{url} is no address of Hanse")
    return request


def _read(request, authority, timeout):
    """Return the body of the answer; None: there is nothing at that address."""
    trusted = urllib.request.HTTPSHandler(context=ssl.create_default_context(cafile=authority))
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), _NoOtherHost(), trusted)
    try:
        with opener.open(request, timeout=timeout) as response:
            return response.read(LARGEST)
    except urllib.error.HTTPError as error:
        with error:
            is_hanse = error.headers.get_content_type() in ("application/problem+json", "application/json")
            if error.code == 404 and is_hanse:
                return None
            if error.code in UNWELL or not is_hanse:
                raise NoAnswer(f"{request.full_url} answers {error.code}") from error
            raise Refused(_sentence(error)) from error
    except (OSError, ValueError) as error:  # URLError is an OSError
        raise NoAnswer(f"{request.full_url}: {getattr(error, 'reason', error)}") from error


def _sentence(error):
    """Return the sentence of problem details (RFC 9457), or what HTTP says."""
    try:
        return str(json.loads(error.read(LARGEST))["detail"])
    except (ValueError, KeyError, TypeError, OSError):
        return f"{error.code} {error.reason}"


def _file(minion_id, cache):
    return os.path.join(cache, urllib.parse.quote(minion_id, safe="").replace(".", "%2E") + ".json")


def _remember(minion_id, cache, found):
    """Keep an answer, whole or not at all."""
    file = _file(minion_id, cache)
    beside = f"{file}.{os.getpid()}"
    try:
        os.makedirs(cache, mode=0o700, exist_ok=True)
        with open(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as out:
            json.dump({"at": time.time(), "pillar": found}, out)
        os.replace(beside, file)
    except OSError as error:
        log.warning("the last good answer of Hanse for %s cannot be kept: %s", minion_id, error)


def _last_good(minion_id, cache, why):
    """Return what Hanse said last, with `since`, when it said so, and `why` it is asked in vain."""
    try:
        with open(_file(minion_id, cache), encoding="utf-8") as file:
            kept = json.load(file)
        since = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(kept["at"]))
        found = dict(kept["pillar"], since=since, why=why)
    except (OSError, ValueError, KeyError, TypeError):
        log.error("Hanse is not there and never told of %s: %s", minion_id, why)
        return {"hanse": {"error": f"it is not there, and there is no last good answer: {why}"}}
    log.warning("Hanse is not there: %s gets what it said at %s (%s)", minion_id, since, why)
    return {"hanse": found}


def _forget(minion_id, cache):
    try:
        os.unlink(_file(minion_id, cache))
    except OSError:
        return
