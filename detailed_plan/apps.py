"""Django application of this room."""

from django.apps import AppConfig


class DetailedPlanConfig(AppConfig):
    """See the package docstring."""

    name = "detailed_plan"
    default_auto_field = "django.db.models.BigAutoField"
