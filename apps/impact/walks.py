"""Exact walks for the parcels that a coverage or a scope cuts: asked for in one go, theme by theme."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.conf import settings

from apps.extracts.findings import find
from apps.extracts.ground import Ground, Walked, Walker
from apps.extracts.ground_reader import walked
from apps.extracts.law_day import EditionDay, ThemeDay
from apps.impact.ground_table import GroundTable
from gis_layers.postgis_impact_walk import Place, walk_many

_Key = tuple[str, tuple[tuple[int, tuple[int, ...] | None, tuple[int, ...] | None], ...]]


def _key(theme: ThemeDay) -> _Key:
    return theme.code, tuple((e.edition_id, e.only, e.minus) for e in theme.in_force)


@dataclass(slots=True)
class Walks:
    """Walks over one table of parcels, for both laws. `scopes`: EWKB by period id."""

    scopes: Mapping[int, bytes]
    _found: dict[tuple[int, _Key], Walked] = field(default_factory=dict)

    def prepare(self, theme: ThemeDay, grounds: Mapping[int, Ground], table: GroundTable) -> None:
        """Walk those of the parcels (by position) for which `find` would ask. Editions are the theme's, as `find`
        narrows them for each parcel."""
        groups: dict[_Key, list[int]] = {}
        narrowed: dict[_Key, ThemeDay] = {}
        for at, ground in grounds.items():
            asked = _asked(theme, ground)
            if asked is not None and (at, _key(asked)) not in self._found:
                key = _key(asked)
                groups.setdefault(key, []).append(at)
                narrowed[key] = asked
        for key, positions in groups.items():
            self._walk(narrowed[key], positions, table)

    def walker(self, at: int) -> Walker:
        """The prepared walks of one parcel."""
        return lambda theme: self._found[at, _key(theme)]

    def _walk(self, theme: ThemeDay, positions: list[int], table: GroundTable) -> None:
        versions = {int(table.versions[at]): at for at in positions}
        found = walk_many(
            versions=list(versions),
            places=[self._place(e) for e in theme.in_force],
            partition=theme.partition,
            srid=settings.CITY_SRID,
        )
        for version, walk in found.items():
            self._found[versions[version], _key(theme)] = walked(theme, walk)

    def _place(self, edition: EditionDay) -> Place:
        return Place(edition.edition_id, only=self._shapes(edition.only), minus=self._shapes(edition.minus))

    def _shapes(self, periods: tuple[int, ...] | None) -> tuple[bytes, ...] | None:
        return None if periods is None else tuple(self.scopes[p] for p in periods)


class _AsksError(Exception):
    """`find` asked for a walk of this theme."""

    def __init__(self, theme: ThemeDay) -> None:
        super().__init__(theme.code)
        self.theme = theme


def _asked(theme: ThemeDay, ground: Ground) -> ThemeDay | None:
    """The theme as `find` would have it walked on this parcel; None when it needs no walk."""
    try:
        find(theme, ground, walker=_refuse)
    except _AsksError as asks:
        return asks.theme
    return None


def _refuse(theme: ThemeDay) -> Walked:
    raise _AsksError(theme)
