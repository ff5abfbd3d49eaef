"""Django application of this room."""

from django.apps import AppConfig


class LegalConfig(AppConfig):
    """See the package docstring."""

    name = "apps.legal"
    label = "legal"
    default_auto_field = "django.db.models.BigAutoField"
