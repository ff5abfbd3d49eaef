"""From an Answer to the extract document of docs/extract-format.md. No decision is taken here."""

import math
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from apps.common.city import City
from apps.common.text import Text
from apps.extracts import pieces
from apps.extracts.canonical import number
from apps.extracts.compose import Answer
from apps.extracts.law_day import LawDay
from apps.extracts.site import Site
from apps.extracts.writing import Writer

SCHEMA = "parvaneh-extract/1"
_LEAST_M2, _LEAST_SHARE = 2.0, 0.02  # as the finest partition themes: below both it is a rounding of the border
EARTH_RADIUS_M = 6_378_137.0


def document(
    *, city: City, law: LawDay, site: Site, answer: Answer, permit_kind: str, known_at: datetime
) -> dict[str, Any]:
    """The whole extract but its digest (canonical.sealed adds it)."""
    writer = Writer(law)
    return {
        "schema": SCHEMA,
        "synthetic": city.synthetic,
        "sample_rules": city.sample_rules,
        "city": {"code": city.code, "name": city.name.as_dict(), "crs": f"EPSG:{city.srid}"},
        "units": {"length": city.law.units.length, "area": city.law.units.area},
        "on": law.on.isoformat(),
        "known_at": instant(known_at),
        "permit_kind": permit_kind,
        "parcel": parcel(site),
        "complete": answer.complete,
        "subjects": [
            writer.subject(g, answer.would_change.get(g.subject.code, ())) for g in answer.resolution.governing
        ],
        "themes": writer.themes(answer.findings),
        "pending": [writer.pending(p) for p in answer.pending],
        "duties": [writer.duty(d) for d in answer.resolution.duties],
        "notes": [n.as_dict() for n in answer.resolution.notes],
        "facts": [pieces.fact(f) for f in answer.facts.values() if not f.of_proposal],
        "failures": [
            {"source": f.source, "incident": f.incident, "text": f.text.as_dict()} for f in answer.resolution.failures
        ],
        "law": {"version": law.version},
    }


def instant(moment: datetime) -> str:
    """'2026-11-22T05:00:00.123456Z'; UTC, microseconds only when there are any."""
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def parcel(site: Site) -> dict[str, Any]:
    """The parcel block."""
    return {
        "code": site.code,
        "version": site.version,
        "plate": site.plate,
        "address": site.address,
        "district": _district(site.district),
        "districts": _districts(site),
        "neighbourhood": site.neighbourhood,
        "passage_name": site.passage_name,
        "legal_area_m2": _maybe(site.legal_area_m2),
        "deed_area_m2": _maybe(site.deed_area_m2),
        "drawn_area_m2": number(site.drawn_area_m2),
        **({} if site.measured_area_m2 is None else {"measured_area_m2": number(site.measured_area_m2)}),
        "frontage_m": _maybe(site.frontage_m),
        "passage_width_m": _maybe(site.passage_width_m),
        "corner": site.corner,
        "consolidated": site.consolidated,
        "existing_storeys": site.existing_storeys,
        "existing_height_m": _maybe(site.existing_height_m),
        "centroid": list(lonlat(*site.centroid_web)),
        "bbox": [*lonlat(*site.bbox_web[:2]), *lonlat(*site.bbox_web[2:])],
    }


def lonlat(x: float, y: float) -> tuple[float, float]:
    """Web-Mercator metres to WGS84 degrees (lon, lat), 7 decimals (about 1 cm)."""
    lon = math.degrees(x / EARTH_RADIUS_M)
    lat = math.degrees(2 * math.atan(math.exp(y / EARTH_RADIUS_M)) - math.pi / 2)
    return round(lon, 7), round(lat, 7)


def _district(raw: tuple[int, Text, bool] | None) -> dict[str, Any] | None:
    return None if raw is None else {"number": raw[0], "name": raw[1].as_dict(), "approximate": raw[2]}


def _districts(site: Site) -> list[dict[str, Any]]:
    """The districts that a border cuts the parcel into, largest part first; [] when one district holds it.

    Parts under the tolerance (m² and share) are roundings of a border.
    """
    drawn = float(site.drawn_area_m2)
    parts = [d for d in site.cut_districts if drawn and (d.area_m2 >= _LEAST_M2 or d.area_m2 / drawn >= _LEAST_SHARE)]
    if len(parts) < 2:  # noqa: PLR2004 - cut means two or more
        return []
    return [
        {
            "number": d.number,
            "name": d.name.as_dict(),
            "approximate": d.approximate,
            "area_m2": number(d.area_m2),
            "share_pct": number(d.area_m2 / drawn * 100),
        }
        for d in parts
    ]


def _maybe(raw: Decimal | None) -> int | float | None:
    return None if raw is None else number(raw)
