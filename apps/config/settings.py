"""Settings, all from the environment. Three modes: production (default, strict), demo, test.

DATABASE_URL, REDIS_URL, SECRET_KEY, ALLOWED_HOSTS, CITY (folder under cities/ or a path), PARVANEH_MODE.
"""

import os
from pathlib import Path

import dj_database_url

from apps.cases.files.choosing import case_store
from apps.cases.files.limits import FORM, LARGEST
from apps.common.broker import broker_url
from apps.common.secrets import local_secret
from apps.config.rooms import FIRST_PARTY_APPS, INSTALLED_APPS, MIDDLEWARE  # noqa: F401 - settings
from apps.config.schedule import CELERY_BEAT_SCHEDULE  # noqa: F401 - a setting

BASE_DIR = Path(__file__).resolve().parent.parent.parent
MODE = os.environ.get("PARVANEH_MODE", "production")
STRICT = MODE == "production"
DEBUG = False
SECRET_KEY = os.environ.get("SECRET_KEY") or local_secret(BASE_DIR / "var" / "secret_key", strict=STRICT)
ALLOWED_HOSTS = os.environ.get("ALLOWED_HOSTS", "" if STRICT else "localhost,127.0.0.1,[::1],testserver").split(",")
CSRF_TRUSTED_ORIGINS = [o for o in os.environ.get("CSRF_TRUSTED_ORIGINS", "").split(",") if o]
VAR_DIR = Path(os.environ.get("PARVANEH_VAR", BASE_DIR / "var"))
# Where people find this site ("https://rules.example"): printed on documents. Empty = as the caller named it.
PUBLIC_URL = os.environ.get("PUBLIC_URL", "").rstrip("/")

# --- city ---------------------------------------------------------------------------------------
CITY_ROOT = BASE_DIR / "cities" / os.environ.get("CITY", "isfahan")

from apps.common.city import load_city  # noqa: E402 - needs CITY_ROOT's parent only, and no settings

_CITY = load_city(CITY_ROOT)
CITY_SRID = _CITY.srid
TIME_ZONE = _CITY.time_zone

# --- rooms --------------------------------------------------------------------------------------
ROOT_URLCONF = "apps.config.urls"
WSGI_APPLICATION = "apps.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "frontend" / "templates"],  # before allauth's own pages of the same name
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "frontend.context.site",
            ]
        },
    }
]

# --- database and queue ---------------------------------------------------------------------------
DATABASES = {
    "default": dj_database_url.parse(
        os.environ.get("DATABASE_URL", "postgis:///parvaneh"), engine="django.contrib.gis.db.backends.postgis"
    )
}
# reconnect_timeout: a pool that gives up soon tries anew with the next caller. One that backs off for minutes goes
# on saying 503 about as long again as the database was away.
DATABASES["default"]["OPTIONS"] = {
    **DATABASES["default"].get("OPTIONS", {}),
    "pool": {"min_size": 1, "max_size": int(os.environ.get("DB_POOL", "8")), "timeout": 5, "reconnect_timeout": 3},
    "server_side_binding": False,
    "connect_timeout": 5,
}
REDIS_URL = os.environ.get("REDIS_URL", "redis://127.0.0.1:6379/0")
CACHES = {
    "default": {
        "BACKEND": "apps.common.cache.SteadyCache",
        "LOCATION": REDIS_URL,
        "OPTIONS": {"socket_connect_timeout": 1, "socket_timeout": 2},
    },
}
CELERY_BROKER_URL = broker_url(REDIS_URL)
CELERY_RESULT_BACKEND = CELERY_BROKER_URL
CELERY_TASK_ALWAYS_EAGER = False
CELERY_TASK_ACKS_LATE = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_IGNORE_RESULT = True
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TIMEZONE = TIME_ZONE

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "parties.Person"

# --- languages ------------------------------------------------------------------------------------
LANGUAGE_CODE = _CITY.languages[0]
LANGUAGES = [(code, {"fa": "فارسی", "en": "English"}.get(code, code)) for code in _CITY.languages]
LOCALE_PATHS = [BASE_DIR / "frontend" / "locale"]
USE_I18N = True
USE_TZ = True

