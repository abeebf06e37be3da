#!/usr/bin/env python3
"""Django's door: configure_routers, poll_bgp_sessions, run_worker, migrate and Django's own commands."""

import os
import sys
from pathlib import Path


def main() -> None:
    """Hand the words to Django."""
    sys.path.insert(0, str(Path(__file__).resolve().parent / "src"))  # a clone need not be installed
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hanse.conf.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
