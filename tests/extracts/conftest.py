"""A tiny city on an integer grid, made through the doors of the rooms."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.conf import settings
from django.contrib.gis.geos import MultiPolygon, Polygon

from apps.cadastre.models import District, Parcel, ParcelVersion
from apps.extracts.overlays import compute_overlays
from apps.legal.models import Instrument
from apps.legal.services import record_act
from apps.parties.models import Office, Person
from gis_layers.models import Edition, Feature, IntakeState, Theme

X0, Y0 = 560_000, 3_612_000
START = datetime(2014, 1, 1, tzinfo=UTC)


def box(x0: float, y0: float, x1: float, y1: float) -> MultiPolygon:
    """A rectangle of the grid, in metres from the grid's origin."""
    shape = Polygon.from_bbox((X0 + x0, Y0 + y0, X0 + x1, Y0 + y1))
    shape.srid = settings.CITY_SRID
    return MultiPolygon(shape, srid=settings.CITY_SRID)


def web(shape: MultiPolygon) -> MultiPolygon:
    return shape.transform(3857, clone=True)


class Grid:
    """Makes themes, editions, acts and parcels with few words."""

    def __init__(self) -> None:
        self.clerk = Person.objects.create_user(mobile="+989120000001")
        self.head = Person.objects.create_user(mobile="+989120000002")
        self.district = District.objects.create(
            number=3, name_fa="منطقهٔ ۳", name_en="District 3", geom=box(0, 0, 1000, 1000), geom_web=web(box(0, 0, 9, 9))
        )
        Office.objects.create(code="planning", name_fa="برنامه‌ریزی", name_en="Planning")
        self.recorded = START

    def theme(self, code: str, kind: str = "partition") -> Theme:
        return Theme.objects.create(
            code=code, kind=kind, label_fa=code, label_en=code, tolerance_m2=1, tolerance_share=0.01,
            office_code="planning",
        )  # fmt: skip

    def edition(self, theme: Theme, code: str, zones: dict[str, MultiPolygon], *, coverage: MultiPolygon, **extra):
        instrument = Instrument.objects.create(
            code=code, kind="edition", rank=extra.pop("rank", 10), title_fa=code, title_en=code
        )
        edition = Edition.objects.create(
            theme=theme, instrument=instrument, coverage=coverage, file_name="-", checksum="-", source_crs="-",
            state=IntakeState.TAKEN_IN, taken_in_at=START, **extra,
        )  # fmt: skip
        for row, (zone, shape) in enumerate(zones.items()):
            Feature.objects.create(
                edition=edition,
                source_row=row,
                code=zone,
                label_fa=zone,
                label_en=zone,
                geom=shape,
                geom_web=web(shape),
            )
        return edition

    def act(self, instrument: str, kind: str, day: str, *, recorded: datetime | None = None, **extra):
        signed = datetime.combine(date.fromisoformat(day), time(12), tzinfo=UTC)
        self.recorded = recorded or max(self.recorded, signed) + timedelta(hours=1)
        return record_act(
            instrument=Instrument.objects.get(code=instrument), kind=kind, number=f"{instrument}-{kind}-{day}",
            act_date=date.fromisoformat(day), body_fa="کمیسیون", body_en="Commission", document="-",
            effective_on=date.fromisoformat(day), recorded_by=self.clerk, countersigned_by=self.head,
            recorded_at=self.recorded, **extra,
        )  # fmt: skip

    def in_force(self, instrument: str, day: str) -> None:
        self.act(instrument, "approve", day)
        self.act(instrument, "promulgate", day)

    def parcel(self, code: str, shape: MultiPolygon, **extra) -> ParcelVersion:
        parcel = Parcel.objects.create(code=code, land_code="-".join(code.split("-")[:4]))
        facts = {"passage_width_cm": 1200, "frontage_cm": 1000, "corner": False, "consolidated": 1, **extra}
        return ParcelVersion.objects.create(
            parcel=parcel, legal=(date(2010, 1, 1), None), known=(datetime(2012, 1, 1, tzinfo=UTC), None),
            district=self.district, drawn_area_dm2=round(shape.area * 100), chunk=chunk_of(shape), geom=shape,
            geom_web=web(shape), **facts,
        )  # fmt: skip

    def overlay(self) -> None:
        compute_overlays()


def chunk_of(shape: MultiPolygon) -> int:
    point = shape.point_on_surface
    return int(point.x // 1000) * 1_000_000 + int(point.y // 1000)


@pytest.fixture
def grid(db) -> Grid:
    return Grid()
