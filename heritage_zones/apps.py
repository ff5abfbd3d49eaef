"""Django application of this room."""

from django.apps import AppConfig


class HeritageZonesConfig(AppConfig):
    """See the package docstring."""

    name = "heritage_zones"
    default_auto_field = "django.db.models.BigAutoField"
