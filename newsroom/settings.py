"""All settings, in one file, from the environment; see the table in README.md.

With nothing set, this is the demo: SQLite and every other state under `var/`.
`NEWSROOM_MODE=production` starts nothing without a secret key, host names and
a public address, and turns on everything `check --deploy` asks for.
"""

import os
import re
import secrets
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from django.conf.locale import LANG_INFO
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _
from django_prose_editor.config import html_tags
from js_asset import static_lazy

from articles.text.embeds import FRAME_HOSTS

from .csp import NONCE

BASE_DIR = Path(__file__).resolve().parent.parent


def _text(name, default=None):
    value = os.environ.get(name, "").strip() or default
    if value is None:
        raise ImproperlyConfigured(f"Set {name}: NEWSROOM_MODE=production does not start without it.")
    return value


def _flag(name, default):
    value = os.environ.get(name, "").strip() or str(default)
    if value not in ("True", "False"):
        raise ImproperlyConfigured(f"{name} must be True or False, not {value!r}.")
    return value == "True"


def _number(name, default):
    value = os.environ.get(name, "").strip() or str(default)
    if not value.isdecimal():
        raise ImproperlyConfigured(f"{name} must be a whole number, not {value!r}.")
    return int(value)


def _one_of(name, choices):
    value = os.environ.get(name, "").strip() or choices[0]
    if value not in choices:
        raise ImproperlyConfigured(f"{name} must be {' or '.join(choices)}, not {value!r}.")
    return value


def _address(name):
    """A web address, or "" where none is set; it goes into headers and pages as it is."""
    value = os.environ.get(name, "").strip()
    if value and not re.fullmatch(r"https?://[\w.:\[\]-]+(/[\w~!$&'()*+,;=:@/?%.-]*)?", value, re.ASCII):
        raise ImproperlyConfigured(f"{name} must be a web address such as https://example.org/path, not {value!r}.")
    return value


def _words(name, default=None):
    return [word.strip() for word in _text(name, default).split(",") if word.strip()]


def _language(code):
    """What the desk calls a language (lazy text), by its code as Django knows it; five characters are kept of it."""
    if code not in LANG_INFO or "name" not in LANG_INFO[code] or len(code) > 5:
        raise ImproperlyConfigured(f"NEWSROOM_LANGUAGES must be codes such as de,en,fr,ar, not {code!r}.")
    return _(LANG_INFO[code]["name"])


def _secret_in(folder):
    """The demo's own secret key, made at the first start and kept for the next (text)."""
    path = folder / "secret_key"
    try:
        with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(50))
    except FileExistsError:
        pass
    return path.read_text() or _text("NEWSROOM_SECRET_KEY")


def _database(url):
    """Django's settings for a database address: `sqlite:///path` or `postgres://user:pw@host:port/name`."""
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        pragmas = (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON; PRAGMA cache_size=-65536;"
        )
        options = {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": pragmas}
        return {"ENGINE": "django.db.backends.sqlite3", "NAME": unquote(parts.path[1:]), "OPTIONS": options}
    if parts.scheme not in ("postgres", "postgresql"):
        raise ImproperlyConfigured("DATABASE_URL must start with sqlite:/// or postgres://.")
    options = dict(parse_qsl(parts.query)) | {"pool": {"min_size": 1, "max_size": 8, "timeout": 10}}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path[1:]),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", None) or unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "OPTIONS": options,
    }


def _email(address):
    """Django's settings for where mails go: `console`, `none`, or a mail server's address.

    `smtp+tls://user:password@host:port` speaks STARTTLS (port 587), `smtps://` TLS from the start (465),
    `smtp://` neither (25; for a server on the same machine).
    """
    if address in ("console", "none"):
        name = "console" if address == "console" else "dummy"
        return {"EMAIL_BACKEND": f"django.core.mail.backends.{name}.EmailBackend"}
    parts = urlsplit(address)
    ports = {"smtp": 25, "smtp+tls": 587, "smtps": 465}
    if parts.scheme not in ports or not parts.hostname:
        raise ImproperlyConfigured(
            "NEWSROOM_EMAIL_URL must be console, none, or start with smtp://, smtp+tls:// or smtps:// and a host."
        )
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or ports[parts.scheme],
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_TLS": parts.scheme == "smtp+tls",
        "EMAIL_USE_SSL": parts.scheme == "smtps",
    }