# --- files ----------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "frontend" / "static"]
MEDIA_ROOT = VAR_DIR / "media"
WHITENOISE_USE_FINDERS = True
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedStaticFilesStorage"},
    "cases": case_store(os.environ, var=VAR_DIR),
}
# A ClamAV daemon that reads files of cases: "host:port" or the path of its socket; "" = files are marked unscanned.
CLAMD = os.environ.get("CLAMD", "")
# "1": no file is taken while the scanner does not answer.
SCAN_REQUIRED = os.environ.get("SCAN_REQUIRED", "") == "1"
# Files that Vite built carry a hash in their name, so they may be kept for ever.
WHITENOISE_IMMUTABLE_FILE_TEST = r"^/static/dist/assets/"
DJANGO_VITE = {
    "default": {
        "static_url_prefix": "dist",
        "manifest_path": BASE_DIR / "frontend" / "static" / "dist" / "manifest.json",
    }
}
# Leaflet's files are django-leaflet's; the frame of the map is the city package's.
LEAFLET_CONFIG = {
    "DEFAULT_CENTER": _CITY.center[::-1],
    "DEFAULT_ZOOM": _CITY.zoom,
    "SPATIAL_EXTENT": _CITY.bounds,
    "TILES": [],
    "ATTRIBUTION_PREFIX": "",
    "RESET_VIEW": False,
}

# --- sign-in --------------------------------------------------------------------------------------
# Passwords open the admin site only; people sign in by a code sent to their mobile (apps.parties.sign_in).
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = ACCOUNT_LOGOUT_REDIRECT_URL = "home"  # a name: it keeps the language
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

