"""Django's settings. What an operator may set is in `environment`; the rest is how Hanse is built."""

import os
from typing import Final

from hanse.conf.environment import current_settings
from hanse.conf.keys import keys_in

VALUES: Final = current_settings()
DATA: Final = VALUES["HANSE_DATA"]
KEYS: Final = keys_in(DATA)

DEBUG = VALUES["HANSE_DEBUG"]
SECRET_KEY = KEYS[0]
SECRET_KEY_FALLBACKS = KEYS[1:]
SALT_KEY = ["hanse secrets at rest"]  # the key file is the secret; the salt only keeps its other uses apart
ALLOWED_HOSTS: list[str] = []

INSTALLED_APPS = [
    "hanse.store",
    "hanse.cli",  # holds manage.py's commands only
    "django_tasks",
    "django_tasks_db",
]
MIDDLEWARE: list[str] = []
DATABASES = {
    "default": {
        "ENGINE": "hanse.store.sqlite",
        "NAME": DATA / "hanse.sqlite3",
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA foreign_keys=ON;",
        },
        # A file, not memory, for tests open it from many threads; one a process, for two may run at once.
        "TEST": {"NAME": DATA / f"test-{os.getpid()}.sqlite3"},
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}
USE_TZ = True
TIME_ZONE = "UTC"
USE_I18N = False
