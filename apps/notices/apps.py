"""Django application of this room."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """See the package docstring."""

    name = "apps.notices"
    label = "notices"
    default_auto_field = "django.db.models.BigAutoField"
