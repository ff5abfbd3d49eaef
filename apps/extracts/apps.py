"""Django application of this room."""

from django.apps import AppConfig


class ExtractsConfig(AppConfig):
    """See the package docstring."""

    name = "apps.extracts"
    label = "extracts"
    default_auto_field = "django.db.models.BigAutoField"
