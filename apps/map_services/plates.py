"""Which editions a theme's map shows on a day, and where each of them does: from the law to plates of a view."""

import hashlib
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
from apps.map_services.keys import digest
from gis_layers import postgis_tiles_views
from gis_layers.models import Edition, IntakeState, Theme, ThemeKind
from gis_layers.postgis_tiles_views import Plate


@dataclass(frozen=True, slots=True)
class View:
    """The plates that one key shows, the governing one first."""

    theme: Theme
    plates: tuple[Plate, ...]

    @property
    def exclusive(self) -> bool:
        """Whether an earlier plate hides the later ones."""
        return self.theme.kind == ThemeKind.PARTITION

    @property
    def key(self) -> str:
        """Names the editions, their order, status and place."""
        shown = [[p.edition_id, p.status, p.cut, hashlib.sha256(p.scope).hexdigest()] for p in self.plates]
        return digest([self.theme.code, self.exclusive, shown])


@dataclass(frozen=True, slots=True)
class PendingView:
    """An edition that is not law on the day (approved, suspended, …), with a map of its own."""

    edition: Edition
    law: InstrumentLaw
    status: Status
    view: View


@dataclass(frozen=True, slots=True)
class ThemeView:
    """What a theme shows on a day: editions in force, the governing one first; `view` None when there is none."""

    theme: Theme
    in_force: tuple[tuple[Edition, InstrumentLaw], ...]
    view: View | None
    pending: tuple[PendingView, ...]


def theme_views(*, on: date, known_at: datetime | None = None) -> tuple[ThemeView, ...]:
    """Every theme on the day. Views that are asked for the first time are written down."""
    snapshot = law_snapshot(on=on, known_at=known_at)
    held = _editions(snapshot)
    themes = tuple(_theme_view(theme, held.get(theme.pk, []), snapshot) for theme in Theme.objects.all())
    _write_down(all_views(themes))
    return themes


def all_views(themes: Sequence[ThemeView]) -> list[View]:
    """The views of all these themes, in force and pending."""
    return [v for t in themes for v in (t.view, *(p.view for p in t.pending)) if v is not None]


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
    plates = tuple(_plate(edition, law, Status.IN_FORCE, snapshot) for edition, law in in_force)
    pending = tuple(
        PendingView(edition, law, status, View(theme, (_plate(edition, law, status, snapshot),)))
        for edition, law in held
        for status in sorted(law.statuses & PENDING)
    )
    return ThemeView(theme, tuple(in_force), View(theme, plates) if plates else None, pending)


def _plate(edition: Edition, law: InstrumentLaw, status: Status, snapshot: LawSnapshot) -> Plate:
    """Where the edition has this status: everywhere, only in some scopes, or everywhere but in some."""
    held = {atom.scope_key for atom in law.atoms if atom.status is status}
    if not law.scoped or held == {atom.scope_key for atom in law.atoms}:
        return Plate(edition.pk, status.value)
    elsewhere = "" in held
    places = places_of(snapshot, law.id)
    scopes: list[GEOSGeometry] = [p.scope for p in places if p.scope and (p.scope_key in held) is not elsewhere]
    # One region in a canonical form: later acts may cut the same place into other atoms, and that is no change here.
    region = reduce(GEOSGeometry.union, scopes)
    region.normalize()
    return Plate(edition.pk, status.value, "minus" if elsewhere else "only", bytes(region.wkb))


def _write_down(views: Sequence[View]) -> None:
    by_key = {view.key: view for view in views}
    for key in by_key.keys() - postgis_tiles_views.known_views(list(by_key)):
        view = by_key[key]
        postgis_tiles_views.make_view(
            key=key,
            layer=view.theme.code,
            plates=view.plates,
            exclusive=view.exclusive,
            srid=settings.CITY_SRID,
            at=now(),
        )
