"""Where an act works: its scope, else the coverage of its layer. Boxes and centres in WGS 84, areas in m²."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.gis.db.models.functions import Area, Envelope, Transform
from django.contrib.gis.geos import GEOSGeometry

from apps.legal.models import LegalAct
from gis_layers.models import Edition

_WGS84 = 4326
_DRAWN_M = 1.0
_MOST_POINTS = 20_000


@dataclass(frozen=True, slots=True)
class Place:
    """`bbox`: west, south, east, north; None = wherever its zones lie (a rulebook). `scoped`: only a part."""

    scoped: bool
    bbox: tuple[float, float, float, float] | None
    area_m2: float | None

    @property
    def centre(self) -> tuple[float, float] | None:
        """Longitude and latitude of the middle of the box."""
        if self.bbox is None:
            return None
        west, south, east, north = self.bbox
        return round((west + east) / 2, 6), round((south + north) / 2, 6)


def places_of(acts: Sequence[int]) -> dict[int, Place]:
    """By act id; two queries, and no shape but boxes leaves the database."""
    scoped = LegalAct.objects.filter(pk__in=acts, scope__isnull=False)
    boxes = scoped.annotate(box=Transform(Envelope("scope"), _WGS84), m2=Area("scope"))
    found = {pk: _place(box, m2.sq_m, scoped=True) for pk, box, m2 in boxes.values_list("pk", "box", "m2")}
    whole = dict(LegalAct.objects.filter(pk__in=set(acts) - found.keys()).values_list("pk", "instrument"))
    editions = Edition.objects.filter(instrument__in=set(whole.values()))
    covers = editions.annotate(box=Transform(Envelope("coverage"), _WGS84), m2=Area("coverage"))
    by_instrument = {
        instrument: _place(box, m2.sq_m, scoped=False)
        for instrument, box, m2 in covers.values_list("instrument", "box", "m2")
    }
    nowhere = Place(scoped=False, bbox=None, area_m2=None)
    return found | {pk: by_instrument.get(instrument, nowhere) for pk, instrument in whole.items()}


def shape_of(act: int) -> GEOSGeometry | None:
    """The place of an act for drawing, WGS 84, simplified to a metre; None where it has none or it is too fine."""
    row = LegalAct.objects.filter(pk=act).values_list("scope", "instrument").first()
    if row is None:
        return None
    scope, instrument = row
    shape = scope or Edition.objects.filter(instrument=instrument).values_list("coverage", flat=True).first()
    if shape is None or shape.empty:
        return None
    drawn = shape.simplify(_DRAWN_M, preserve_topology=True)
    return None if drawn.num_coords > _MOST_POINTS else drawn.transform(_WGS84, clone=True)


def _place(box: GEOSGeometry | None, m2: float, *, scoped: bool) -> Place:
    extent = None if box is None or box.empty else box.extent
    rounded = None if extent is None else tuple(round(v, 6) for v in extent)
    return Place(scoped=scoped, bbox=rounded, area_m2=round(m2, 1))  # type: ignore[arg-type] # four numbers
