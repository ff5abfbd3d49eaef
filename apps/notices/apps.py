"""Django application of this room."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """See the package docstring."""

    name = "apps.notices"
    label = "notices"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Listen for acts."""
        from apps.common.events import subscribe_durably
        from apps.legal.events import ActRecorded
        from apps.notices.rounds import on_act

        subscribe_durably(ActRecorded, on_act, name="notices.rounds")
