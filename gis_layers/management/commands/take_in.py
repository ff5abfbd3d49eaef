"""manage.py take_in: a file becomes the edition of an instrument."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from apps.common.errors import ParvanehError
from apps.legal.models import InstrumentKind, Rank
from apps.legal.services import register_instrument
from gis_layers.services import take_in

RANKS = {"city": Rank.CITY_PLAN, "local": Rank.LOCAL_PLAN}


class Command(BaseCommand):
    """Reads, checks and stores a layer, all or nothing, and prints what was kept out and why."""

    help = "Take a layer in: GeoPackage, Shapefile (.zip), GeoJSON or FileGDB (.zip, .gdb), in any CRS."

    def add_arguments(self, parser: CommandParser) -> None:
        """Options."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--theme", required=True, help="code of the theme")
        parser.add_argument("--instrument", required=True, help="code of the instrument that the edition is")
        parser.add_argument(
            "--mapping", required=True, help="code=FIELD,label_fa=FIELD,label_en=FIELD,name=FIELD …; code is a must"
        )
        parser.add_argument("--layer", help="layer of the file, where it holds several")
        where = parser.add_mutually_exclusive_group(required=True)
        where.add_argument("--coverage", type=Path, help="file with the area where this edition speaks")
        where.add_argument("--coverage-layer", help="layer of the same file with the area where this edition speaks")
        where.add_argument(
            "--coverage-is-extent-of-features",
            action="store_true",
            help="the edition speaks only where its features lie: it never supports “does not apply” elsewhere",
        )
        parser.add_argument(
            "--without-place", default="", help="CODE,CODE of rows without a shape that are known to bind nowhere"
        )
        parser.add_argument("--crs", help="EPSG:n, only where the file itself says none")
        parser.add_argument("--encoding", help="text encoding of a shapefile, such as utf-8 or cp1256")
        parser.add_argument("--title-fa", help="register the instrument under this title when it is new")
        parser.add_argument("--title-en")
        parser.add_argument("--rank", choices=tuple(RANKS), default="city")
        parser.add_argument("--dry-run", action="store_true", help="do everything, report, and write nothing")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Take in and print the report; a refusal ends with exit code 1 and says what to do."""
        try:
            lines = self._take_in(options)
        except ParvanehError as error:
            raise CommandError(f"{error.message.en}\n{error.message.fa}") from error
        self.stdout.write("\n".join(lines))

    @transaction.atomic
    def _take_in(self, options: dict[str, Any]) -> list[str]:
        from gis_layers.ingest.coverage import Coverage
        from gis_layers.ingest.values import parse_mapping

        if options["title_fa"] and options["title_en"]:
            register_instrument(
                code=options["instrument"],
                kind=InstrumentKind.EDITION,
                title_fa=options["title_fa"],
                title_en=options["title_en"],
                rank=RANKS[options["rank"]],
            )
        report = take_in(
            path=options["file"],
            theme=options["theme"],
            instrument=options["instrument"],
            mapping=parse_mapping(options["mapping"]),
            coverage=Coverage(
                path=options["coverage"],
                layer=options["coverage_layer"],
                of_features=options["coverage_is_extent_of_features"],
                without_place=tuple(c.strip() for c in options["without_place"].split(",") if c.strip()),
            ),
            layer=options["layer"],
            crs=options["crs"],
            encoding=options["encoding"],
            dry_run=options["dry_run"],
        )
        if options["dry_run"]:
            transaction.set_rollback(True)
        return report.lines()
