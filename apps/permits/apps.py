"""Django application of this room."""

from django.apps import AppConfig


class PermitsConfig(AppConfig):
    """See the package docstring."""

    name = "apps.permits"
    label = "permits"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Bring the permit as a case type, and listen for acts: open requests are held against each of them."""
        from apps.cases.types.registry import bring
        from apps.permits.case_type import CODE, permit_type
        from apps.permits.listening import listen

        bring(CODE, permit_type)
        listen()
