"""A first look at a file before anybody has said how it is to be read: layers, fields with samples, CRS, a small map.

Nothing is judged and nothing is stored. Only the first rows are read, so that a large file is looked at as fast.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from apps.common.errors import IntakeError
from apps.common.text import Text
from gis_layers import crs as frames
from gis_layers.ingest import georef, shapes
from gis_layers.ingest.archive import ZipLimits
from gis_layers.ingest.crs_facts import CrsFacts, crs_facts
from gis_layers.ingest.formats import Source, open_all
from gis_layers.ingest.reading import Layer, Rows, describe, layer_names, read_first
from gis_layers.ingest.values import plain, text_of

LOOKED_AT = 500
"""Rows that are read of each layer."""
_SAMPLES = 5
_DISTINCT = 60
_LONGEST = 80
_SIMPLER_M = 2.0


@dataclass(frozen=True, slots=True)
class FieldLook:
    """A field: `samples` are its first different values as text, `distinct` all different ones when they are few,
    `blank` counts empty cells among the rows looked at."""

    name: str
    samples: tuple[str, ...]
    distinct: tuple[str, ...]
    blank: int


@dataclass(frozen=True, slots=True)
class LayerLook:
    """A layer: how many rows, which kinds of shapes among the first ones, its CRS, its fields, its first rows as text.

    `trouble` says why it cannot be read as it is; then everything else may be empty.
    """

    name: str
    count: int
    kinds: Mapping[str, int]
    crs: CrsFacts | None
    encoding: str
    fields: tuple[FieldLook, ...]
    rows: tuple[tuple[str, ...], ...]
    trouble: Text | None = None


def look(
    path: Path,
    *,
    crs: str | None = None,
    encoding: str | None = None,
    limits: ZipLimits | None = None,
) -> tuple[LayerLook, ...]:
    """See gis_layers.services.look_into."""
    with open_all(path, limits=limits) as sources:
        several = len(sources) > 1
        return tuple(
            _look(source, source.path.stem if several else name, crs=crs, encoding=encoding)
            for source in sources
            for name in _names(source, several=several)
        )


def picture(
    path: Path,
    *,
    layer: str,
    crs: str | None = None,
    encoding: str | None = None,
    limits: ZipLimits | None = None,
    most: int = LOOKED_AT,
) -> dict[str, Any]:
    """See gis_layers.services.picture_of."""
    with open_all(path, limits=limits) as sources:
        source = next((s for s in sources if len(sources) > 1 and s.path.stem == layer), sources[0])
        described = _described(source, layer, encoding)
        rows = read_first(described, most)
        frame = georef.resolve(described.crs, given=None if described.crs else crs, called=source.name)
        moved = georef.to_city(shapes.parse(rows.wkb), frame, called=source.name)
    return {"type": "FeatureCollection", "features": list(_features(rows, moved))}


def _names(source: Source, *, several: bool) -> list[str]:
    try:
        return layer_names(source)[: 1 if several else None]
    except IntakeError:
        if not several:
            raise
        return [source.path.stem]


def _described(source: Source, layer: str, encoding: str | None) -> Layer:
    there = layer_names(source)
    return describe(source, layer=layer if layer in there else None, encoding=encoding)


def _look(source: Source, name: str, *, crs: str | None, encoding: str | None) -> LayerLook:
    try:
        described = _described(source, name, encoding)
        rows = read_first(described, LOOKED_AT)
    except IntakeError as error:
        return LayerLook(name, 0, {}, None, "", (), (), error.message)
    columns = {field: [text_of(plain(v))[:_LONGEST] for v in values] for field, values in rows.columns.items()}
    return LayerLook(
        name=name,
        count=described.count,
        kinds=_kinds(rows),
        crs=crs_facts(described.crs, crs),
        encoding=described.encoding or "",
        fields=tuple(_field(field, values) for field, values in columns.items()),
        rows=tuple(zip(*(values[:_SAMPLES] for values in columns.values()), strict=True)),
    )


def _kinds(rows: Rows) -> dict[str, int]:
    counts: dict[str, int] = {}
    for index, shape in enumerate(shapes.parse(rows.wkb)):
        kind = "Curved" if index in rows.curved else "-" if shape is None else str(shape.geom_type)
        counts[kind] = counts.get(kind, 0) + 1
    return counts


def _field(name: str, values: Sequence[str]) -> FieldLook:
    different = list(dict.fromkeys(value for value in values if value))
    return FieldLook(
        name=name,
        samples=tuple(different[:_SAMPLES]),
        distinct=tuple(different) if len(different) <= _DISTINCT else (),
        blank=sum(not value for value in values),
    )


def _features(rows: Rows, moved: Any) -> Iterator[dict[str, Any]]:
    """Shapes that can be drawn, thinned out, with the number of their row."""
    for index, shape in enumerate(moved):
        if shape is None or shape.is_empty or not np.isfinite(shapely.get_coordinates(shape)).all():
            continue
        thin = shapely.simplify(shape, _SIMPLER_M, preserve_topology=True)
        lonlat = frames.shapes_to_lonlat(np.array([thin]))[0]
        drawn = json.loads(shapely.to_geojson(lonlat))
        yield {"type": "Feature", "properties": {"row": rows.first + index}, "geometry": drawn}
