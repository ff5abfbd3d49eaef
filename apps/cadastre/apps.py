"""Django application of this room."""

from django.apps import AppConfig


class CadastreConfig(AppConfig):
    """See the package docstring."""

    name = "apps.cadastre"
    label = "cadastre"
    default_auto_field = "django.db.models.BigAutoField"
