"""The common room."""

from django.apps import AppConfig


class CommonConfig(AppConfig):
    """Shared small things; owns no tables but the city stamp."""

    name = "apps.common"
    label = "common"
