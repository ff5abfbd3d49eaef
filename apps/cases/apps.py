"""Django application of this room."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """See the package docstring."""

    name = "apps.cases"
    label = "cases"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Listen to holds (deadlines of a held case stand still) and to confirmed numbers. Register checks."""
        from apps.cases import checks  # noqa: F401 - registers its checks
        from apps.cases.deadline_holds import listen
        from apps.cases.owners_standing import on_confirmed, on_registered
        from apps.common.events import subscribe, subscribe_durably
        from apps.parties.events import MobileConfirmed, OrganisationRegistered

        listen()
        # At once, so that whoever signs in finds their case; and durably, should this process die first.
        subscribe(MobileConfirmed, on_confirmed)
        subscribe_durably(MobileConfirmed, on_confirmed, name="cases.bind_owners")
        subscribe_durably(OrganisationRegistered, on_registered, name="cases.bind_organisations")
