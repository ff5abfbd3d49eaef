"""Makes the in-force periods anew from the acts."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from apps.legal.models import InForcePeriod, Instrument, LegalAct
from apps.legal.projecting import all_groups, differs, lock_law, reproject


class Command(BaseCommand):
    """`rebuild_periods`: mend the projection; `--check`: only say whether it is right (exit 1 when not)."""

    help = "Project all legal acts to in-force periods anew. --check compares and writes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        """--check."""
        parser.add_argument("--check", action="store_true", help="compare only; exit 1 when a group differs")

    @transaction.atomic
    def handle(self, *_: Any, **options: Any) -> None:
        """Group by group; one transaction, during which no act is recorded."""
        lock_law()
        groups = all_groups()
        if options["check"]:
            wrong = [self._names(group) for group in groups if differs(group)] + self._orphans(groups)
            if wrong:
                raise CommandError(f"Periods differ from the acts of: {'; '.join(wrong)}. Run rebuild_periods.")
        else:
            changed = sum(reproject(group) for group in groups)
            changed += InForcePeriod.objects.exclude(instrument__in=frozenset[int]().union(*groups)).delete()[0]
            self.stdout.write(f"{changed} periods were wrong and have been mended.")
        acts, periods = LegalAct.objects.count(), InForcePeriod.objects.count()
        self.stdout.write(f"{acts} acts in {len(groups)} groups stand for {periods} periods.")

    def _names(self, group: frozenset[int]) -> str:
        return ", ".join(Instrument.objects.filter(pk__in=group).order_by("code").values_list("code", flat=True))

    def _orphans(self, groups: list[frozenset[int]]) -> list[str]:
        left = InForcePeriod.objects.exclude(instrument__in=frozenset[int]().union(*groups))
        return sorted(set(left.values_list("instrument__code", flat=True)))
