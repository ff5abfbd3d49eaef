"""Delete tiles that no current address names any more."""

from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand

from apps.common import clock
from apps.map_services.keys import base_keys
from apps.map_services.plates import all_views, theme_views
from gis_layers.postgis_tiles_views import purge


class Command(BaseCommand):
    """Keep what shows today, and what was asked for in the last days."""

    help = "Delete tiles of earlier states of law and data (pages that are still open may need the last days' ones)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """--older-than DAYS."""
        parser.add_argument("--older-than", type=int, default=30, metavar="DAYS", help="keep younger views (30)")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Purge and say how many tiles went."""
        views = all_views(theme_views(on=clock.today()))
        keep = [*(view.key for view in views), *base_keys().values()]
        gone = purge(keep=keep, before=clock.now() - timedelta(days=options["older_than"]))
        self.stdout.write(f"{gone} tiles purged")
