"""Django application of this room."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """See the package docstring."""

    name = "apps.cases"
    label = "cases"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Listen to holds (deadlines stand still), steps (they are told) and confirmed numbers. Register checks."""
        from apps.cases import checks  # noqa: F401 - registers its checks
        from apps.cases.deadline_holds import listen
        from apps.cases.events import CaseMoved
        from apps.cases.owners_standing import on_confirmed, on_registered
        from apps.cases.step_telling import on_moved
        from apps.common.events import subscribe, subscribe_durably
        from apps.parties.events import MobileConfirmed, OrganisationRegistered

        listen()
        subscribe_durably(CaseMoved, on_moved, name="cases.tell_of_steps")
        # At once, so that whoever signs in finds their case; and durably, should this process die first.
        subscribe(MobileConfirmed, on_confirmed)
        subscribe_durably(MobileConfirmed, on_confirmed, name="cases.bind_owners")
        subscribe_durably(OrganisationRegistered, on_registered, name="cases.bind_organisations")
