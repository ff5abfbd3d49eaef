"""manage.py extract: what the site answers for one parcel, without a server."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from apps.api.params import known_instant, legal_day
from apps.common.errors import ParvanehError
from apps.extracts.services import compose
from apps.permits.selectors import permit_kind


class Command(BaseCommand):
    """Prints one line of canonical JSON for each parcel: what the API answers, byte for byte."""

    help = "Print extracts of parcels as JSON (docs/extract-format.md)."

    def add_arguments(self, parser: CommandParser) -> None:
        """The parcels, and the same options as the API's."""
        parser.add_argument("codes", nargs="+", metavar="code", help="codes of parcels")
        parser.add_argument("--on", help="legal day, Jalali or Gregorian (default today)")
        parser.add_argument("--known-at", help="as recorded by this instant, with offset (default now)")
        parser.add_argument("--permit-kind", default="NEW", help="a permit kind (default NEW)")

    def handle(self, *_args: Any, **options: Any) -> None:
        """All of them, or none and the reason."""
        try:
            asked: dict[str, Any] = {
                "on": legal_day(options["on"]),
                "known_at": known_instant(options["known_at"]),
                "permit_kind": permit_kind(options["permit_kind"]).value,
            }
            found = [compose(parcel=code, **asked).body.decode() for code in options["codes"]]
        except ParvanehError as error:
            raise CommandError(f"{error.message.en}\n{error.message.fa}") from error
        self.stdout.write("\n".join(found))
