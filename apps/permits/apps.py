"""Django application of this room."""

from django.apps import AppConfig


class PermitsConfig(AppConfig):
    """See the package docstring."""

    name = "apps.permits"
    label = "permits"
    default_auto_field = "django.db.models.BigAutoField"
