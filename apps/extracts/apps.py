"""Django application of this room."""

from django.apps import AppConfig


class ExtractsConfig(AppConfig):
    """See the package docstring."""

    name = "apps.extracts"
    label = "extracts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Listen for editions and parcels that need overlays."""
        from apps.cadastre.events import ParcelVersionsAdded
        from apps.common.events import subscribe
        from apps.extracts.overlays import on_event
        from gis_layers.events import EditionTakenIn

        subscribe(EditionTakenIn, on_event)
        subscribe(ParcelVersionsAdded, on_event)
