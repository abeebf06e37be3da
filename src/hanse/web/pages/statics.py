"""Static files are asked for with a mark of what they hold: browsers keep them, and never keep an old one."""

from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import StaticFilesStorage


class MarkedFiles(StaticFilesStorage):
    """Addresses of static files, each with a mark that changes with its contents."""

    def url(self, name: str | None) -> str:
        """Return the address; a file that is not there has no mark."""
        found = _file(name) if name else None
        plain = super().url(name)
        if found is None:
            return plain
        return f"{plain}?{_mark(found, Path(found).stat().st_mtime_ns)}"


_FILES: dict[str, str] = {}  # where those found once are: a page asks a thousand times for its icons


def _file(name: str) -> str | None:
    if name not in _FILES:
        found = finders.find(name)
        if not isinstance(found, str):
            return None
        _FILES[name] = found
    return _FILES[name]


@lru_cache(maxsize=500)
def _mark(file: str, _changed: int) -> str:
    return sha256(Path(file).read_bytes()).hexdigest()[:10]
