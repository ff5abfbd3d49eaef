"""Django application of this room."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """See the package docstring."""

    name = "apps.notices"
    label = "notices"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Listen for acts, and for requests that are held or released."""
        from apps.cases.events import CaseHeld, CaseReleased
        from apps.common.events import subscribe_durably
        from apps.legal.events import ActRecorded
        from apps.notices.cases import on_case
        from apps.notices.rounds import on_act

        subscribe_durably(ActRecorded, on_act, name="notices.rounds")
        for kind in (CaseHeld, CaseReleased):
            subscribe_durably(kind, on_case, name="notices.cases")
