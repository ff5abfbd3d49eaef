"""Measuring a footprint on the ground of its extract, by the engine of the envelopes: m² inside, outside, kept free."""

import logging
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

import shapely
from shapely import MultiPolygon
from shapely.errors import ShapelyError
from shapely.geometry.base import BaseGeometry

from apps.common import clock
from apps.common.city import current_city
from apps.common.text import Text
from apps.envelope import words as envelope_words
from apps.envelope.city_rules import EnvelopeRules, envelope_rules
from apps.envelope.ground import ground_of
from apps.envelope.inputs import KINDS, SETBACKS, Law, Lot, Side
from apps.envelope.levels import Level
from apps.envelope.overlay import common, less, polygons, together
from apps.envelope.reading import Reading, read
from apps.envelope.shapes import Placed, moved, placed
from apps.envelope.solve import VALUE, Envelope, solve
from apps.permits.proposal import LevelFit, Measured, Taken
from gis_layers import postgis_envelope

log = logging.getLogger(__name__)
CHAMFER = "corner_chamfer"
_FAILURES = (ShapelyError, ArithmeticError, LookupError, TypeError, ValueError)
_FAR_M = 2_000


@dataclass(frozen=True, slots=True)
class OnGround:
    """The numbers, the part that leaves the envelope (city CRS, None = nothing), and how far the parcel is (m)."""

    measured: Measured
    outside: BaseGeometry | None = None
    distance_m: float = 0.0

    @property
    def far(self) -> bool:
        """Whether the shape lies so far off that its coordinates must be wrong."""
        return self.distance_m > _FAR_M


def measure(document: Mapping[str, Any], footprint: MultiPolygon | None) -> OnGround:
    """The footprint (city CRS) on the parcel of an extract. What cannot be measured is not known, and logged."""
    city = current_city()
    rules = envelope_rules(city.raw, city.law.units)
    reading = read(document, rules)
    try:
        return _measure(document, footprint, reading, rules)
    except _FAILURES:
        log.exception("footprint on %s could not be measured", document["parcel"]["code"])
        area = None if footprint is None else _m2(footprint)
        return OnGround(Measured(area, reading.plot_m2, reasons=(envelope_words.NO_SHAPE,)))


def _measure(
    document: Mapping[str, Any], footprint: MultiPolygon | None, reading: Reading, rules: EnvelopeRules
) -> OnGround:
    rows = postgis_envelope.read_ground(
        code=document["parcel"]["code"],
        on=date.fromisoformat(document["on"]),
        known_at=clock.now(),
        features=reading.features,
    )
    area = None if footprint is None else _m2(footprint)
    plain = Measured(area, reading.plot_m2, ground_storey=rules.building.ground_storey)
    if rows is None:
        return OnGround(replace(plain, reasons=(envelope_words.NO_SHAPE,)))
    place = placed(rows, reading)
    law = replace(reading.law, doubts=(*reading.law.doubts, *place.doubts))
    found = solve(place.lot, law)
    plain = replace(plain, envelope=found.outcome, reasons=tuple(doubt.text for doubt in found.reasons))
    if footprint is None:
        return OnGround(plain)
    return _placed_on(_Site(place, law, found, rules), moved(footprint, place.origin), plain)


@dataclass(frozen=True, slots=True)
class _Site:
    place: Placed
    law: Law
    found: Envelope
    rules: EnvelopeRules

    @property
    def lot(self) -> Lot:
        return self.place.lot


def _placed_on(site: _Site, shape: BaseGeometry, plain: Measured) -> OnGround:
    levels = site.found.stack.levels
    largest = ground_of(site.lot, site.law, lenient=True).shape
    drawn = levels[0].shape if levels else largest
    leaving = polygons(less(shape, drawn if site.found.outcome == VALUE else largest))
    if site.found.outcome == "impossible":
        leaving = polygons(shape)
    measured = replace(
        plain,
        outside_parcel_m2=_m2(less(shape, site.lot.shape)),
        outside_m2=_m2(less(shape, drawn)),
        outside_sure_m2=_m2(less(shape, largest)),
        taken=dict(_taken(site, shape)),
        levels=tuple(_fit(level, shape) for level in levels),
    )
    outside = None if leaving.is_empty else moved(leaving, site.place.origin, back=True)
    return OnGround(measured, outside, float(shapely.distance(shape, site.lot.shape)))


def _fit(level: Level, shape: BaseGeometry) -> LevelFit:
    return LevelFit(_m2(less(shape, level.shape)), _m2(common(shape, level.shape)))


def _taken(site: _Site, shape: BaseGeometry) -> Iterator[tuple[str, Taken]]:
    """By subject, how much of the shape lies on ground that it keeps free. One subject at a time, same engine."""
    cuts: dict[str, list[BaseGeometry]] = {}
    subjects = {cut.theme: cut.subject for cut in site.rules.cut_outs}
    for cut in site.lot.cut_outs:
        cuts.setdefault(subjects[cut.theme], []).append(cut.shape)
    for subject in {*SETBACKS.values(), CHAMFER, *cuts}:
        sure, perhaps = (_keeps(site, subject, sure=flag) for flag in (True, False))
        own = cuts.get(subject, [])
        if sure or perhaps or own:
            yield subject, Taken(_on(shape, [*sure, *own]), _on(shape, [*perhaps, *own]))


def _keeps(site: _Site, subject: str, *, sure: bool) -> list[BaseGeometry]:
    """What a subject alone takes: on sides that are surely of its kind, or on all that may be."""
    limit = site.law.limit(subject)
    law = Law({subject: limit}, site.law.building)
    kinds = [kind for kind in KINDS if SETBACKS[kind] == subject]
    if subject == CHAMFER:
        makers = ground_of(site.lot, law, lenient=sure).makers
    else:
        sides = tuple(
            Side((kind,), side.line)
            for kind in kinds
            for side in site.lot.sides
            if side.kinds == (kind,) or (not sure and kind in side.kinds)
        )
        makers = ground_of(replace(site.lot, sides=sides), law, lenient=False).makers
    return [maker.taken for maker in makers if maker.kind in ("setback", "chamfer")]


def _on(shape: BaseGeometry, taken: list[BaseGeometry]) -> Decimal:
    return _m2(common(shape, together(taken)))


def _m2(shape: BaseGeometry) -> Decimal:
    return Decimal(str(round(float(shape.area), 2)))


def not_near() -> Text:
    """The sentence for a footprint whose coordinates must be wrong."""
    return Text(
        "سطح اشغال بیش از ۲ کیلومتر از این قطعه دور است. دستگاه مختصات و واحد پرونده را درست کنید.",
        "The footprint lies more than 2 km from this parcel. Correct the file's reference system and unit.",
    )
