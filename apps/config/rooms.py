"""The rooms of the house, from the ground up, and what every request passes through."""

import re

INSTALLED_APPS = [
    "django_linear_migrations",
    "apps.parties.admin_config.CityAdminConfig",  # django.contrib.admin, with the second factor
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
    "allauth.socialaccount",
    "allauth.mfa",
    "ninja",
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
    "apps.documents",
    "apps.notices",
    "apps.impact",
    "apps.desk",
    "apps.open_data",
    "apps.api",
    "frontend",
]
FIRST_PARTY_APPS = [a for a in INSTALLED_APPS if re.fullmatch(r"apps\.\w+|(?!django)\w*_\w+", a)]
FIRST_PARTY_APPS.append("frontend")

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "apps.common.middleware.Edges",
    "django.middleware.gzip.GZipMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "frontend.light.RememberLight",
    "apps.parties.private_answers.PrivateAnswers",
    "apps.common.middleware.ErrorPages",
    "apps.parties.office_gate.OfficeGate",
]
