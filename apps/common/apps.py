"""The common room."""

from django.apps import AppConfig


class CommonConfig(AppConfig):
    """Shared small things; owns no tables but the city stamp."""

    name = "apps.common"
    label = "common"

    def ready(self) -> None:
        """Register the checks of this room."""
        from apps.common import checks  # noqa: F401 - registering is what importing does
