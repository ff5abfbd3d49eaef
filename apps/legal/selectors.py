"""Reading the law: its version, the snapshot of a day, standing at a place, rulebooks in force."""

from apps.legal.books import rulebooks_in_force
from apps.legal.places import PlaceStatus, is_in_force, places_of, statuses_at
from apps.legal.reading import law_snapshot, law_version
from apps.legal.snapshot import ActFacts, AtomLaw, InstrumentLaw, LawSnapshot

__all__ = [
    "ActFacts",
    "AtomLaw",
    "InstrumentLaw",
    "LawSnapshot",
    "PlaceStatus",
    "is_in_force",
    "law_snapshot",
    "law_version",
    "places_of",
    "rulebooks_in_force",
    "statuses_at",
]
