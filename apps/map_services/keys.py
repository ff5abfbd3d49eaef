"""Immutable tile keys: each names a state of the data, so tiles are never invalidated, only left behind."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import reduce

from django.conf import settings
from django.contrib.gis.geos import GEOSGeometry

from apps.common.clock import now
from apps.legal.acts import Status
from apps.legal.models import InstrumentKind
from apps.legal.selectors import InstrumentLaw, LawSnapshot, law_snapshot, places_of
from apps.legal.snapshot import PENDING
from gis_layers import postgis_tiles, postgis_tiles_views
from gis_layers.models import Edition, IntakeState, Theme, ThemeKind
from gis_layers.postgis_tiles_views import Plate

PARCELS, BACKDROP, DISTRICTS = "parcels", "backdrop", "districts"
_LENGTH = 24


@dataclass(frozen=True, slots=True)
class PendingView:
    """A pending or suspended edition and the key under which it is drawn on its own."""

    edition: Edition
    law: InstrumentLaw
    status: Status
    key: str


@dataclass(frozen=True, slots=True)
class ThemeView:
    """What a theme shows on a day: editions in force, the governing one first, and the key of their common map."""

    theme: Theme
    in_force: tuple[tuple[Edition, InstrumentLaw], ...]
    key: str | None
    pending: tuple[PendingView, ...]


def parcels_key() -> str:
    """Key of the parcels as they are now."""
    return f"g{postgis_tiles_views.generation()}f{postgis_tiles.FORMAT}"


def base_keys() -> dict[str, str]:
    """Keys of the layers that carry no law, as they are now."""
    return {
        BACKDROP: _digest([BACKDROP, postgis_tiles_views.backdrop_state()]),
        DISTRICTS: _digest([DISTRICTS, postgis_tiles_views.districts_state()]),
        PARCELS: parcels_key(),
    }


def theme_views(*, on: date, known_at: datetime | None = None) -> tuple[ThemeView, ...]:
    """Every theme on the day. Views that are asked for the first time are written down."""
    snapshot = law_snapshot(on=on, known_at=known_at)
    held = _editions(snapshot)
    return tuple(_theme_view(theme, held.get(theme.pk, []), snapshot) for theme in Theme.objects.all())


def _editions(snapshot: LawSnapshot) -> Mapping[int, list[tuple[Edition, InstrumentLaw]]]:
    by_theme: dict[int, list[tuple[Edition, InstrumentLaw]]] = {}
    taken_in = Edition.objects.filter(state=IntakeState.TAKEN_IN).defer("coverage").order_by("pk")
    for edition in taken_in:
        law = snapshot.by_id.get(edition.instrument_id)
        if law is not None and law.kind == InstrumentKind.EDITION:
            by_theme.setdefault(edition.theme_id, []).append((edition, law))
    return by_theme


def _theme_view(theme: Theme, held: Sequence[tuple[Edition, InstrumentLaw]], snapshot: LawSnapshot) -> ThemeView:
    in_force = sorted(
        ((edition, law) for edition, law in held if law.precedence is not None),
        key=lambda pair: (pair[1].precedence, pair[0].pk),
        reverse=True,
    )
    plates = [_plate(edition, law, Status.IN_FORCE, snapshot) for edition, law in in_force]
    pending = tuple(
        PendingView(edition, law, status, _view(theme, [_plate(edition, law, status, snapshot)]))
        for edition, law in held
        for status in sorted(law.statuses & PENDING)
    )
    return ThemeView(theme, tuple(in_force), _view(theme, plates) if plates else None, pending)


def _plate(edition: Edition, law: InstrumentLaw, status: Status, snapshot: LawSnapshot) -> Plate:
    """Where the edition has this status: everywhere, only in some scopes, or everywhere but in some."""
    if not law.scoped:
        return Plate(edition.pk, status.value)
    held = {atom.scope_key for atom in law.atoms if atom.status is status}
    elsewhere = "" in held
    # One region in a canonical form: later acts may cut the same place into other atoms, and that is no change here.
    places = places_of(snapshot, law.id)
    scopes: list[GEOSGeometry] = [p.scope for p in places if p.scope and (p.scope_key in held) is not elsewhere]
    if not scopes:
        return Plate(edition.pk, status.value)
    region = reduce(GEOSGeometry.union, scopes)
    region.normalize()
    return Plate(edition.pk, status.value, "minus" if elsewhere else "only", bytes(region.wkb))


def _view(theme: Theme, plates: Sequence[Plate]) -> str:
    exclusive = theme.kind == ThemeKind.PARTITION
    shown = [[p.edition_id, p.status, p.cut, hashlib.sha256(p.scope).hexdigest()] for p in plates]
    key = _digest([theme.code, exclusive, shown])
    if not postgis_tiles_views.view_exists(key=key, layer=theme.code):
        postgis_tiles_views.make_view(
            key=key, layer=theme.code, plates=plates, exclusive=exclusive, srid=settings.CITY_SRID, at=now()
        )
    return key


def _digest(state: object) -> str:
    text = json.dumps([postgis_tiles.FORMAT, state], separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:_LENGTH]
