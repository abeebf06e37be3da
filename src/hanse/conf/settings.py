"""Django's settings. What an operator may set is in `environment`; the rest is how Hanse is built."""

from importlib.metadata import version
from typing import Final

from hanse.conf.databases import database_of
from hanse.conf.engines import tasks_of
from hanse.conf.environment import current_settings
from hanse.conf.hosts import allowed_hosts
from hanse.conf.keys import keys_in
from hanse.conf.page_settings import origins_of
from hanse.conf.sign_on import ldap_settings, oidc_providers

VALUES: Final = current_settings()
DATA: Final = VALUES["HANSE_DATA"]
KEYS: Final = keys_in(DATA)

DEBUG = VALUES["HANSE_DEBUG"]
SECRET_KEY = KEYS[0]
SECRET_KEY_FALLBACKS = KEYS[1:]
SALT_KEY = ["hanse secrets at rest"]  # the key file is the secret; the salt only keeps its other uses apart
ALLOWED_HOSTS = allowed_hosts(VALUES["HANSE_HOSTS"], VALUES["HANSE_URL"])
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
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "knox",
    "rest_framework",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
]
MIDDLEWARE = [
    "hanse.web.pages.security.keep_to_ourselves",
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
    "hanse.web.second_factor.insist_on_second_factor",
    "django_htmx.middleware.HtmxMiddleware",
    "hanse.web.pages.errors.ErrorsAsPages",
]

# Pages
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {
            # Written out, for components want to wrap the loaders.
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django_cotton.cotton_loader.Loader",
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "builtins": [
                "django.contrib.humanize.templatetags.humanize",
                "django.templatetags.static",
                "django_cotton.templatetags.cotton",
                "hanse.web.pages.templatetags.hanse",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "hanse.web.pages.navigation.shell",
            ],
        },
    }
]
STATIC_URL = "static/"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},  # nothing is kept in files
    "staticfiles": {"BACKEND": "hanse.web.pages.statics.MarkedFiles"},
}
WHITENOISE_USE_FINDERS = True  # straight from the packages: nothing is collected
WHITENOISE_MAX_AGE = 3600  # seconds; what changes is asked for under another mark
TILES: Final = VALUES["HANSE_TILES"]
TILES_BY: Final = VALUES["HANSE_TILES_BY"]
# Directive -> sources that the settings let through besides ourselves: the tiles' server, the log-in's.
CONTENT_SECURITY_MORE: Final = {
    "img-src": origins_of(VALUES["HANSE_TILES"]),
    "form-action": origins_of(VALUES["HANSE_OIDC_URL"]),
}

# People
AUTH_USER_MODEL = "store.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
if VALUES["HANSE_LDAP_URL"]:
    AUTHENTICATION_BACKENDS.append("hanse.web.directory.Directory")
    globals().update(ldap_settings(VALUES))
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "account_login"
OVER_TLS: Final = VALUES["HANSE_URL"].startswith("https://")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = OVER_TLS
CSRF_TRUSTED_ORIGINS = [VALUES["HANSE_URL"]] if VALUES["HANSE_URL"] else []
if VALUES["HANSE_PROXIES"]:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
ALLAUTH_TRUSTED_PROXY_COUNT = VALUES["HANSE_PROXIES"]
ACCOUNT_ADAPTER = "hanse.web.log_in.LogIn"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email*", "password1*"]  # nobody signs up; allauth compares
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_RATE_LIMITS = {"login_failed": "30/m/ip,5/m/key"}
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
MFA_ADAPTER = "hanse.web.log_in.SecondFactor"
MFA_TOTP_ISSUER = "Hanse"
MFA_ALLOW_UNVERIFIED_EMAIL = True
SOCIALACCOUNT_ADAPTER = "hanse.web.log_in.SignOn"
SOCIALACCOUNT_EMAIL_REQUIRED = False
SOCIALACCOUNT_OPENID_CONNECT_URL_PREFIX = ""  # accounts_urls has one
SOCIALACCOUNT_PROVIDERS = oidc_providers(VALUES)
KNOX_TOKEN_MODEL = "store.ApiToken"  # the name of a model
MIGRATION_MODULES = {"knox": None}  # its own table would lie there empty, and point at the people
# Counts of failed log-ins: in the database, for every process must know them.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "store_counted",
        "OPTIONS": {"MAX_ENTRIES": 10_000},
    }
}

# The API
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "hanse.web.api.doors.TokenInHeader",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["hanse.web.api.doors.SomebodyOnly"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_METADATA_CLASS": "hanse.web.api.doors.Described",
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "hanse.web.api.problems.problem_response",
    "URL_FORMAT_OVERRIDE": None,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Hanse",
    "DESCRIPTION": "What is wanted, how it was last seen, and the work between the two, in the shape of NetBox's API.",
    "VERSION": version("hanse"),
    "OAS_VERSION": "3.1.0",
    "SCHEMA_PATH_PREFIX": "/api/",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PERMISSIONS": ["hanse.web.api.doors.SomebodyOnly"],
    "AUTHENTICATION_WHITELIST": [],
    "SECURITY": [{"token": []}, {"session": []}],
    "APPEND_COMPONENTS": {
        "securitySchemes": {
            "token": {"type": "apiKey", "in": "header", "name": "Authorization", "description": "`Token TEXT`"},
            "session": {"type": "apiKey", "in": "cookie", "name": "sessionid"},
        }
    },
    "POSTPROCESSING_HOOKS": ["hanse.web.api.described.with_shapes"],
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
}

# The log goes to where the command says what it does.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": [], "level": "WARNING", "propagate": True},
        "django.request": {"level": "CRITICAL"},  # hanse.web.bugs tells of bugs; the rest is no news
    },
}

# Rows
DATABASES = {"default": database_of(VALUES["HANSE_DATABASE"], DATA)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TASKS = tasks_of(VALUES)
USE_TZ = True
TIME_ZONE = "UTC"
USE_I18N = False
