"""Django application of this room."""

from django.apps import AppConfig


class ImpactConfig(AppConfig):
    """See the package docstring."""

    name = "apps.impact"
    label = "impact"
    default_auto_field = "django.db.models.BigAutoField"
