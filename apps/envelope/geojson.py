"""The shapes of an envelope: GeoJSON in WGS 84 (RFC 7946), and a scene in metres near the lot for drawing."""

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import orjson
import shapely
from shapely.geometry.base import BaseGeometry

from apps.envelope.document import fine, provision
from apps.envelope.levels import Level
from apps.envelope.overlay import common, polygons
from apps.envelope.shapes import Origin, Placed, moved
from apps.envelope.solve import Envelope
from gis_layers.crs import shapes_to_lonlat

DEGREES = 7  # about a centimetre
SEEN_M = 10.0
Ring = list[tuple[int | float, int | float]]


def collection(found: Envelope | None, place: Placed | None, summary: Mapping[str, Any], crs: str) -> dict[str, Any]:
    """A FeatureCollection: the lot, what is cut out, each level, each edge with its provision.

    `envelope` holds the summary, `crs_of_city` names the metric CRS that everything was computed in.
    """
    features = [] if found is None or place is None else list(_features(found, place))
    boxes = [f.pop("box") for f in features]
    box = [*np.min([b[:2] for b in boxes], axis=0), *np.max([b[2:] for b in boxes], axis=0)] if boxes else None
    return {
        "type": "FeatureCollection",
        **({"bbox": [float(v) for v in box]} if box else {}),
        "crs_of_city": crs,
        "envelope": summary,
        "features": features,
    }


def _features(found: Envelope, place: Placed) -> Iterator[dict[str, Any]]:
    yield _feature("lot", place.lot.shape, place.origin, {"role": "lot"})
    for n, cut in enumerate(place.lot.cut_outs):
        shown = {"role": "cut_out", "theme": cut.theme, "label": cut.label.as_dict(), "ceded": cut.ceded}
        yield _feature(f"cut-out-{n}", cut.shape, place.origin, {**shown, "provision": provision(cut.provision)})
    for level in found.stack.levels:
        yield _feature(f"level-{level.index}", level.shape, place.origin, _level(level, found))
    for first, indices in _distinct(found.stack.levels):
        for n, edge in enumerate(first.edges):
            shown = {"role": "edge", "kind": edge.kind, "levels": indices, "length_m": fine(edge.line.length)}
            named = {**shown, "provision": provision(edge.provision)}
            yield _feature(f"edge-{first.index}-{n}", edge.line, place.origin, named)


def _level(level: Level, found: Envelope) -> dict[str, Any]:
    return {
        "role": "level",
        "outcome": found.outcome,
        "index": level.index,
        "label": level.label.as_dict(),
        "from_m": fine(level.from_m),
        "to_m": None if level.to_m is None else fine(level.to_m),
        "counted": level.counted,
        "region_m2": fine(level.region_m2),
        "built_m2": fine(level.built_m2),
    }


def _distinct(levels: tuple[Level, ...]) -> Iterator[tuple[Level, list[int]]]:
    """Levels of one shape have one outline: (the lowest of them, their numbers)."""
    groups: dict[bytes, list[Level]] = {}
    for level in levels:
        groups.setdefault(shapely.to_wkb(level.shape), []).append(level)
    return ((group[0], [level.index for level in group]) for group in groups.values())


def _feature(name: str, shape: BaseGeometry, origin: Origin, properties: Mapping[str, Any]) -> dict[str, Any]:
    earth = shapes_to_lonlat(np.array([moved(shape, origin, back=True)]))[0]
    rounded = shapely.transform(earth, lambda points: np.round(points, DEGREES))
    turned = rounded if shape.geom_type == "LineString" else shapely.orient_polygons(rounded)
    geometry = orjson.loads(shapely.to_geojson(turned))
    return {
        "type": "Feature",
        "id": name,
        "geometry": geometry,
        "properties": dict(properties),
        "box": shapely.bounds(turned),
    }


def scene(found: Envelope | None, place: Placed | None) -> dict[str, Any] | None:
    """Rings in metres near the lot (x east, y north), for a picture or a turnable view."""
    if found is None or place is None:
        return None
    return {
        "lot": rings(place.lot.shape),
        "around": [rings(shape) for shape in _seen(place)],
        "levels": [
            {
                "rings": rings(level.shape),
                "from_m": fine(level.from_m),
                "to_m": None if level.to_m is None else fine(level.to_m),
                "counted": level.counted,
                "label": level.label.as_dict(),
            }
            for level in found.stack.levels
        ],
    }


def _seen(place: Placed) -> Iterator[BaseGeometry]:
    """The neighbours, cut off SEEN_M from the lot."""
    west, south, east, north = shapely.bounds(place.lot.shape)
    frame = shapely.box(west - SEEN_M, south - SEEN_M, east + SEEN_M, north + SEEN_M)
    cut = (polygons(common(shape, frame)) for shape in place.around)
    return (shape for shape in cut if not shape.is_empty)


def rings(shape: BaseGeometry) -> list[list[Ring]]:
    """Polygons, each as its rings: the outer one first, counter-clockwise, closed."""
    turned = shapely.orient_polygons(shape)
    return [[_ring(r) for r in (polygon.exterior, *polygon.interiors)] for polygon in shapely.get_parts(turned)]


def _ring(raw: BaseGeometry) -> Ring:
    return [(fine(x), fine(y)) for x, y in shapely.get_coordinates(raw)]
