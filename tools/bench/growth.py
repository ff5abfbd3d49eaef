"""From a few editions in the database to 300: history must not slow today's answers down."""

from typing import Any

from tools.bench import act, extract
from tools.bench.report import Row
from tools.bench.web import Web

EDITIONS = 300
_HALF_M = 150.0


def measure(web: Web, codes: list[str], *, before: extract.Speeds, seconds: float) -> list[Row]:
    """Adds small editions that were law once and are repealed, then asks the same extracts again."""
    from apps.extracts.overlays import compute_overlays
    from gis_layers.models import Edition

    standing = Edition.objects.count()
    added = [_repealed_edition(number) for number in range(standing, EDITIONS)]
    compute_overlays(edition_ids=added)
    after = extract.speeds(web, codes, seconds=seconds)
    slower = (before.composed / before.hello) / (after.composed / after.hello)
    what = f"extract composed with {standing} editions / with {standing + len(added)}, each over hello"
    return [Row(what, f"{after.composed:,.0f} /s", slower, 1.2, 1.5, less=True)]


def _repealed_edition(number: int) -> int:
    """A square of four zones around some parcel: approved, promulgated, repealed."""
    from django.contrib.gis.geos import MultiPolygon, Polygon

    from apps.cadastre.models import ParcelVersion
    from apps.common.clock import now
    from apps.legal.acts import ActKind
    from apps.legal.models import InstrumentKind
    from apps.legal.services import register_instrument
    from gis_layers.models import Edition, IntakeState, Theme, ThemeKind

    newest = ParcelVersion.objects.order_by("-pk").values_list("pk", flat=True)[0]
    place: Any = ParcelVersion.objects.filter(pk__gte=number * newest // EDITIONS).order_by("pk")[:1].get().geom
    x, y = place.centroid.coords
    srid = place.srid

    def square(x0: float, y0: float, x1: float, y1: float) -> MultiPolygon:
        return MultiPolygon(Polygon.from_bbox((x + x0, y + y0, x + x1, y + y1)), srid=srid)

    code = f"bench-{number}"
    instrument = register_instrument(code=code, kind=InstrumentKind.EDITION, title_fa=f"ساختگی {number}", title_en=code)
    made = Edition.objects.create(
        theme=Theme.objects.filter(kind=ThemeKind.PARTITION)[0],
        instrument=instrument,
        coverage=square(-_HALF_M, -_HALF_M, _HALF_M, _HALF_M),
        file_name="bench",
        checksum=code,
        state=IntakeState.TAKEN_IN,
        taken_in_at=now(),
        feature_count=4,
    )
    corners = [(-_HALF_M, -_HALF_M), (0.0, -_HALF_M), (-_HALF_M, 0.0), (0.0, 0.0)]
    for row, (x0, y0) in enumerate(corners, start=1):
        geom = square(x0, y0, x0 + _HALF_M, y0 + _HALF_M)
        web_geom: Any = geom.transform(3857, clone=True)
        made.features.create(source_row=row, code=f"B{row}", geom=geom, geom_web=web_geom)
    for kind in (ActKind.APPROVE, ActKind.PROMULGATE, ActKind.REPEAL):
        act.record(instrument, kind)
    return int(made.pk)
