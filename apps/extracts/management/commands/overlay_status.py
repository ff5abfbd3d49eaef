"""How far the overlays are, and which chunks are still owed."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from apps.extracts import overlays


class Command(BaseCommand):
    """Print done/all chunks per edition; exit 1 while anything is incomplete."""

    help = "Show how far the overlays are; exits with 1 while a chunk is incomplete."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """--chunks lists each incomplete chunk."""
        parser.add_argument("--chunks", action="store_true", help="list every incomplete chunk with its editions")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Print, then exit 1 when something is owed."""
        status = overlays.overlay_status()
        for line in status:
            self.stdout.write(f"{line.done:>8} / {line.total:<8} {line.instrument}")
        owed = overlays.overlays_owed()
        if options["chunks"]:
            for debt in owed:
                self.stdout.write(f"chunk {debt.chunk}: editions {', '.join(map(str, debt.edition_ids))}")
        if owed:
            self.stdout.write(f"{len(owed)} chunks incomplete: `manage.py request_overlays` queues them again")
            raise SystemExit(1)
        self.stdout.write("complete")
