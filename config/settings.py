"""All settings, in one file; what differs between installations comes from ``config.environment``."""

from csp.constants import NONE, SELF

from config import environment

ENV = environment.read()
BASE_DIR = environment.BASE
VAR = ENV.var

DEBUG = ENV.debug
SECRET_KEY = ENV.secret_key
ALLOWED_HOSTS = ENV.hosts
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "rest_framework",
    "drf_spectacular",
    "django_htmx",
    "csp",
    "core",
    "accounts",
    "ledger",
    "search",
    "jurisdictions",
    "authorities",
    "cases",
    "evidence",
    "bundles",
    "comparison",
    "desk",
    "demo",
    "config",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "core.middleware.ErrorTree",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

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
                "desk.context.bar",
            ],
        },
    },
]

# Database -------------------------------------------------------------------------------------

DATABASES = {"default": {**ENV.database, "ATOMIC_REQUESTS": False}}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # With NORMAL a filing that was saved could be gone after a power cut, though its file is on the disk.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 30,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": ENV.cache,
    }
    if ENV.cache
    else {
        "BACKEND": "core.cache.SharedFolder",
        "LOCATION": VAR / "cache",
        "OPTIONS": {"MAX_ENTRIES": 2000},
    }
}

# Files ----------------------------------------------------------------------------------------

STORE_ROOT = VAR / "store"
INDEX_ROOT = VAR / "index"
KEYS_ROOT = VAR / "keys"
SIGNING_KEY = ENV.signing_key
SIGNING_PASSWORD = ENV.signing_password
MODELS_ROOT = ENV.models
MAX_UPLOAD_BYTES = ENV.max_upload
FILE_UPLOAD_HANDLERS = ["core.uploads.CappedUpload"]
FILE_UPLOAD_TEMP_DIR = VAR / "uploads"
FILE_UPLOAD_TEMP_DIR.mkdir(parents=True, exist_ok=True)
DATA_UPLOAD_MAX_NUMBER_FILES = 200
STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True

# Background work ------------------------------------------------------------------------------

if ENV.broker:
    CELERY_BROKER_URL = ENV.broker
else:
    QUEUE_ROOT = VAR / "queue"
    for name in ("messages", "control"):
        (QUEUE_ROOT / name).mkdir(parents=True, exist_ok=True)
    CELERY_BROKER_URL = "filesystem://localhost"
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(QUEUE_ROOT / "messages"),
        "data_folder_out": str(QUEUE_ROOT / "messages"),
        "control_folder": str(QUEUE_ROOT / "control"),
        "store_processed": False,
        # A second, as Celery has it, passes after each task before the next is looked for.
        "polling_interval": 0.1,
    }
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_CONCURRENCY = 2
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_QUEUES = {name: {"exchange": name, "routing_key": name} for name in ("celery", "gpu")}
CELERY_TASK_ROUTES = {"comparison.run": {"queue": "gpu", "routing_key": "gpu"}}
CELERY_TIMEZONE = "UTC"
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR / "celerybeat")
CELERY_BEAT_SCHEDULE = {
    "intake-sweep": {"task": "evidence.sweep", "schedule": 60.0},
    "bundles-sweep": {"task": "bundles.sweep", "schedule": 60.0},
    "bundles-forget-checks": {"task": "bundles.forget_checks", "schedule": 3600.0},
    "bundles-forget-unused": {"task": "bundles.forget_unused", "schedule": 86_400.0},
    "comparison-sweep": {"task": "comparison.sweep", "schedule": 60.0},
    "search-drain": {"task": "search.drain", "schedule": 30.0},
}

# Sign-in --------------------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_FORMS = {"login": "accounts.forms.SignIn", "reset_password": "accounts.forms.ResetPassword"}
ACCOUNT_ADAPTER = "accounts.adapter.ClosedSignup"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = "Assize: "
ACCOUNT_RATE_LIMITS = {"login": "30/m/ip", "login_failed": "10/m/ip,5/5m/key"}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Assize"
EMAIL_BACKEND = ENV.email["EMAIL_BACKEND"]
EMAIL_HOST = ENV.email["EMAIL_HOST"]
EMAIL_PORT = ENV.email["EMAIL_PORT"]
EMAIL_HOST_USER = ENV.email["EMAIL_HOST_USER"]
EMAIL_HOST_PASSWORD = ENV.email["EMAIL_HOST_PASSWORD"]
EMAIL_FILE_PATH = ENV.email["EMAIL_FILE_PATH"]
EMAIL_USE_TLS = ENV.email["EMAIL_USE_TLS"]
EMAIL_USE_SSL = ENV.email["EMAIL_USE_SSL"]
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = ENV.email.get("DEFAULT_FROM_EMAIL", f"Assize <assize@{ENV.hosts[0]}>")

# Security -------------------------------------------------------------------------------------

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "object-src": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = ENV.https
SESSION_COOKIE_AGE = 60 * 60 * 12
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SECURE = ENV.https
CSRF_FAILURE_VIEW = "core.views.csrf_failure"
SECURE_SSL_REDIRECT = ENV.https
SECURE_HSTS_SECONDS = 31536000 if ENV.https else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = ENV.https
SECURE_HSTS_PRELOAD = ENV.https
BEHIND_PROXY = ENV.https
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if BEHIND_PROXY else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ENV.https else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

# API ------------------------------------------------------------------------------------------

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["rest_framework.authentication.SessionAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PAGINATION_CLASS": "rest_framework.pagination.LimitOffsetPagination",
    "PAGE_SIZE": 50,
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_THROTTLE_CLASSES": ["rest_framework.throttling.UserRateThrottle"],
    "DEFAULT_THROTTLE_RATES": {"user": "1200/min"},
    "NUM_PROXIES": 1 if BEHIND_PROXY else 0,
    "EXCEPTION_HANDLER": "core.api.error_response",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Assize",
    "DESCRIPTION": (
        "Matters, filings, exhibits, search and bundles, through the same actions as the pages.\n\n"
        "**Who may ask.** A signed-in person: sign in at `/account/login/`, second factor included, and send "
        "the session's cookie; whatever writes also sends the token of the CSRF cookie as `X-CSRFToken`. "
        "What a person may not see is answered like what does not exist.\n\n"
        "**Refusals** are all of one shape: `code`, a stable word; `detail`, what is wrong; `remedy`, what "
        "to do about it; and `field` or `fields` where a field is wrong. Beyond 1,200 requests a minute the "
        "answer is 429, code `too-many`, with the seconds to wait in `Retry-After`."
    ),
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "ENUM_NAME_OVERRIDES": {
        "AuthorityKindEnum": "authorities.models.Authority.Kind",
        "BundleKindEnum": "bundles.models.Bundle.Kind",
        "MemberRoleEnum": "cases.models.Membership.Role",
        "MethodEnum": "cases.models.Filing.Method",
        "RedactedCopyStateEnum": "bundles.models.RedactedCopy.State",
        "RedactionStateEnum": "bundles.models.Redaction.State",
    },
    "SERVE_PERMISSIONS": ["rest_framework.permissions.IsAuthenticated"],
}

# Language and time ----------------------------------------------------------------------------

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
}
