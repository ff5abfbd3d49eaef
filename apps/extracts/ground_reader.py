"""From raw rows to the ground an extract stands on, and the exact walk where something cuts the parcel."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from apps.extracts.ground import Cover, Ground, Walked, raw_hit
from apps.extracts.law_day import EditionDay, LawDay, ThemeDay
from apps.extracts.site import Site
from apps.legal.answers import ZoneHit
from gis_layers import postgis_extract
from gis_layers.postgis_extract import Region, Walk

_COVER_SHARE = {"inside": 1.0, "outside": 0.0}


def ground_of(row: Mapping[str, Any], law: LawDay) -> Ground:
    """The ground from a row of gis_layers.postgis_extract.read_parcel."""
    editions = {e.edition_id: (t.code, e.instrument) for t in law.themes for e in (*t.in_force, *t.pending)}
    hits: dict[int, tuple[ZoneHit, ...]] = {}
    for raw in row["hits"] or ():
        theme, instrument = editions[raw[0]]
        hits[raw[0]] = (*hits.get(raw[0], ()), raw_hit(raw, theme=theme, instrument=instrument))
    return Ground(
        area_m2=row["drawn_area_dm2"] / 100,
        hits=hits,
        covers={raw[0]: _cover(raw, row["version_id"]) for raw in row["covers"] or ()},
        touched=frozenset(row["scopes"] or ()),
        quarantined=dict(row["quarantined"] or ()),
    )


def _cover(raw: Sequence[Any], version_id: int) -> Cover:
    """Complete only when the chunk was computed with this version in it, and, if cut, this parcel has its share."""
    _, through, cover, cut = raw
    share = _COVER_SHARE.get(cover, cut)
    if version_id > through or share is None:
        return Cover(complete=False, share=0.0)
    return Cover(complete=True, share=share)


def walk_exactly(site: Site, theme: ThemeDay) -> Walked:
    """The exact walk in PostGIS, only for parcels that a coverage or a scope cuts."""
    walk = postgis_extract.walk(
        version_id=site.version_id,
        regions=[_region(e) for e in theme.in_force],
        partition=theme.partition,
    )
    return walked(theme, walk)


def walked(theme: ThemeDay, walk: Walk) -> Walked:
    """A walk's raw rows as the hits of the theme it was made for."""
    names = {e.edition_id: e.instrument for e in theme.in_force}
    raw = tuple(raw_hit(row, theme=theme.code, instrument=names[row[0]]) for row in walk.hits)
    return Walked(hits=_merged(raw), rest_m2=walk.rest_m2)


def _region(edition: EditionDay) -> Region:
    return Region(edition_id=edition.edition_id, only=edition.only, minus=edition.minus)


def _merged(hits: Sequence[ZoneHit]) -> tuple[ZoneHit, ...]:
    """One hit per feature: an edition that is in force here and pending there is asked twice."""
    by_feature: dict[tuple[str, int], ZoneHit] = {}
    for hit in hits:
        key = (hit.edition, hit.feature_id)
        before = by_feature.get(key)
        by_feature[key] = (
            hit
            if before is None
            else replace(before, area_m2=before.area_m2 + hit.area_m2, share=before.share + hit.share)
        )
    return tuple(by_feature.values())
