"""Django application of this room."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """See the package docstring."""

    name = "apps.notices"
    label = "notices"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Listen for acts, for what people are told about cases, and for mandates."""
        from apps.cases.events import CaseHeld, CaseReleased, CaseTold
        from apps.common.events import subscribe_durably
        from apps.legal.events import ActRecorded
        from apps.notices.cases import on_case
        from apps.notices.mandates import on_mandate
        from apps.notices.rounds import on_act
        from apps.parties.events import MandateAsked, MandateEnded, MandateGiven

        subscribe_durably(ActRecorded, on_act, name="notices.rounds")
        for kind in (CaseHeld, CaseReleased, CaseTold):
            subscribe_durably(kind, on_case, name="notices.cases")
        for about in (MandateAsked, MandateGiven, MandateEnded):
            subscribe_durably(about, on_mandate, name="notices.mandates")
