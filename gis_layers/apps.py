"""Django application of this room."""

from django.apps import AppConfig


class GisLayersConfig(AppConfig):
    """See the package docstring."""

    name = "gis_layers"
    default_auto_field = "django.db.models.BigAutoField"
