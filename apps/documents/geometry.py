"""A parcel's shape for other programs: GeoJSON (RFC 7946), and OGC JSON-FG for the city's own coordinates."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import orjson

from apps.cadastre.areas import legal_area
from apps.cadastre.parcel_code import parse
from apps.cadastre.selectors import parcel_by_code
from apps.common import clock
from apps.common.city import current_city
from apps.common.errors import UnavailableError
from apps.extracts.canonical import number
from apps.extracts.render import instant
from gis_layers import postgis_document

GEOJSON, JSON_FG = "application/geo+json", "application/vnd.ogc.fg+json"
CORE = "http://www.opengis.net/spec/json-fg-1/1.0/conf/core"
_EPSG = "http://www.opengis.net/def/crs/EPSG/0/"


@dataclass(frozen=True, slots=True)
class Feature:
    """The bytes of a feature and their media type."""

    body: bytes
    media_type: str


def feature_of(*, code: str, on: date | None, known_at: datetime | None, in_city: bool, address: str) -> Feature:
    """The parcel as a GeoJSON Feature in WGS 84; `in_city`: as JSON-FG, with its coordinates in the city's CRS too.

    `address`: where this feature is asked for. Raises BadInputError, NotFoundError with suggestions.
    """
    day, moment = on or clock.today(), known_at or clock.now()
    parsed = str(parse(code))
    row = postgis_document.parcel_shape(code=parsed, on=day, known_at=moment)
    if row is None:
        parcel_by_code(code, on=day, known_at=moment)  # raises, with suggestions
        raise UnavailableError(
            fa="این قطعه همین حالا ثبت شد؛ دوباره بخواهید.",
            en="This parcel was recorded a moment ago; ask again.",
        )
    stated = instant(known_at or row["known_from"] or moment)  # a parcel known since ever states no instant
    asked = f"{address}?on={day.isoformat()}&known_at={stated}"
    feature = {
        "type": "Feature",
        "id": parsed,
        "geometry": orjson.loads(row["on_earth"]),
        "properties": _properties(row, on=day, known_at=stated),
        "links": [
            {"rel": "alternate" if in_city else "self", "type": GEOJSON, "href": asked},
            {"rel": "self" if in_city else "alternate", "type": JSON_FG, "href": f"{asked}&crs=city"},
        ],
    }
    if not in_city:
        return Feature(orjson.dumps(feature), GEOJSON)
    return Feature(orjson.dumps({**feature, **_in_city(row)}), JSON_FG)


def _properties(row: Mapping[str, Any], *, on: date, known_at: str) -> dict[str, Any]:
    city = current_city()
    drawn = _square_metres(row["drawn_area_dm2"])
    deed, measured = (
        None if a is None else _square_metres(a) for a in (row["deed_area_dm2"], row["measured_area_dm2"])
    )
    legal = legal_area(deed_m2=deed, drawn_m2=drawn, measured_m2=measured)
    return {
        "code": row["code"],
        "version": row["version_number"],
        "on": on.isoformat(),
        "known_at": known_at,
        "legal_area_m2": None if legal is None else number(legal),
        "drawn_area_m2": number(drawn),
        "crs_of_city": f"EPSG:{city.srid}",
        "synthetic": city.synthetic,
    }


def _in_city(row: Mapping[str, Any]) -> dict[str, Any]:
    """The members of JSON-FG: conformance, CRS, place, and the legal days as a closed interval."""
    first, beyond = row["legal_from"], row["legal_until"]
    return {
        "conformsTo": [CORE],
        "featureType": "parcel",
        "coordRefSys": f"{_EPSG}{current_city().srid}",
        "place": orjson.loads(row["in_city"]),
        "time": {
            "interval": [
                first.isoformat() if first else "..",
                (beyond - timedelta(days=1)).isoformat() if beyond else "..",
            ]
        },
    }


def _square_metres(dm2: int) -> Decimal:
    return Decimal(dm2) / 100
