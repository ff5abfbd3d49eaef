"""Which editions a collection shows on which days, by which act and in which shape: from the map's plates to items.

The map and the open layers take both from the same place (apps.map_services.plates), so they cannot differ.
"""

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import reduce

from django.conf import settings
from django.contrib.gis.geos import GEOSGeometry

from apps.common.clock import now
from apps.common.text import Text
from apps.legal.acts import Status
from apps.legal.selectors import ActFacts, AtomLaw, InstrumentLaw, law_snapshot, law_version, places_of
from apps.map_services.plates import ThemeView, theme_views
from apps.open_data.spans import Span
from apps.open_data.stages import days_of
from gis_layers import postgis_ogc_shapes
from gis_layers.postgis_tiles_views import Plate

_KEY_LENGTH = 32
_MOST_HELD = 512
_held: dict[tuple[str, int, date], dict[tuple[str, bool], tuple["Standing", ...]]] = {}


@dataclass(frozen=True, slots=True)
class Standing:
    """One edition as a collection shows it: status, the act it rests on, its shape, and a day it speaks of.

    `branch`: the act's id where the status rests on several acts by place, for all but the latest of them; else 0.
    `past`: not how it stands on the last of the days asked, but on `day`.
    """

    edition_id: int
    instrument: str
    title: Text
    sample: bool
    status: Status
    act: ActFacts
    shape: str
    day: date
    branch: int = 0
    past: bool = False


def standings(*, theme: str, pending: bool, span: Span, known_at: datetime | None, state: str) -> tuple[Standing, ...]:
    """What the theme shows in the span, the latest days first and on a day the governing edition first.

    `state`: names the data (gis_layers.postgis_ogc_state). Shapes asked for the first time are written down.
    """
    latest: dict[tuple[str, str, int], str] = {}
    found: dict[tuple[str, str, int, str], Standing] = {}
    for day in reversed(days_of(span, known_at)):
        for standing in _on_day(day, known_at, state).get((theme, pending), ()):
            name = (standing.instrument, standing.status.value, standing.branch)
            now_shape = latest.setdefault(name, standing.shape)
            found.setdefault((*name, standing.shape), replace(standing, past=now_shape != standing.shape))
    return tuple(found.values())


def _on_day(day: date, known_at: datetime | None, state: str) -> dict[tuple[str, bool], tuple[Standing, ...]]:
    """(theme, pending) → what it shows on the day. Held in memory by the state of the data."""
    version = -1 if known_at is None else law_version(known_at)  # 0 is a version: no act was known yet
    key = (state, version, day)
    if key not in _held:
        if len(_held) >= _MOST_HELD:
            _held.clear()
        _held[key] = _read(day, known_at)
    return _held[key]


def _read(day: date, known_at: datetime | None) -> dict[tuple[str, bool], tuple[Standing, ...]]:
    shown: dict[tuple[str, bool], tuple[Standing, ...]] = {}
    for view in theme_views(on=day, known_at=known_at):
        shown[view.theme.code, False] = tuple(_in_force(view, day, known_at))
        shown[view.theme.code, True] = tuple(_pending(view, day, known_at))
    return shown


def _in_force(view: ThemeView, day: date, known_at: datetime | None) -> Iterator[Standing]:
    if view.view is None:
        return
    above: list[Plate] = []
    for (_, law), plate in zip(view.in_force, view.view.plates, strict=True):
        yield from _standings(law, plate, above, day, known_at)
        if view.view.exclusive:
            above.append(plate)


def _pending(view: ThemeView, day: date, known_at: datetime | None) -> Iterator[Standing]:
    for pending in view.pending:
        yield from _standings(pending.law, pending.view.plates[0], (), day, known_at)


def _standings(
    law: InstrumentLaw, plate: Plate, above: Sequence[Plate], day: date, known_at: datetime | None
) -> Iterator[Standing]:
    """One for each act that the status rests on: almost always one, several where scoped acts cut the place."""
    atoms = [atom for atom in law.atoms if atom.status.value == plate.status]
    acts = sorted({a.act for a in atoms if a.act}, key=lambda a: (a.effective_on, a.recorded_at), reverse=True)
    for act in acts:
        piece = plate if len(acts) == 1 else _piece(law, plate, [a for a in atoms if a.act == act], day, known_at)
        shape = _shape(piece, above)
        if not postgis_ogc_shapes.shape_shows(shape):
            continue
        yield Standing(
            edition_id=plate.edition_id,
            instrument=law.code,
            title=law.title,
            sample=law.sample,
            status=Status(plate.status),
            act=act,
            shape=shape,
            day=day,
            branch=0 if act is acts[0] else act.id,
        )


def _piece(law: InstrumentLaw, plate: Plate, atoms: Sequence[AtomLaw], day: date, known_at: datetime | None) -> Plate:
    """The part of the plate's place where its status rests on one act."""
    held = {atom.scope_key for atom in atoms}
    elsewhere = "" in held
    places = places_of(law_snapshot(on=day, known_at=known_at), law.id)
    scopes: list[GEOSGeometry] = [p.scope for p in places if p.scope and (p.scope_key in held) is not elsewhere]
    region = reduce(GEOSGeometry.union, scopes)
    region.normalize()
    return Plate(plate.edition_id, plate.status, "minus" if elsewhere else "only", bytes(region.wkb))


def _shape(plate: Plate, above: Sequence[Plate]) -> str:
    """The key of the shape, written down when it is new."""
    cuts = [[p.edition_id, p.cut, hashlib.sha256(p.scope).hexdigest()] for p in (plate, *above)]
    key = hashlib.sha256(json.dumps([settings.CITY_SRID, cuts]).encode()).hexdigest()[:_KEY_LENGTH]
    if postgis_ogc_shapes.shape_shows(key) is None:
        postgis_ogc_shapes.make_shape(key=key, plate=plate, above=above, srid=settings.CITY_SRID, at=now())
    return key
