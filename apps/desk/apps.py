"""Django application of this room."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """See the package docstring."""

    name = "apps.desk"
    label = "desk"
    default_auto_field = "django.db.models.BigAutoField"
