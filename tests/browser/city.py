"""A city of five parcels on a grid, with the sample rulebooks of the city package and law in every state.

y                           (metres from the grid's corner; every parcel 20 × 20)
80 ┌─────┐┌─────┐           D: first-degree buffer, 5 m at most
   │  D  ││  E  │           E: outside the buffer layer's coverage → heritage not known
60 └─────┘└─────┘
      (passage)
40 ┌─────┬─────┬─────┐      A: H4, 12 m passage → 4 storeys; revision 1404 (approved only) says H5
   │  A  │  B  │  C  │      B: H4, 7 m passage → 3 storeys; revision 1402 (suspended) says H6
20 └─────┴─────┴─────┘      C: H4, passage width unknown → not known
   0    20    40    60  x
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from django.contrib.gis.geos import MultiPolygon

from apps.api.city_build.law import build_offices, build_rulebooks, build_themes
from apps.api.city_build.ledger import Ledger
from apps.cadastre.models import District, Parcel, ParcelVersion
from apps.common.city import current_city
from apps.legal.models import Instrument
from apps.parties.models import Person
from gis_layers.models import Backdrop, Theme
from tests.extracts.conftest import START, Grid, box, chunk_of, web
from tests.kept import built

CODES = {"A": "3-1-1-1-0-0-0", "B": "3-1-1-2-0-0-0", "C": "3-1-1-3-0-0-0", "D": "3-1-2-1-0-0-0", "E": "3-1-2-2-0-0-0"}
SQUARES = {
    "A": box(0, 20, 20, 40),
    "B": box(20, 20, 40, 40),
    "C": box(40, 20, 60, 40),
    "D": box(0, 60, 20, 80),
    "E": box(20, 60, 40, 80),
}
ALL = box(-200, -200, 200, 200)
BUT_E = MultiPolygon(box(-200, -200, 20, 200)[0], box(20, -200, 200, 50)[0], srid=ALL.srid).unary_union
BUT_E = MultiPolygon(BUT_E, srid=ALL.srid)  # the city without E's corner, an L
CLEAR_THEMES = ("heritage_core", "historic_fabric", "starred_plot", "worn_fabric", "madi_strip", "road_widening")


@dataclass(frozen=True, slots=True)
class Spot:
    """A parcel's code and its middle, WGS 84."""

    code: str
    lon: float
    lat: float


class SmallCity(Grid):
    """Built through the same doors as the demo city: once in a process, and put back for each later test.

    The last act, the land and the overlay are each test's own: what is held in memory goes by their numbers.
    """

    def __init__(self) -> None:
        built(self, self._standing)
        self.act("hc-1404", "approve", "2025-09-10")
        self._land()
        self.overlay()

    def _standing(self) -> None:
        self.clerk = Person.objects.create_user(mobile="+989120000101")
        self.head = Person.objects.create_user(mobile="+989120000102")
        self.recorded = START
        city, ledger = current_city(), Ledger(lambda _line: None)
        build_offices(city, ledger)
        build_themes(city, ledger)
        build_rulebooks(city, ledger)
        self.district = District.objects.create(
            number=3, name_fa="منطقهٔ ۳", name_en="District 3", geom=ALL, geom_web=web(ALL)
        )
        self._law()

    def spot(self, name: str) -> Spot:
        middle = SQUARES[name].centroid
        middle.transform(4326)
        return Spot(CODES[name], middle.x, middle.y)

    def _layer(self, theme: str, code: str, zones: dict[str, MultiPolygon], coverage: MultiPolygon = ALL) -> None:
        self.edition(Theme.objects.get(code=theme), code, zones, coverage=coverage)

    def _law(self) -> None:
        for rulebook in Instrument.objects.filter(kind="rulebook"):
            self.in_force(rulebook.code, "2014-06-01")
        self._layer("land_use", "lu", {"RES": ALL})
        self._layer("density", "dn", {"D300": ALL})
        self._layer("height_code", "hc", {"H4": ALL})
        self._layer("height_code", "hc-1402", {"H6": SQUARES["B"]}, coverage=SQUARES["B"])
        self._layer("height_code", "hc-1404", {"H5": SQUARES["A"]}, coverage=SQUARES["A"])
        self._layer("heritage_buffer", "hb", {"BUFFER_1": SQUARES["D"]}, coverage=BUT_E)
        for theme in CLEAR_THEMES:
            self._layer(theme, f"clear-{theme}", {"NONE": box(150, 150, 160, 160)})
        for code in ("lu", "dn", "hc", "hb", *(f"clear-{theme}" for theme in CLEAR_THEMES)):
            self.in_force(code, "2014-06-22")
        self.in_force("hc-1402", "2023-06-01")
        self.act("hc-1402", "suspend", "2024-01-20")

    def _land(self) -> None:
        widths = {"A": 1200, "B": 700, "C": None, "D": 1200, "E": 1200}
        for name, shape in SQUARES.items():
            self._parcel(CODES[name], shape, widths[name])
        strip = web(box(-200, 44, 200, 56))
        Backdrop.objects.create(kind="street", name_fa="گذر نمونه", name_en="Sample lane", geom_web=strip)

    def _parcel(self, code: str, shape: MultiPolygon, width_cm: int | None) -> None:
        parcel = Parcel.objects.create(code=code, land_code="-".join(code.split("-")[:4]))
        ParcelVersion.objects.create(
            parcel=parcel, legal=(date(2010, 1, 1), None), known=(datetime(2012, 1, 1, tzinfo=UTC), None),
            district=self.district, deed_area_dm2=40_000, drawn_area_dm2=round(shape.area * 100),
            passage_width_cm=width_cm, frontage_cm=2000, corner=False, consolidated=1, existing_storeys=2,
            existing_height_cm=640, plate=f"5/100/{code[6]}", address_fa="خیابان نمونه", passage_name_fa="گذر نمونه",
            neighbourhood_fa="محلهٔ نمونه", search=f"{code} 5/100/{code[6]} نمونه", chunk=chunk_of(shape), geom=shape,
            geom_web=web(shape),
        )  # fmt: skip
