"""Rulebooks for planners: check a file, export it to a spreadsheet, import the spreadsheet back into CSV."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from apps.common.city import current_city
from apps.common.errors import ParvanehError
from apps.common.text import Text
from apps.legal import rulebook_exchange as exchange
from apps.legal.rulebook_words import words_of


class Command(BaseCommand):
    """Check a rulebook file, write it as a spreadsheet, or take the spreadsheet back into its CSV."""

    help = "Check a rulebook (CSV or .xlsx), export it to a spreadsheet, or import a spreadsheet into its CSV."
    requires_system_checks = []  # noqa: RUF012 - a planner's tables do not wait for the rest of the house

    def add_arguments(self, parser: CommandParser) -> None:
        """check FILE · export CODE|FILE OUT.xlsx · import FILE OUT.csv, and --language."""
        parser.add_argument("--language", choices=("fa", "en"), default="en", help="language of the findings")
        steps = parser.add_subparsers(dest="step", required=True)
        check = steps.add_parser("check", help="name every fault with its cell; exit 1 when there is one")
        check.add_argument("file", type=Path)
        export = steps.add_parser("export", help="a stored rulebook's code, or a file, as a spreadsheet")
        export.add_argument("book")
        export.add_argument("out", type=Path)
        take = steps.add_parser("import", help="a checked file as CSV; nothing is written while it has a fault")
        take.add_argument("file", type=Path)
        take.add_argument("out", type=Path)

    def handle(self, *_: Any, **options: Any) -> None:
        """Run one step; every error in the language asked for."""
        words, language = words_of(current_city()), options["language"]
        try:
            if options["step"] == "check":
                self._check(exchange.faults_in(options["file"], words), options["file"], language)
                return
            if options["step"] == "export":
                written = exchange.export(options["book"], options["out"], words)
            else:
                written = exchange.take_back(options["file"], options["out"], words)
        except ParvanehError as error:
            raise CommandError(error.message.in_language(language)) from error
        self.stdout.write(f"{options['out']}: {written}")

    def _check(self, found: exchange.Checked, file: Path, language: str) -> None:
        for fault in found.faults:
            self.stdout.write(f"{fault.where.in_language(language)}: {fault.text.in_language(language)}")
        if found.faults:
            counted = Text(f"{file}: {len(found.faults)} ایراد.", f"{file}: faults: {len(found.faults)}.")
            raise CommandError(counted.in_language(language))
        sound = Text(f"{file}: بی‌ایراد، سطرها: {found.rows}.", f"{file}: no faults, rows: {found.rows}.")
        self.stdout.write(sound.in_language(language))
