"""A small city with something in every open collection, and how many items each must have, counted apart.

height_code: hc-1 over all 1000 m in 100 zones of 10 m; hc-2 (2020) over 200 to 500; hc-3 approved only; a draft.
buffers (cumulative): one in force, one suspended in its first half.
"""

from django.contrib.gis.geos import MultiPolygon
from django.db import connection  # noqa: TID251 - counted apart from what is tested

from apps.cadastre.models import District
from gis_layers.models import ThemeKind
from tests.legal.build import Desk
from tests.map_services.build import enact, plan, strip
from tests.overlay.grid import parcel, theme, web


def build() -> None:
    """Builds it through the doors of the rooms."""
    desk = Desk()
    enact(desk, plan("hc-1", *range(0, 1001, 10)), "2014-01-01")
    enact(desk, plan("hc-2", 200, 350, 500), "2020-01-01")
    desk.do("approve", plan("hc-3", 0, 500).instrument, "2021-01-01")
    plan("draft", 0, 1000)
    buffers = theme("buffers", ThemeKind.CUMULATIVE)
    enact(desk, plan("b-1", 0, 100, 1000, of=buffers), "2014-01-01")
    suspended = plan("b-2", 0, 1000, of=buffers)
    enact(desk, suspended, "2015-01-01")
    desk.do("suspend", suspended.instrument, "2016-01-01", scope=strip(0, 500))
    for n in range(23):
        parcel((n * 20, 0, n * 20 + 20, 30))
    for number, shape in enumerate((strip(0, 500), strip(500, 1000)), start=1):
        _district(number, shape)


def _district(number: int, shape: MultiPolygon) -> None:
    names = {"name_fa": f"منطقهٔ {number}", "name_en": f"District {number}"}
    District.objects.create(number=number, geom=shape, geom_web=web(shape), **names)


COUNTS = {
    # the zones of hc-1 that hc-2 does not hide wholly, and those of hc-2
    "height_code": """SELECT count(*) FROM gis_layers_feature f JOIN gis_layers_edition e ON e.id = f.edition_id
                      JOIN legal_instrument i ON i.id = e.instrument_id
                      WHERE i.code = 'hc-2' OR (i.code = 'hc-1' AND NOT ST_Covers(
                        (SELECT o.coverage FROM gis_layers_edition o JOIN legal_instrument j ON j.id = o.instrument_id
                          WHERE j.code = 'hc-2'), f.geom))""",
    "height_code-pending": "SELECT 1",
    "buffers": "SELECT 3",
    "buffers-pending": "SELECT 1",
    "parcels": "SELECT count(*) FROM cadastre_parcel",
    "districts": "SELECT count(*) FROM cadastre_district",
}


def counted(collection: str) -> int:
    """How many items the collection must have today."""
    with connection.cursor() as cursor:
        cursor.execute(COUNTS[collection])
        return int(cursor.fetchone()[0])
