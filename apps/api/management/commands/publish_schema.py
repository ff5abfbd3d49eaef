"""Writes docs/schemas/ from the shapes of the API; a test holds the file against them."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from apps.api.published_schema import FILE, extract_schema_bytes


class Command(BaseCommand):
    """`manage.py publish_schema`: the JSON Schema of the extract, into docs/schemas."""

    help = "Write the published JSON Schema of the extract into docs/schemas"

    def handle(self, **_options: Any) -> None:
        """Write the file."""
        path = Path(settings.BASE_DIR) / "docs" / "schemas" / FILE
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(extract_schema_bytes())
        self.stdout.write(f"{path.relative_to(settings.BASE_DIR)}: {path.stat().st_size} bytes")
