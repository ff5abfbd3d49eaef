"""Django application of this room."""

from django.apps import AppConfig


class PermitsConfig(AppConfig):
    """See the package docstring."""

    name = "apps.permits"
    label = "permits"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Listen for acts: open requests are held against each of them."""
        from apps.permits.listening import listen

        listen()
