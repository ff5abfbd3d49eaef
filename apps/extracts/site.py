"""A parcel version as an extract sees it. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from apps.cadastre.areas import legal_area
from apps.common.text import Text

HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class DistrictShare:
    """A municipal district that holds a part of the parcel: m² of the drawn area."""

    number: int
    name: Text
    approximate: bool
    area_m2: float


@dataclass(frozen=True, slots=True)
class Site:
    """A parcel version as rules and faces see it. Areas m², lengths m; None = not known."""

    code: str
    version_id: int
    version: int
    chunk: int
    plate: str
    address: str
    passage_name: str
    neighbourhood: str
    district: tuple[int, Text, bool] | None
    deed_area_m2: Decimal | None
    drawn_area_m2: Decimal
    passage_width_m: Decimal | None
    frontage_m: Decimal | None
    corner: bool | None
    consolidated: int | None
    existing_storeys: int | None
    existing_height_m: Decimal | None
    centroid_web: tuple[float, float]
    bbox_web: tuple[float, float, float, float]
    attributes: Mapping[str, Any] = field(default_factory=dict)
    cut_districts: tuple[DistrictShare, ...] = ()
    measured_area_m2: Decimal | None = None

    @property
    def legal_area_m2(self) -> Decimal | None:
        """See cadastre.areas.legal_area; None = not known."""
        deed, drawn, measured = self.deed_area_m2, self.drawn_area_m2, self.measured_area_m2
        return legal_area(deed_m2=deed, drawn_m2=drawn, measured_m2=measured)


def site_of(row: Mapping[str, Any]) -> Site:
    """A Site from the row of gis_layers.postgis_extract.read_parcel."""
    district = None
    if row["district_number"] is not None:
        name = Text(fa=row["district_fa"], en=row["district_en"])
        district = (row["district_number"], name, row["approximate"])
    return Site(
        code=row["code"],
        version_id=row["version_id"],
        version=row["version_number"],
        chunk=row["chunk"],
        plate=row["plate"],
        address=row["address_fa"],
        passage_name=row["passage_name_fa"],
        neighbourhood=row["neighbourhood_fa"],
        district=district,
        deed_area_m2=_hundredth(row["deed_area_dm2"]),
        drawn_area_m2=Decimal(row["drawn_area_dm2"]) / HUNDRED,
        passage_width_m=_hundredth(row["passage_width_cm"]),
        frontage_m=_hundredth(row["frontage_cm"]),
        corner=row["corner"],
        consolidated=row["consolidated"],
        existing_storeys=row["existing_storeys"],
        existing_height_m=_hundredth(row["existing_height_cm"]),
        centroid_web=(row["x"], row["y"]),
        bbox_web=(row["x0"], row["y0"], row["x1"], row["y1"]),
        attributes=row["attributes"],
        cut_districts=tuple(
            DistrictShare(n, Text(fa=fa, en=en), approximate, area)
            for n, fa, en, approximate, area in row["cut_districts"] or ()
        ),
        measured_area_m2=_hundredth(row["measured_area_dm2"]),
    )


def _hundredth(raw: int | None) -> Decimal | None:
    return None if raw is None else Decimal(raw) / HUNDRED
