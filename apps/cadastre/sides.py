"""The shape of a parcel version and its sides as the source labels them. Geometry as WKB in the city's metric CRS."""

from dataclasses import dataclass

from apps.cadastre.models import ParcelSide, ParcelVersion


@dataclass(frozen=True, slots=True)
class Side:
    """One side: front, rear, interior_side, exterior_side or unknown, and its line (WKB, metres)."""

    kind: str
    wkb: bytes


def shape_of(version_id: int) -> bytes:
    """The parcel's surface. Raises ParcelVersion.DoesNotExist."""
    return bytes(ParcelVersion.objects.only("geom").get(id=version_id).geom.wkb)


def sides_of(version_id: int) -> tuple[Side, ...]:
    """The labelled sides, in the order they were loaded; () where the source labels none."""
    rows = ParcelSide.objects.filter(version=version_id).order_by("id").values_list("kind", "geom")
    return tuple(Side(kind=kind, wkb=bytes(line.wkb)) for kind, line in rows)
