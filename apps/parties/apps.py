"""Django application of this room."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """See the package docstring."""

    name = "apps.parties"
    label = "parties"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the checks of this room."""
        from apps.parties import checks, oidc_checks  # noqa: F401 - registering is what importing does