# What kind of installation this is
MODE = _text("NEWSROOM_MODE", "demo")
if MODE not in ("demo", "production"):
    raise ImproperlyConfigured(f"NEWSROOM_MODE must be demo or production, not {MODE!r}.")
PRODUCTION = MODE == "production"
DEBUG = _flag("NEWSROOM_DEBUG", False)
VAR = Path(_text("NEWSROOM_VAR", str(BASE_DIR / "var"))).resolve()
VAR.mkdir(parents=True, exist_ok=True)

# Where it answers
SECRET_KEY = _text("NEWSROOM_SECRET_KEY") if PRODUCTION else _secret_in(VAR)
SECRET_KEY_FALLBACKS = _words("NEWSROOM_OLD_SECRET_KEYS", " ")
SITE_URL = _text("NEWSROOM_SITE_URL", None if PRODUCTION else "http://127.0.0.1:8000").rstrip("/")
ALLOWED_HOSTS = _words("NEWSROOM_HOSTS", None if PRODUCTION else "127.0.0.1,localhost,[::1],0.0.0.0")
if not PRODUCTION and urlsplit(SITE_URL).hostname:
    ALLOWED_HOSTS.append(urlsplit(SITE_URL).hostname)
CSRF_TRUSTED_ORIGINS = [SITE_URL]

# The newspaper
SITE_NAME = _text("NEWSROOM_NAME", "Hafenkurier")
SITE_CLAIM = _text("NEWSROOM_CLAIM", "Nachrichten aus Norderhafen und der Welt" if not PRODUCTION else " ")
PUBLISHER = _text("NEWSROOM_PUBLISHER", SITE_NAME)
WEBSUB_HUB = _address("NEWSROOM_WEBSUB_HUB")
AI_RESERVED = _one_of("NEWSROOM_AI", ("reserved", "allowed")) == "reserved"
TDM_POLICY = _address("NEWSROOM_TDM_POLICY")
SECURITY_CONTACT = os.environ.get("NEWSROOM_SECURITY_CONTACT", "")
INGEST_SECTION = os.environ.get("NEWSROOM_INGEST_SECTION", "")
INGEST_MAX_BYTES = _number("NEWSROOM_INGEST_MAX_BYTES", 2_000_000)
PICTURE_MAX_BYTES = _number("NEWSROOM_PICTURE_MAX_BYTES", 25_000_000)
PICTURE_MAX_PIXELS = _number("NEWSROOM_PICTURE_MAX_PIXELS", 60_000_000)
PICTURE_ENCODERS = _number("NEWSROOM_PICTURE_ENCODERS", os.cpu_count() or 1)
PICTURE_WAIT = 8  # seconds a request waits for a file that is being made
# Bytes of address space of the process that opens a picture: for the program, and for each pixel. The hungriest, a
# transparent PNG cut at full size and a WebP, were measured to need 17 for each.
PICTURE_MEMORY = 350_000_000 + 20 * PICTURE_MAX_PIXELS

# `database`: full text in the newsroom's own database; else a class by its dotted path (articles/search/interface.py).
NEWSROOM_SEARCH = _text("NEWSROOM_SEARCH", "database")

LANGUAGE_CODE = _text("NEWSROOM_LANGUAGE", "de")
# What stories can be written in. A further language needs no more than its translation file below LOCALE_PATHS.
LANGUAGES = [(code, _language(code)) for code in _words("NEWSROOM_LANGUAGES", "de,en")]
if LANGUAGE_CODE not in dict(LANGUAGES):
    known = ", ".join(dict(LANGUAGES))
    raise ImproperlyConfigured(f"NEWSROOM_LANGUAGE must be one of {known}, not {LANGUAGE_CODE!r}.")
LOCALE_PATHS = [BASE_DIR / "articles" / "locale"]
TIME_ZONE = _text("NEWSROOM_TIME_ZONE", "Europe/Berlin")
USE_I18N = True
USE_TZ = True

