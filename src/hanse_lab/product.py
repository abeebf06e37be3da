"""The product, as its users meet it: the command `hanse`, set up for the routers of one lab."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

from hanse_lab import asking
from hanse_lab.errors import CommandFailed, NoSuchLab
from hanse_lab.folder import Folder
from hanse_lab.plan import Place

SOURCES: Final = Path(__file__).resolve().parents[1]
COMMAND: Final = (sys.executable, "-m", "hanse.cli.main")
PATIENCE: Final = timedelta(minutes=5)
PATIENCE_WITH_A_GUEST: Final = timedelta(minutes=30)  # in which a whole city is installed there
# A guest has one processor for all its routers: few are spoken to at a time, and each is given longer for all it does.
IN_A_GUEST: Final = {"HANSE_CONCURRENCY": "2", "HANSE_UNDO_AFTER": "600", "NAPALM_TIMEOUT": "120"}
HURRIED: Final = {"HANSE_FIRST_LOOK": "1"}  # seconds, where nobody watches
DONE: Final = frozenset({0, 10})  # exit codes: fine, and there are changes
Surroundings = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Hanse:
    """Hanse with its data in the lab's folder; `settings` are more of its environment variables."""

    folder: Folder
    settings: tuple[tuple[str, str], ...] = ()

    def environment(self) -> dict[str, str]:
        """Return the environment of the command, without any setting that the caller's own Hanse may have."""
        mine = {name: value for name, value in os.environ.items() if not name.startswith(("HANSE_", "NAPALM_"))}
        return {
            **mine,
            "PYTHONPATH": os.pathsep.join([str(SOURCES), *filter(None, [mine.get("PYTHONPATH", "")])]),
            "HANSE_DATA": str(self.folder.data),
            "HANSE_SSH_KEY": str(self.folder.key),
            "NAPALM_USERNAME": "root",
            **({"HANSE_TEMPLATES": str(self.folder.templates)} if self.folder.templates.is_dir() else {}),
            **(IN_A_GUEST if self._is_in_a_guest() else {}),
            **self._password(),
            **dict(self.settings),
        }

    @property
    def patience(self) -> timedelta:
        """Return how long a word may take."""
        return PATIENCE_WITH_A_GUEST if self._is_in_a_guest() else PATIENCE

    def _is_in_a_guest(self) -> bool:
        try:
            return self.folder.read().place is Place.UML
        except NoSuchLab:
            return False

    def _password(self) -> dict[str, str]:
        place = self.folder.password
        return {"NAPALM_PASSWORD": place.read_text()} if place.exists() else {}

    def outcome(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run `hanse WORDS` to its end, whatever its exit code."""
        self.folder.data.mkdir(exist_ok=True)
        return asking.say(words, folder=self.folder.path, env=HURRIED | self.environment(), patience=self.patience)

    def say(self, *words: str) -> str:
        """Run `hanse WORDS` and return what it printed on stdout.

        :raises CommandFailed: it ended with an error
        """
        done = self.outcome(*words)
        if done.returncode not in DONE:
            said = (done.stderr.strip() or done.stdout.strip())[-2000:]
            raise CommandFailed(f"`hanse {' '.join(words)}` ended with {done.returncode}: {said}")
        return done.stdout

    def tree(self, *words: str) -> Any:
        """Run `hanse WORDS --json` and return its document, whatever the exit code.

        :raises CommandFailed: it printed none
        """
        done = self.outcome(*words, "--json")
        try:
            return json.loads(done.stdout)
        except ValueError as error:
            said = done.stderr.strip()[-2000:]
            raise CommandFailed(f"`hanse {' '.join(words)} --json` ended with {done.returncode}: {said}") from error

    def begin(self, *words: str) -> subprocess.Popen[bytes]:
        """Start `hanse WORDS` and return at once; its output is thrown away."""
        self.folder.data.mkdir(exist_ok=True)
        return subprocess.Popen(
            [*COMMAND, *words],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=self.environment(),
            start_new_session=True,
        )
