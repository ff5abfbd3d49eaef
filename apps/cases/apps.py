"""Django application of this room."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """See the package docstring."""

    name = "apps.cases"
    label = "cases"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Listen to holds: deadlines of a held case stand still. Register checks."""
        from apps.cases import checks  # noqa: F401 - registers its checks
        from apps.cases.deadline_holds import listen

        listen()
