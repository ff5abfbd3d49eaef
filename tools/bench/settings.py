"""The production settings, with one URL more: a bare "hello" beside the real ones."""

from apps.config.settings import *  # noqa: F403 - settings are inherited whole

ROOT_URLCONF = "tools.bench.urls"
