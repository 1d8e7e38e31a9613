"""Every setting, read from the environment. `docs/run.md` lists the variables."""

import sys
from pathlib import Path

import environ
from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from config.bucket import Bucket, bucket
from config.databases import database, sqlite_url
from config.schedule import BROKER_TRANSPORT_OPTIONS, DEFAULT_BROKER

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()


def _releases() -> Bucket | None:
    try:
        return bucket(env.str("ASSAY_RELEASES")) if env.str("ASSAY_RELEASES", default="") else None
    except ValueError as error:
        raise ImproperlyConfigured(f"ASSAY_RELEASES cannot be used: {error}.") from None


DEBUG = env.bool("DEBUG", default=False)
ASSAY_HOME = Path(env.str("ASSAY_HOME", default=str(BASE_DIR / "var"))).resolve()
ASSAY_HOME.mkdir(parents=True, exist_ok=True)
ASSAY_FILES = ASSAY_HOME / "files"
ASSAY_JOB_LEASE = env.float("ASSAY_JOB_LEASE", default=30.0)  # seconds a worker may be silent
# Files that items show. A PDF or picture that is larger is refused by its row, a zip as a whole.
ASSAY_PDF_BYTES = env.int("ASSAY_PDF_BYTES", default=50_000_000)
ASSAY_PDF_PAGES = env.int("ASSAY_PDF_PAGES", default=500)
ASSAY_IMAGE_BYTES = env.int("ASSAY_IMAGE_BYTES", default=30_000_000)
ASSAY_IMAGE_PIXELS = env.int("ASSAY_IMAGE_PIXELS", default=40_000_000)
ASSAY_DRAW_SECONDS = env.float("ASSAY_DRAW_SECONDS", default=40.0)  # for ten pages, or a picture
ASSAY_ZIP_FILES = env.int("ASSAY_ZIP_FILES", default=20_000)
ASSAY_ZIP_BYTES = env.int("ASSAY_ZIP_BYTES", default=4_000_000_000)  # unpacked
# What the server may call on somebody's word although it is not the internet's: hosts, addresses, networks, each with
# or without a port.
ASSAY_OUTBOUND_ALLOW: list[str] = env.list("ASSAY_OUTBOUND_ALLOW", default=[])
# Files or folders of texts that items are compared with; `manage.py benchmark_lists` reads them.
ASSAY_BENCHMARKS: list[str] = env.list("ASSAY_BENCHMARKS", default=[])
# Calls of the API in a minute, 0 for any number: of a person's programs, of their pages, of nobody from an address.
ASSAY_RATE_KEYS = env.int("ASSAY_RATE_KEYS", default=30_000)
ASSAY_RATE_PAGES = env.int("ASSAY_RATE_PAGES", default=30_000)
ASSAY_RATE_ANONYMOUS = env.int("ASSAY_RATE_ANONYMOUS", default=600)
# Where published releases stand: a folder below ASSAY_FILES, or a bucket (`config/bucket.py`).
ASSAY_RELEASES: Bucket | None = _releases()
ASSAY_FAULTS = env.bool("ASSAY_FAULTS", default=False)  # kill points, for tests only
ASSAY_BASE_URL: str = env.str("ASSAY_BASE_URL", default=f"http://127.0.0.1:{env.int('PORT', default=8000)}")
ASSAY_VERSION = "0.1.0"


def _secret_key() -> str:
    key: str = env.str("SECRET_KEY", default="")
    kept = ASSAY_HOME / "secret_key"
    if not key and kept.exists():
        key = kept.read_text().strip()
    if len(key) < 32:
        raise ImproperlyConfigured(
            "SECRET_KEY is missing or shorter than 32 characters. Set the environment variable SECRET_KEY, "
            f"or put a key into {kept} (make demo makes one)."
        )
    return key


SECRET_KEY = _secret_key()
SECRET_KEY_FALLBACKS: list[str] = env.list("SECRET_KEY_FALLBACKS", default=[])  # older ones, which still open
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])
HTTPS = ASSAY_BASE_URL.startswith("https://")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=False)
SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", default=31_536_000 if HTTPS else 0)
SECURE_PROXY_SSL_HEADER = (
    ("HTTP_X_FORWARDED_PROTO", "https") if env.bool("BEHIND_PROXY", default=False) else None
)
CSRF_TRUSTED_ORIGINS = [ASSAY_BASE_URL] if HTTPS else []
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "csp",
    "django_htmx",
    "template_partials",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "core",
    "experts",
    "annotation",
]
MIDDLEWARE = [
    "core.heap.GiveBackMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "core.middleware.CompressedMiddleware",
    "core.middleware.FinalSlashMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "core.middleware.PersonLocaleMiddleware",
    "core.middleware.ReadableQueryMiddleware",
    "core.middleware.ActorMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "annotation.web.refused.RefusalMiddleware",
]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
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
                "django.template.context_processors.i18n",
            ]
        },
    }
]

