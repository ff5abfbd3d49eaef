"""Django application of this room."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """See the package docstring."""

    name = "apps.api"
    label = "api"
    default_auto_field = "django.db.models.BigAutoField"
