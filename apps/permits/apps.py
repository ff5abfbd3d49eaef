"""Django application of this room."""

from django.apps import AppConfig


class PermitsConfig(AppConfig):
    """See the package docstring."""

    name = "apps.permits"
    label = "permits"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Bring the permit as a case type with its guards and its steps; listen for acts and for changed land."""
        from apps.cases.step_doors import prepare_steps
        from apps.cases.types.registry import bring
        from apps.permits import guards, inspection_guard  # noqa: F401 - they register the conditions of steps
        from apps.permits.case_type import CODE, permit_type, permit_type_of
        from apps.permits.doing import prepare
        from apps.permits.listening import listen

        bring(CODE, permit_type, of_case=permit_type_of)
        prepare_steps(CODE, prepare)
        listen()
