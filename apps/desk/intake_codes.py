"""Codes of layers and codes of rulebooks held against each other."""

from dataclasses import dataclass
from datetime import date

from apps.common import clock
from apps.legal.acts import Status
from apps.legal.models import InstrumentKind, ProvisionRow, Rulebook
from apps.legal.selectors import law_snapshot

_SPEAK = frozenset({Status.DRAFT, Status.APPROVED, Status.PROMULGATED, Status.IN_FORCE})


@dataclass(frozen=True, slots=True)
class BookCodes:
    """Zones of a theme that rulebooks name: code → rulebooks; of those in force, and of those on their way."""

    in_force: dict[str, tuple[str, ...]]
    drafted: dict[str, tuple[str, ...]]

    @property
    def known(self) -> frozenset[str]:
        """Every code that any of them names."""
        return frozenset((*self.in_force, *self.drafted))


def codes_of_books(theme: str, *, on: date | None = None) -> BookCodes:
    """Which zones of the theme the rulebooks in force, and those on their way, have rows for."""
    law = law_snapshot(on=on or clock.today())
    binding = {instrument.id for instrument in law.in_force(InstrumentKind.RULEBOOK)}
    rows = ProvisionRow.objects.filter(theme=theme).exclude(zone="")
    named = rows.order_by("zone").values_list("zone", "rulebook__instrument", "rulebook__code").distinct()
    in_force: dict[str, set[str]] = {}
    drafted: dict[str, set[str]] = {}
    for zone, instrument, book in named:
        if instrument in binding:
            in_force.setdefault(zone, set()).add(book)
        elif law.statuses(instrument) & _SPEAK:
            drafted.setdefault(zone, set()).add(book)
    return BookCodes(_sorted(in_force), _sorted(drafted))


def _sorted(found: dict[str, set[str]]) -> dict[str, tuple[str, ...]]:
    return {zone: tuple(sorted(books)) for zone, books in found.items()}


def book_codes() -> list[str]:
    """Codes of all rulebooks, each once."""
    return sorted(set(Rulebook.objects.values_list("code", flat=True)))
