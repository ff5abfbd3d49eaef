"""Django application of this room."""

from django.apps import AppConfig


class MapServicesConfig(AppConfig):
    """See the package docstring."""

    name = "apps.map_services"
    label = "map_services"
    default_auto_field = "django.db.models.BigAutoField"
