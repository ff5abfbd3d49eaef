"""The ground of many parcels at once, in columns: what `postgis_extract.read_parcel` reads of one.

PostgreSQL packs the rows into one string of 8-byte numbers, which is an array at once: no row of Python per parcel,
nothing copied twice. What is not known (NULL) reads as `NONE`. Table names of upper rooms appear in the SQL as names
only.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import numpy as np
from django.db import connection
from numpy.typing import NDArray
from psycopg import Cursor

from gis_layers.postgis_clocks import HOLDS

NONE = -(2**62)
Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

_SITE_COLUMNS = (
    "id",
    "parcel_id",
    "chunk",
    "district",
    "deed_area_dm2",
    "drawn_area_dm2",
    "measured_area_dm2",
    "passage_width_cm",
    "frontage_cm",
    "corner",
    "consolidated",
    "existing_storeys",
    "existing_height_cm",
)
_SITES = f"""
SELECT v.id, v.parcel_id, v.chunk, coalesce(d.number::bigint, {NONE}), coalesce(v.deed_area_dm2, {NONE}),
       v.drawn_area_dm2, coalesce(v.measured_area_dm2, {NONE}),
       coalesce(v.passage_width_cm::bigint, {NONE}), coalesce(v.frontage_cm::bigint, {NONE}),
       coalesce(v.corner::int::bigint, {NONE}), coalesce(v.consolidated::bigint, {NONE}),
       coalesce(v.existing_storeys::bigint, {NONE}), coalesce(v.existing_height_cm::bigint, {NONE})
  FROM cadastre_parcelversion v LEFT JOIN cadastre_district d ON d.id = v.district_id
 WHERE v.chunk = ANY(%(chunks)s::bigint[]) AND {HOLDS}
 ORDER BY v.id
"""  # noqa: S608 - joined from constants of this room
_HITS = f"""
SELECT o.parcel_version_id, o.feature_id, o.edition_id, o.area_m2, o.share
  FROM cadastre_parcelversion v
  JOIN extracts_overlay o ON o.parcel_version_id = v.id
  JOIN gis_layers_feature f ON f.id = o.feature_id
 WHERE v.chunk = ANY(%(chunks)s::bigint[]) AND {HOLDS} AND o.edition_id = ANY(%(editions)s::bigint[])
 ORDER BY o.parcel_version_id, o.edition_id, f.code, o.feature_id
"""  # noqa: S608 - joined from constants of this room
_CUTS = f"""
SELECT c.parcel_version_id, c.edition_id, c.covered_share
  FROM cadastre_parcelversion v JOIN extracts_coveragecut c ON c.parcel_version_id = v.id
 WHERE v.chunk = ANY(%(chunks)s::bigint[]) AND {HOLDS} AND c.edition_id = ANY(%(editions)s::bigint[])
"""  # noqa: S608 - joined from constants of this room
_CHUNKS = """
SELECT k.edition_id, k.chunk, k.through,
       CASE k.cover WHEN 'inside' THEN 1 WHEN 'outside' THEN 0 ELSE -1 END::bigint
  FROM extracts_overlaychunk k
 WHERE k.edition_id = ANY(%(editions)s::bigint[]) AND k.chunk = ANY(%(chunks)s::bigint[])
"""
_QUARANTINED = f"""
SELECT b.edition_id, v.id, ST_Area(ST_Intersection(ST_Union(b.footprint), v.geom))
  FROM gis_layers_quarantined b
  JOIN cadastre_parcelversion v ON b.footprint && v.geom AND ST_Intersects(b.footprint, v.geom)
 WHERE b.edition_id = ANY(%(editions)s::bigint[]) AND v.chunk = ANY(%(chunks)s::bigint[]) AND {HOLDS}
 GROUP BY b.edition_id, v.id, v.geom
"""  # noqa: S608 - joined from constants of this room
_TOUCHED = f"""
SELECT s.id, v.id FROM unnest(%(ids)s::bigint[], %(scopes)s::bytea[]) AS s(id, scope),
       LATERAL (SELECT ST_GeomFromEWKB(s.scope) AS geom) g
  JOIN cadastre_parcelversion v ON v.geom && g.geom AND ST_Intersects(g.geom, v.geom)
 WHERE v.chunk = ANY(%(chunks)s::bigint[]) AND {HOLDS}
"""  # noqa: S608 - joined from constants of this room
_ATTRIBUTE = f"""
SELECT (v.attributes -> %(column)s)::text, string_agg(int8send(v.id), ''::bytea) FROM cadastre_parcelversion v
 WHERE v.chunk = ANY(%(chunks)s::bigint[]) AND {HOLDS} AND v.attributes ? %(column)s
 GROUP BY 1
