"""Queue what is owed, or compute it in this process."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from apps.extracts import overlays


class Command(BaseCommand):
    """Queue every incomplete chunk for the workers, or compute here with --now."""

    help = "Queue every incomplete overlay chunk (or compute it in this process with --now)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """--now computes without a worker."""
        parser.add_argument("--now", action="store_true", help="compute here instead of queueing")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Queue or compute."""
        if options["now"]:
            self.stdout.write(f"computed {overlays.compute_overlays()} chunks")
        else:
            self.stdout.write(f"queued {overlays.request_overlays()} tasks")