INSTALLED_APPS = [
    "newsroom.apps.DeskAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "taggit",
    "js_asset",
    "django_prose_editor",
    "articles",
]

MIDDLEWARE = [
    "newsroom.limits.RequestLimitsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "newsroom.middleware.PublicGZipMiddleware",
    "newsroom.middleware.PermissionsPolicyMiddleware",
    "newsroom.middleware.MiningReservedMiddleware",
    "newsroom.middleware.PrivateStaffMiddleware",
    "newsroom.csp.ContentSecurityPolicyMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "newsroom.middleware.ConditionalReadMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "newsroom.middleware.StaffLocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "newsroom.middleware.TwoFactorMiddleware",
]

ROOT_URLCONF = "newsroom.urls"
WSGI_APPLICATION = "newsroom.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "newsroom.csp.csp",
                "newsroom.context.newspaper",
            ]
        },
    }
]

DATABASES = {"default": _database(_text("DATABASE_URL", f"sqlite:///{VAR / 'newsroom.sqlite3'}"))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# Shared by all processes, because the sign-in's rate limits count in it.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "newsroom_cache",
        # Far more than the default 300: beyond it rows are dropped, and with them counts of wrong passwords.
        "OPTIONS": {"MAX_ENTRIES": 50_000},
    }
}

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STATICFILES_DIRS = [(name, BASE_DIR / "static" / name) for name in ("desk", "site")]
STATICFILES_FINDERS = [
    "newsroom.stylesheet.StylesheetFinder",
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
]
MEDIA_ROOT = VAR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
# A text of 5 MB comes percent-encoded as up to 15. What is taken so far is refused by the desk, with the text kept.
DATA_UPLOAD_MAX_MEMORY_SIZE = 20_000_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_000_000

# Signing in
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "admin:index"
ACCOUNT_ADAPTER = "newsroom.accounts.StaffAccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_RATE_LIMITS = {"login": "50/m/ip", "login_failed": "5/15m/key,50/15m/ip", "change_password": "5/15m/user"}
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_SAMESITE = "Lax"
NEWSROOM_TWO_FACTOR = _text("NEWSROOM_TWO_FACTOR", "required" if PRODUCTION else "optional")
if NEWSROOM_TWO_FACTOR not in ("required", "optional"):
    raise ImproperlyConfigured(f"NEWSROOM_TWO_FACTOR must be required or optional, not {NEWSROOM_TWO_FACTOR!r}.")
MFA_ADAPTER = "newsroom.two_factor.TwoFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
# Without it, a key that is only touched could sign in alone: the challenge does not say which page made it.
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_TOTP_TOLERANCE = 1
MFA_RATE_LIMITS = {"webauthn_login": "30/m/ip"}
MFA_FORMS = {
    "authenticate": "newsroom.two_factor_forms.AuthenticateForm",
    "reauthenticate": "newsroom.two_factor_forms.ReauthenticateForm",
    "activate_totp": "newsroom.two_factor_forms.ActivateTOTPForm",
    "authenticate_webauthn": "newsroom.two_factor_forms.AuthenticateWebAuthnForm",
    "login_webauthn": "newsroom.two_factor_forms.LoginWebAuthnForm",
    "reauthenticate_webauthn": "newsroom.two_factor_forms.ReauthenticateWebAuthnForm",
    "add_webauthn": "newsroom.two_factor_forms.AddWebAuthnForm",
    "edit_webauthn": "newsroom.two_factor_forms.EditWebAuthnForm",
}

# Tags
TAGGIT_CASE_INSENSITIVE = True
TAGGIT_TAGS_FROM_STRING = "articles.text.topics.split_names"
TAGGIT_STRING_FROM_TAGS = "articles.text.topics.join_names"