"""  # noqa: S608 - joined from constants of this room
_FEATURES = "SELECT f.id, f.edition_id, f.code FROM gis_layers_feature f WHERE f.id = ANY(%(ids)s::bigint[])"
_ATTRIBUTES = """
SELECT f.id, f.label_fa, f.label_en, f.attributes::json FROM gis_layers_feature f WHERE f.id = ANY(%(ids)s::bigint[])
"""

_SIZES = f"""
SELECT v.chunk, count(*)::bigint FROM cadastre_parcelversion v WHERE {HOLDS} GROUP BY v.chunk ORDER BY v.chunk
"""  # noqa: S608 - joined from constants of this room
_CHUNKS_OF = f"""
SELECT DISTINCT v.chunk FROM cadastre_parcelversion v WHERE v.parcel_id = ANY(%(parcels)s::bigint[]) AND {HOLDS}
"""  # noqa: S608 - joined from constants of this room


@dataclass(frozen=True, slots=True)
class Hits:
    """Overlay rows in the order of parcel, edition, code, feature."""

    version: Ints
    feature: Ints
    edition: Ints
    area_m2: Floats
    share: Floats


@dataclass(frozen=True, slots=True)
class Where:
    """The parcels asked about: those of these chunks that hold on a day, as known at an instant."""

    chunks: Sequence[int]
    on: date
    known_at: datetime

    @property
    def params(self) -> dict[str, Any]:
        """As the statements name them."""
        return {"chunks": list(self.chunks), "on": self.on, "known_at": self.known_at}


def read_sites(where: Where) -> dict[str, Ints]:
    """The parcel versions, column by column, in the order of their ids."""
    return dict(zip(_SITE_COLUMNS, columns(_SITES, where.params, "i" * len(_SITE_COLUMNS)), strict=True))


def read_hits(where: Where, editions: Sequence[int]) -> Hits:
    """The overlay rows of these editions."""
    return Hits(*columns(_HITS, {**where.params, "editions": list(editions)}, "iiiff"))


def read_cuts(where: Where, editions: Sequence[int]) -> tuple[Ints, Ints, Floats]:
    """(version, edition, covered share) where a coverage does not hold a whole chunk."""
    version, edition, share = columns(_CUTS, {**where.params, "editions": list(editions)}, "iif")
    return version, edition, share


def read_chunks(where: Where, editions: Sequence[int]) -> tuple[Ints, Ints, Ints, Ints]:
    """(edition, chunk, through, cover) of computed overlays; cover 1 = inside, 0 = outside, −1 = see the cuts."""
    edition, chunk, through, cover = columns(_CHUNKS, {**where.params, "editions": list(editions)}, "iiii")
    return edition, chunk, through, cover


def read_quarantined(where: Where, editions: Sequence[int]) -> tuple[Ints, Ints, Floats]:
    """(edition, version, m²) under rows that an edition could not take in."""
    edition, version, area = columns(_QUARANTINED, {**where.params, "editions": list(editions)}, "iif")
    return edition, version, area


def read_touched(where: Where, scopes: Mapping[int, bytes]) -> tuple[Ints, Ints]:
    """(scope id, version) of parcels that a scope touches. `scopes`: EWKB in the city's CRS by id."""
    params = {**where.params, "ids": list(scopes), "scopes": list(scopes.values())}
    scope, version = columns(_TOUCHED, params, "ii")
    return scope, version


def read_attribute(where: Where, column: str) -> list[tuple[str, Ints]]:
    """(JSON text, versions that have it) of one further column of the parcels' record, where it is there."""
    rows = _rows(_ATTRIBUTE, {**where.params, "column": column})
    return [(raw, np.frombuffer(versions, dtype=">i8").astype(np.int64)) for raw, versions in rows]


def chunk_sizes(*, on: date, known_at: datetime) -> list[tuple[int, int]]:
    """(chunk, parcel versions that hold), in the order of chunks."""
    return _rows(_SIZES, {"on": on, "known_at": known_at})


def chunks_of(parcels: Ints, *, on: date, known_at: datetime) -> list[int]:
    """The chunks in which these parcels lie."""
    rows = _rows(_CHUNKS_OF, {"parcels": parcels.tolist(), "on": on, "known_at": known_at})
    return sorted(row[0] for row in rows)


def read_features(ids: Ints) -> list[tuple[int, int, str]]:
    """(feature, edition, code)."""
    return _rows(_FEATURES, {"ids": ids.tolist()})


def read_labels(ids: Sequence[int]) -> list[tuple[int, str, str, dict[str, Any]]]:
    """(feature, Persian label, English label, attributes)."""
    return _rows(_ATTRIBUTES, {"ids": list(ids)})


def columns(statement: str, params: Mapping[str, Any], kinds: str) -> tuple[NDArray[Any], ...]:
    """The result in arrays: kind 'i' = 8-byte integer, 'f' = 8-byte float. No column may be NULL."""
    names = [f"c{at}" for at in range(len(kinds))]
    sent = " || ".join(f"{_SEND[kind]}({name})" for name, kind in zip(names, kinds, strict=True))
    packing = f"SELECT string_agg({sent}, ''::bytea) FROM ({statement}) AS packed({', '.join(names)})"  # noqa: S608
    connection.ensure_connection()
    with Cursor(connection.connection) as cursor:
        row = cursor.execute(packing, params, binary=True).fetchone()
    fields = np.dtype([(name, f">{kind}8") for name, kind in zip(names, kinds, strict=True)])
    packed = np.frombuffer(row[0] if row and row[0] else b"", dtype=fields)
    return tuple(packed[name].astype(_TYPES[kind]) for name, kind in zip(names, kinds, strict=True))


_SEND = {"i": "int8send", "f": "float8send"}
_TYPES = {"i": np.int64, "f": np.float64}


def _rows(statement: str, params: Mapping[str, Any]) -> list[Any]:
    connection.ensure_connection()
    with Cursor(connection.connection) as cursor:
        return cursor.execute(statement, params, binary=True).fetchall()
