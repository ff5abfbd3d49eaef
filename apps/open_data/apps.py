"""Django application of this room."""

from django.apps import AppConfig


class OpenDataConfig(AppConfig):
    """See the package docstring."""

    name = "apps.open_data"
    label = "open_data"
    default_auto_field = "django.db.models.BigAutoField"