# The body editor's own buttons (static/desk/body.js). What may be stored is decided in articles/text/html.py.
DJANGO_PROSE_EDITOR_EXTENSIONS = [
    {
        "js": [static_lazy(f"desk/{name}.js") for name in ("body", "marks", "paste", "typewriter")],
        "extensions": {
            "PullQuote": html_tags(["aside"], {"aside": ["data-block"]}),
            "FactBox": html_tags(["aside"], {"aside": ["data-block"]}),
            "NoteMark": html_tags(["mark"], {"mark": ["data-note"]}),
            "PasteClean": html_tags([]),
            "Typewriter": html_tags([]),
        },
    },
    {
        "js": [static_lazy("desk/figures.js")],
        "extensions": {
            "Picture": html_tags(["figure", "figcaption"], {"figure": ["data-picture", "data-credit"]}),
            "Gallery": html_tags(["section"], {"section": ["data-block"]}),
        },
    },
    {
        "js": [static_lazy("desk/embeds.js")],
        "extensions": {"Embed": html_tags(["figure", "figcaption"], {"figure": ["data-embed"]})},
    },
]

DJANGO_PROSE_EDITOR_MENU_GROUPS = [
    {"group": "blockType -lists", "type": "dropdown", "minItems": 2},
    *({"group": name} for name in ("marks", "link", "lists", "nodes -blockType -lists", "table", "history", "utility")),
]

# Security headers. The one style hash is the <style> the body editor adds to its own page.
SECURE_CSP = {
    "default-src": ["'none'"],
    "script-src": ["'self'", NONCE],
    "style-src": ["'self'", "'sha256-PlumsSlvJ7vvWzjqibGAYKq92O3y/4JTxWWsWJvyUYA='"],
    "img-src": ["'self'", "data:"],
    "font-src": ["'self'"],
    "connect-src": ["'self'"],
    "manifest-src": ["'self'"],
    "form-action": ["'self'"],
    "base-uri": ["'none'"],
    "frame-ancestors": ["'none'"],
}
# Readers' pages may show, once somebody asked for it, what the providers of articles/text/embeds.py play, and audio
# and video files of these hosts (names, with the port where it is not 443).
NEWSROOM_MEDIA_HOSTS = _words("NEWSROOM_MEDIA_HOSTS", " ")
READERS_CSP = SECURE_CSP | {
    "frame-src": list(FRAME_HOSTS),
    "media-src": ["'self'", *(f"https://{host}" for host in NEWSROOM_MEDIA_HOSTS)],
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SILENCED_SYSTEM_CHECKS = []
if PRODUCTION:
    SECURE_SSL_REDIRECT = _flag("NEWSROOM_SSL_REDIRECT", True)
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _flag("NEWSROOM_BEHIND_PROXY", True) else None
    ALLAUTH_TRUSTED_PROXY_COUNT = 1 if SECURE_PROXY_SSL_HEADER else 0
    SECURE_REDIRECT_EXEMPT = [r"^livez$", r"^readyz$"]
    SECURE_HSTS_SECONDS = _number("NEWSROOM_HSTS_SECONDS", 31_536_000)
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-sessionid", "__Host-csrftoken"

# Follow-up work: mails to staff, sent by `manage.py worker`, in the demo by a thread of the web server
globals().update(_email(_text("NEWSROOM_EMAIL_URL", "none" if PRODUCTION else "console")))
EMAIL_TIMEOUT = 20  # seconds; a worker's lease is much longer
EMAIL_USE_LOCALTIME = True
DEFAULT_FROM_EMAIL = SERVER_EMAIL = _text(
    "NEWSROOM_EMAIL_FROM", f"newsroom@{urlsplit(SITE_URL).hostname or 'localhost'}"
)
NEWSROOM_EMBEDDED_WORKER = _flag("NEWSROOM_EMBEDDED_WORKER", not PRODUCTION)
# Whether reads and missing pages are counted: numbers, and nothing about the readers
NEWSROOM_COUNT_READS = _flag("NEWSROOM_COUNT_READS", True)
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "filters": {"no_tokens": {"()": "newsroom.logs.HidePreviewTokens"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["no_tokens"]}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "django.request": {"level": "ERROR", "filters": ["no_tokens"]},  # Django has a handler of its own there
        "django.server": {"handlers": ["console"], "level": "INFO", "propagate": False},  # runserver's lines
        "articles": {"level": "INFO"},
    },
}
