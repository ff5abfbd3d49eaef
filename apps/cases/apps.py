"""Django application of this room."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """See the package docstring."""

    name = "apps.cases"
    label = "cases"
    default_auto_field = "django.db.models.BigAutoField"