ACCOUNT_ADAPTER = "apps.parties.adapter.PersonAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_LOGIN_METHODS = {"phone"}
ACCOUNT_SIGNUP_FIELDS = ["phone*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 3
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 180
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_FORMAT = {"numeric": True, "length": 6, "dashed": False}
ACCOUNT_FORMS = {
    "request_login_code": "apps.parties.forms.MobileForm",
    "confirm_login_code": "apps.parties.forms.CodeForm",
}
ACCOUNT_SESSION_REMEMBER = True
SESSION_COOKIE_AGE = 14 * 24 * 3600

# A second way in, by an OpenID Connect provider: docs/how-to/connect-sign-in.md. Nothing set = no button.
SOCIALACCOUNT_ADAPTER = "apps.parties.oidc_adapter.IdentityAdapter"
SOCIALACCOUNT_STORE_TOKENS = False
OIDC_ISSUER = os.environ.get("OIDC_ISSUER", "")  # to the letter, as the provider's discovery document names it
OIDC_DISCOVERY_URL = os.environ.get("OIDC_DISCOVERY_URL", "")  # empty = the well-known one under the issuer
OIDC_CLIENT_ID = os.environ.get("OIDC_CLIENT_ID", "")
OIDC_CLIENT_SECRET = os.environ.get("OIDC_CLIENT_SECRET", "")
OIDC_NAME_FA = os.environ.get("OIDC_NAME_FA", "")
OIDC_NAME_EN = os.environ.get("OIDC_NAME_EN", "")
OIDC_SCOPES = os.environ.get("OIDC_SCOPES", "openid profile phone")
OIDC_NATIONAL_ID_CLAIM = os.environ.get("OIDC_NATIONAL_ID_CLAIM", "nationalCode")
OIDC_PHONE_CLAIM = os.environ.get("OIDC_PHONE_CLAIM", "phone_number")  # believed only with "<claim>_verified": true

# The second factor of people who work for the city's offices (apps.parties.second_factor).
MFA_ADAPTER = "apps.parties.mfa_adapter.SecretAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
SECOND_FACTOR_HOURS = 12  # how long one that was given holds in its session: a working day
SECOND_FACTOR_AT_DESK = os.environ.get("SECOND_FACTOR_AT_DESK", "") == "1"  # acts there are signed with codes anyway
SIGN_INS_KEPT_DAYS = int(os.environ.get("SIGN_INS_KEPT_DAYS", "365"))  # at least 90: the table refuses less

# Who carries messages to people: a dotted path to a apps.parties.messaging.Sender. The outbox shows them on
# screen and is for the demo; production names a real one or sends nothing.
MESSAGE_SENDER = os.environ.get("MESSAGE_SENDER", "" if STRICT else "apps.parties.messaging.OutboxSender")
OUTBOX_SHOWN = MODE in ("demo", "test")

# E-mail goes through a backend of Django's; the outbox in the demo, SMTP where EMAIL_HOST is set, else none is offered.
EMAIL_HOST = os.environ.get("EMAIL_HOST", "")
EMAIL_PORT = int(os.environ.get("EMAIL_PORT", "587"))
EMAIL_HOST_USER = os.environ.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = EMAIL_PORT != 25  # noqa: PLR2004 - the port of mail without TLS
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = os.environ.get("EMAIL_FROM", "parvaneh@localhost")
_SMTP = "django.core.mail.backends.smtp.EmailBackend" if EMAIL_HOST else ""
EMAIL_BACKEND = os.environ.get("EMAIL_BACKEND", _SMTP if STRICT else "apps.notices.mail.OutboxBackend")

# The hour of the city's clock at which daily digests of notices are sent.
NOTICE_DIGEST_HOUR = int(os.environ.get("NOTICE_DIGEST_HOUR", "8"))

# --- rule sources: the only place that knows them all ----------------------------------------------
RULE_SOURCES = {
    "detailed_plan": "detailed_plan.source.DetailedPlanSource",
    "heritage_zones": "heritage_zones.source.HeritageSource",
}

# --- edges ----------------------------------------------------------------------------------------
# Addresses or networks of our own proxies ("unix" = the server listens on a socket); nobody else's
# X-Forwarded-For is believed.
TRUSTED_PROXIES = [p.strip() for p in os.environ.get("TRUSTED_PROXIES", "").split(",") if p.strip()]
# Per address and worker process; 0 = not counted here (a proxy does it, or a bench).
CALLS_PER_MINUTE_HOT = int(os.environ.get("CALLS_PER_MINUTE_HOT", "6000"))
CALLS_PER_MINUTE = int(os.environ.get("CALLS_PER_MINUTE", "600"))
MAX_REQUEST_BYTES = int(os.environ.get("MAX_REQUEST_BYTES", str(2 * 1024 * 1024)))
# (start of the path, bytes): forms that carry files. Their other fields keep the limit below.
LARGE_REQUESTS = [
    ("/requests/", 6 * 1024 * 1024),
    ("/desk/acts/", 24 * 1024 * 1024),
    ("/case-files/", LARGEST + FORM),
    ("/api/v1/case-files/", LARGEST + FORM),
]
DATA_UPLOAD_MAX_MEMORY_SIZE = MAX_REQUEST_BYTES
DATA_UPLOAD_MAX_NUMBER_FIELDS = 200
# (start, end) of the paths that skip every middleware they do not need: docs/decisions/0006-hot-paths.md.
HOT_PATHS = [("/tiles/", ""), ("/api/v1/parcels/", "/extract"), ("/healthz", ""), ("/readyz", "")]
# Called once when a reader met a lost connection; it may ask again when this says True.
RENEW_CONNECTIONS = "gis_layers.postgis_connections.renew"
PERMISSIONS_POLICY = "geolocation=(self), camera=(), microphone=(), payment=(), usb=(), browsing-topics=()"
CSRF_FAILURE_VIEW = "apps.common.error_pages.csrf_failure"
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]  # probes come from inside, without TLS

# --- safety ---------------------------------------------------------------------------------------
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_SSL_REDIRECT = STRICT
SECURE_HSTS_SECONDS = 31_536_000 if STRICT else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = STRICT
SECURE_HSTS_PRELOAD = STRICT
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if STRICT else None
SESSION_COOKIE_SECURE = STRICT
CSRF_COOKIE_SECURE = STRICT
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
X_FRAME_OPTIONS = "DENY"
# Nothing from outside, no inline scripts or styles; data: only for the small pictures Leaflet's styles carry.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
        "manifest-src": ["'self'"],
    }
}

# gis.W001 (GDAL < 3.9): files from outside are read by pyogrio's own newer GDAL, never by Debian's.
SILENCED_SYSTEM_CHECKS = ["gis.W001"]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": os.environ.get("LOG_LEVEL", "INFO")},
}
