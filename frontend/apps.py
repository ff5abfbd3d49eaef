"""Django application of this room."""

from django.apps import AppConfig


class FrontendConfig(AppConfig):
    """See the package docstring."""

    name = "frontend"
    default_auto_field = "django.db.models.BigAutoField"
