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
ALLOWED_HOSTS: list[str] = ["*"]
ROOT_URLCONF = "hanse.web.urls"
WSGI_APPLICATION = "hanse.web.wsgi.application"

INSTALLED_APPS = [
    "hanse.store",
    "hanse.cli",  # holds manage.py's commands only
    "hanse.web.pages",
    "hanse.web.api",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django_cotton.apps.SimpleAppConfig",
    "django_filters",
    "django_htmx",
    "django_tables2",
    "django_tasks",
    "django_tasks_db",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "knox",
    "rest_framework",
    "template_partials.apps.SimpleAppConfig",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

# Pages
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {
            # Written out, for both partials and components want to wrap the loaders.
            "loaders": [
                (
                    "template_partials.loader.Loader",
                    [
                        (
                            "django.template.loaders.cached.Loader",
                            [
                                "django_cotton.cotton_loader.Loader",
                                "django.template.loaders.filesystem.Loader",
                                "django.template.loaders.app_directories.Loader",
                            ],
                        )
                    ],
                )
            ],
            "builtins": ["django_cotton.templatetags.cotton", "template_partials.templatetags.partials"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]
STATIC_URL = "static/"

# People
AUTH_USER_MODEL = "store.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
KNOX_TOKEN_MODEL = "store.ApiToken"  # the name of a model

# Rows
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
