"""The order of candidates, and where on the parcel the winner speaks. Pure."""

from dataclasses import replace
from decimal import Decimal

from apps.common.text import Text
from apps.extracts import verdict_words as words
from apps.legal.answers import Candidate, Strength, Value
from apps.legal.subjects import SUBJECTS, Direction, Subject
from apps.legal.tables.wording import ground, joined

_WHOLE = 0.995  # a rounding of the border is no part of its own


def rank(subject: Subject, candidate: Candidate) -> tuple[Decimal, int, str, str, int]:
    """Strictest first; then caps before ordinary; then by name, so that the order of rows never matters."""
    zone = candidate.zone
    tail = (candidate.rulebook, candidate.provision.row, zone.feature_id if zone else 0)
    strength = 0 if candidate.strength is Strength.CAP else 1
    if subject.direction is Direction.MAX:
        return (_number(candidate.value), strength, *tail)
    if subject.direction is Direction.MIN:
        return (-_number(candidate.value), strength, *tail)
    return (Decimal(0), strength, *tail)


def _number(value: Value) -> Decimal:
    if not isinstance(value, Decimal):
        raise TypeError(f"a limit needs a number, not {value!r}")
    return value


def located(ordered: tuple[Candidate, ...]) -> Text:
    """The winner's sentence, with the part of the parcel it speaks of where that is not the whole."""
    winner = ordered[0]
    if winner.zone is None or SUBJECTS[winner.subject].direction is not Direction.MAX:
        return winner.explain
    rest = [c.zone for c in ordered[1:] if c.zone and (c.rulebook, c.provision) == (winner.rulebook, winner.provision)]
    area, share = (sum(getattr(z, name) for z in (winner.zone, *rest)) for name in ("area_m2", "share"))
    if share > _WHOLE:
        return winner.explain
    return joined((winner.explain, ground(replace(winner.zone, area_m2=area, share=share)), words.FOR_ALL))
