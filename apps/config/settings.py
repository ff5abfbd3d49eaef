"""Settings, all from the environment. Three modes: production (default, strict), demo, test.

DATABASE_URL, REDIS_URL, SECRET_KEY, ALLOWED_HOSTS, CITY (folder under cities/ or a path), PARVANEH_MODE.
"""

import os
from pathlib import Path
from urllib.parse import urlsplit

import dj_database_url

from apps.common.secrets import local_secret

BASE_DIR = Path(__file__).resolve().parent.parent.parent
MODE = os.environ.get("PARVANEH_MODE", "demo")
STRICT = MODE == "production"
DEBUG = False
SECRET_KEY = os.environ.get("SECRET_KEY") or local_secret(BASE_DIR / "var" / "secret_key", strict=STRICT)
ALLOWED_HOSTS = os.environ.get("ALLOWED_HOSTS", "" if STRICT else "localhost,127.0.0.1,[::1],testserver").split(",")
CSRF_TRUSTED_ORIGINS = [o for o in os.environ.get("CSRF_TRUSTED_ORIGINS", "").split(",") if o]
VAR_DIR = Path(os.environ.get("PARVANEH_VAR", BASE_DIR / "var"))

# --- city ---------------------------------------------------------------------------------------
CITY_ROOT = BASE_DIR / "cities" / os.environ.get("CITY", "isfahan")

from apps.common.city import load_city  # noqa: E402 - needs CITY_ROOT's parent only, and no settings

_CITY = load_city(CITY_ROOT)
CITY_SRID = _CITY.srid
TIME_ZONE = _CITY.time_zone

# --- rooms --------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "django_linear_migrations",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.gis",
    "django.contrib.postgres",
    "leaflet",
    "django_vite",
    "allauth",
    "allauth.account",
    "apps.common",
    "apps.parties",
    "apps.legal",
    "gis_layers",
    "apps.cadastre",
    "detailed_plan",
    "heritage_zones",
    "apps.extracts",
    "apps.map_services",
    "apps.cases",
    "apps.permits",
    "apps.api",
    "frontend",
]
FIRST_PARTY_APPS = [a for a in INSTALLED_APPS if a.startswith("apps.") or ("_" in a and "django" not in a)]
FIRST_PARTY_APPS.append("frontend")

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]
ROOT_URLCONF = "apps.config.urls"
WSGI_APPLICATION = "apps.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
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
DATABASES["default"]["OPTIONS"] = {
    **DATABASES["default"].get("OPTIONS", {}),
    "pool": {"min_size": 1, "max_size": int(os.environ.get("DB_POOL", "8")), "timeout": 5},
    "server_side_binding": False,
    "connect_timeout": 5,
}
REDIS_URL = os.environ.get("REDIS_URL", "redis://127.0.0.1:6379/0")
_REDIS_PATH = urlsplit(REDIS_URL).path if REDIS_URL.startswith("unix:") else ""
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL},
}
CELERY_BROKER_URL = f"redis+socket://{_REDIS_PATH}" if _REDIS_PATH else REDIS_URL
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
LANGUAGES = [(code, {"fa": "فارسی", "en": "English"}.get(code, code)) for code in ("fa", "en")]
LOCALE_PATHS = [BASE_DIR / "frontend" / "locale"]
USE_I18N = True
USE_TZ = True

# --- files ----------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "frontend" / "static"]
MEDIA_ROOT = VAR_DIR / "media"
WHITENOISE_USE_FINDERS = True

# --- sign-in --------------------------------------------------------------------------------------
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]

ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_LOGIN_METHODS = {"phone"}
ACCOUNT_SIGNUP_FIELDS = ["phone*"]
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION = "none"

# --- rule sources: the only place that knows them all ----------------------------------------------
RULE_SOURCES = ["detailed_plan.source.DetailedPlanSource", "heritage_zones.source.HeritageSource"]

# --- safety ---------------------------------------------------------------------------------------
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_SSL_REDIRECT = STRICT
SECURE_HSTS_SECONDS = 31_536_000 if STRICT else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = STRICT
SECURE_HSTS_PRELOAD = STRICT
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if STRICT else None
SESSION_COOKIE_SECURE = STRICT
CSRF_COOKIE_SECURE = STRICT
SESSION_COOKIE_SAMESITE = "Lax"
X_FRAME_OPTIONS = "DENY"

# gis.W001 (GDAL < 3.9): files from outside are read by pyogrio's own newer GDAL, never by Debian's.
SILENCED_SYSTEM_CHECKS = ["gis.W001"]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": os.environ.get("LOG_LEVEL", "INFO")},
}
