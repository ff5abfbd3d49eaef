"""What lies over one parcel, as the overlay and the walk tell it. Pure, no database, no geometry library."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from apps.common.text import Text
from apps.extracts.law_day import EditionDay, ThemeDay
from apps.legal.answers import ZoneHit

EXACT_SHARE = 1e-6


@dataclass(frozen=True, slots=True)
class Cover:
    """How one edition lies over this parcel: computed or not, and the covered share (0..1)."""

    complete: bool
    share: float


@dataclass(frozen=True, slots=True)
class Ground:
    """What the overlay says of one parcel, by edition id. `touched`: scope periods the parcel touches.

    `quarantined`: m² of the parcel under rows that the edition could not take in.
    """

    area_m2: float
    hits: Mapping[int, tuple[ZoneHit, ...]]
    covers: Mapping[int, Cover]
    touched: frozenset[int]
    quarantined: Mapping[int, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Walked:
    """The exact answer of a walk: hits in precedence order, and the area that no edition holds, m²."""

    hits: tuple[ZoneHit, ...]
    rest_m2: float


Walker = Callable[[ThemeDay], Walked]


def cover(ground: Ground, edition: EditionDay) -> Cover:
    """How the edition lies over the parcel; nothing recorded reads as not computed."""
    return ground.covers.get(edition.edition_id, Cover(complete=False, share=0.0))


def full(share: float) -> bool:
    """Whether a covered share (0..1) is the whole parcel."""
    return share >= 1 - EXACT_SHARE


def matters(theme: ThemeDay, area_m2: float, share: float) -> bool:
    """Whether a part of the parcel is there at all and no sliver."""
    return area_m2 > 0 and counts(theme, area_m2, share)


def counts(theme: ThemeDay, area_m2: float, share: float) -> bool:
    """Whether an area (m², share 0..1) reaches one of the theme's tolerances."""
    return area_m2 >= theme.tolerance_m2 or share >= theme.tolerance_share


def raw_hit(row: Sequence[Any], *, theme: str, instrument: str) -> ZoneHit:
    """A ZoneHit from a raw row (edition, feature, code, label_fa, label_en, attributes, m², share)."""
    return ZoneHit(
        theme=theme,
        feature_id=row[1],
        code=row[2],
        label=Text(fa=row[3], en=row[4]),
        attributes=row[5],
        edition=instrument,
        area_m2=row[6],
        share=row[7],
    )
