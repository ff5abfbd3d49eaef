"""Parcels and search results as frozen records for the rooms above."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from apps.cadastre.areas import legal_area
from apps.common.text import Text

_HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class DistrictFacts:
    """A municipal district. `approximate`: good enough to show, never for a decision."""

    number: int
    name: Text
    approximate: bool


@dataclass(frozen=True, slots=True)
class ParcelFacts:
    """One version of a parcel. Areas m², lengths m, None = not known; points WGS 84, longitude first.

    `centroid` lies on the parcel's surface. `geometry` is GeoJSON. `legal_area_m2`: see `areas.legal_area`.
    """

    version_id: int
    parcel_id: int
    version: int
    code: str
    land_code: str
    plate: str
    address: str
    passage_name: str
    neighbourhood: str
    district: DistrictFacts | None
    legal_area_m2: Decimal | None
    deed_area_m2: Decimal | None
    drawn_area_m2: Decimal
    passage_width_m: Decimal | None
    frontage_m: Decimal | None
    corner: bool | None
    consolidated: int | None
    existing_storeys: int | None
    existing_height_m: Decimal | None
    chunk: int
    centroid: tuple[float, float]
    bbox: tuple[float, float, float, float]
    geometry: Mapping[str, Any] = field(repr=False)
    measured_area_m2: Decimal | None = None


@dataclass(frozen=True, slots=True)
class ParcelAt:
    """The parcel that answers for a point. On a border: the lowest code, `also` names the others, in order."""

    parcel: ParcelFacts
    on_border: bool
    also: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SearchHit:
    """One thing found. `kind`: parcel, point, or a place's kind; `code` for parcels only."""

    kind: str
    code: str | None
    label: Text
    lon: float
    lat: float
    bbox: tuple[float, float, float, float] | None = None


@dataclass(frozen=True, slots=True)
class SearchFound:
    """What was found; when nothing was, what comes near. `note`: what to do instead (a point outside, a short link)."""

    results: tuple[SearchHit, ...]
    suggestions: tuple[SearchHit, ...] = ()
    note: Text | None = None


def parcel_facts(row: Mapping[str, Any]) -> ParcelFacts:
    """From a row of gis_layers.postgis_parcels."""
    deed, drawn = _scaled(row["deed_area_dm2"]), Decimal(row["drawn_area_dm2"]) / _HUNDRED
    measured = _scaled(row["measured_area_dm2"])
    return ParcelFacts(
        version_id=row["version_id"],
        parcel_id=row["parcel_id"],
        version=row["version_number"],
        code=row["code"],
        land_code=row["land_code"],
        plate=row["plate"],
        address=row["address_fa"],
        passage_name=row["passage_name_fa"],
        neighbourhood=row["neighbourhood_fa"],
        district=_district(row),
        legal_area_m2=legal_area(deed_m2=deed, drawn_m2=drawn, measured_m2=measured),
        deed_area_m2=deed,
        drawn_area_m2=drawn,
        passage_width_m=_scaled(row["passage_width_cm"]),
        frontage_m=_scaled(row["frontage_cm"]),
        corner=row["corner"],
        consolidated=row["consolidated"],
        existing_storeys=row["existing_storeys"],
        existing_height_m=_scaled(row["existing_height_cm"]),
        chunk=row["chunk"],
        centroid=(row["lon"], row["lat"]),
        bbox=(row["west"], row["south"], row["east"], row["north"]),
        geometry=json.loads(row["geojson"]),
        measured_area_m2=measured,
    )


def _district(row: Mapping[str, Any]) -> DistrictFacts | None:
    if row["district_number"] is None:
        return None
    name = Text(fa=row["district_fa"], en=row["district_en"])
    return DistrictFacts(number=row["district_number"], name=name, approximate=row["approximate"])


def _scaled(hundredths: int | None) -> Decimal | None:
    return None if hundredths is None else Decimal(hundredths) / _HUNDRED