DATABASES = {
    "default": database(env.str("DATABASE_URL", default=sqlite_url(str(ASSAY_HOME / "assay.sqlite3"))))
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
ATOMIC_REQUESTS = False

AUTH_USER_MODEL = "core.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
if env.bool("ASSAY_FAST_PASSWORDS", default=False):  # tests only: hashing is slow on purpose
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = env.str("ACCOUNT_EMAIL_VERIFICATION", default="optional")
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_ADAPTER = "core.accounts.AccountAdapter"
ASSAY_SIGNUP = env.str("ASSAY_SIGNUP", default="open")  # open, or invited
SESSION_ENGINE = "django.contrib.sessions.backends.db"

EMAIL_BACKEND = env.str("EMAIL_BACKEND", default="django.core.mail.backends.console.EmailBackend")
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="assay@localhost")
_mail = env.email_url_config(env.str("EMAIL_URL")) if env.str("EMAIL_URL", default="") else {}
globals().update(_mail)

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("zh-hans", _("Simplified Chinese"))]
LANGUAGE_COOKIE_NAME = "assay_language"
LOCALE_PATHS = [BASE_DIR / "locale", BASE_DIR / "locale" / "allauth"]
FORMAT_MODULE_PATH = ["config.formats"]
TIME_ZONE = "UTC"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = ASSAY_HOME / "static"
STATIC_ROOT.mkdir(exist_ok=True)
STATICFILES_DIRS = [path for path in [BASE_DIR / "frontend" / "dist"] if path.exists()]
# Static files are named by content and compressed by `collectstatic`; before it has run (unit tests) they are served
# as they are.
_COLLECTED = "collectstatic" in sys.argv or (STATIC_ROOT / "staticfiles.json").exists()
# As small as brotli makes them takes most of a minute: too long for what is thrown away.
_NAMED = (
    "whitenoise.storage.CompressedManifestStaticFilesStorage"
    if env.bool("ASSAY_COMPRESS_FILES", default=True)
    else "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"
)
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": ASSAY_FILES},
    },
    "staticfiles": {
        "BACKEND": _NAMED if _COLLECTED else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = not _COLLECTED
WHITENOISE_ALLOW_ALL_ORIGINS = False
# Names that carry a hash of the content: Django's, and those of the editor's chunks, which import one another.
WHITENOISE_IMMUTABLE_FILE_TEST = r"\.[0-9a-f]{12}\.\w+$|/chunk-[a-z-]+-[\w-]{8}\.(js|css)$"
FILE_UPLOAD_TEMP_DIR = None
DATA_UPLOAD_MAX_MEMORY_SIZE = 20 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

REST_FRAMEWORK = {
    # The first one says how to come in: missing credentials are answered 401 with its challenge.
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "annotation.api.authentication.LegacyKeyAuthentication",
        "annotation.api.authentication.AccessTokenAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_THROTTLE_CLASSES": ["annotation.api.throttling.PerCaller"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["annotation.api.parser.StrictJSONParser"],
    "DEFAULT_SCHEMA_CLASS": "annotation.api.openapi.Schema",
    "EXCEPTION_HANDLER": "annotation.api.problems.handle",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Assay",
    "DESCRIPTION": "Gold sets that a stranger can trust: import, label, agree, adjudicate, release.",
    "VERSION": ASSAY_VERSION,
    "SERVE_INCLUDE_SCHEMA": False,
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "REDOC_DIST": "SIDECAR",
    # Several things have a kind: each list of choices has a name of its own.
    "ENUM_NAME_OVERRIDES": {
        "ConflictKindEnum": "experts.models.conflict.ConflictKind",
        "DecisionOutcomeEnum": "annotation.models.adjudication.Outcome",
        "DeliveryStateEnum": "annotation.models.webhook_delivery.DeliveryState",
        "FlagOutcomeEnum": "annotation.api.item_shapes.MARKS",
        "HowSettledEnum": "annotation.models.gold.HowSettled",
        "ItemStateEnum": "annotation.models.item.ItemState",
        "RoleEnum": "core.roles.Role",
        "StepEnum": "annotation.models.quality.StepKey",
    },
}

CELERY_BROKER_URL = env.str("CELERY_BROKER_URL", default=DEFAULT_BROKER)
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_PUBLISH_RETRY = False  # a lost message costs one sweep; a waiting request costs a person
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_BROKER_TRANSPORT_OPTIONS = BROKER_TRANSPORT_OPTIONS
# A worker takes the lowest number first, which is 0 unless said. Behind a queue of jobs a sweep would expire before it
# is begun, and what a lost worker held would stay lost as long as everybody is busy.
CELERY_TASK_ROUTES = {"annotation.run": {"priority": 6}}
CELERY_TIMEZONE = "UTC"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["stderr"], "level": env.str("LOG_LEVEL", default="INFO")},
    # httpx would log addresses whole, and they may hold keys.
    "loggers": {"django.request": {"level": "ERROR"}, "httpx": {"level": "WARNING"}},
}
