"""Django application of this room."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    """See the package docstring."""

    name = "apps.documents"
    label = "documents"
    default_auto_field = "django.db.models.BigAutoField"
