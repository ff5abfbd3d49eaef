"""Where a layer speaks, as the planner chose it and as the intake asks for it."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django.contrib.gis.db.models import Union
from django.contrib.gis.geos import GEOSGeometry, MultiPolygon, Polygon

from apps.cadastre.models import District
from apps.common.errors import BadInputError
from apps.desk.intake_files import coverage_file
from apps.desk.models import IntakeRun

if TYPE_CHECKING:
    from gis_layers.ingest.coverage import Coverage

KINDS = ("features", "layer", "file", "edition", "district")


def choice(kind: str, *, layer: str = "", edition: str = "", districts: Sequence[int] = ()) -> dict[str, Any]:
    """What is stored of the choice. Raises BadInputError for silence: the place is never guessed."""
    said: dict[str, Any] = {"kind": kind}
    needed = {"layer": layer, "edition": edition, "district": sorted(districts)}
    if kind in needed:
        said[kind] = needed[kind]
    if kind not in KINDS or (kind in needed and not needed[kind]):
        raise BadInputError(
            fa="بگویید این لایه کجا سخن می‌گوید: جای عوارض، لایه‌ای از همین پرونده، پرونده‌ای دیگر، محدودهٔ نسخهٔ جاری یا "
            "منطقه.",
            en="Say where this layer speaks: where its features lie, a layer of the same file, another file, as the "
            "edition in force, or a district.",
            field="coverage",
        )
    return said


def coverage_of(run: IntakeRun) -> "Coverage":
    """The choice of a run for the intake. Raises IntakeError or BadInputError when what it names is gone."""
    from gis_layers.ingest.coverage import Coverage

    said: Mapping[str, Any] = run.coverage
    if said["kind"] == "features":
        return Coverage(of_features=True)
    if said["kind"] == "layer":
        return Coverage(layer=said["layer"])
    if said["kind"] == "edition":
        return Coverage(edition=said["edition"])
    if said["kind"] == "district":
        return Coverage(polygon=ground_of(said["district"])[0])
    return Coverage(path=coverage_file(run))


def ground_of(numbers: Sequence[int]) -> tuple[bytes, bool]:
    """The districts as one MultiPolygon (WKB, city CRS), and whether any is approximate. Raises BadInputError."""
    found = District.objects.filter(number__in=list(numbers))
    known = dict(found.values_list("number", "approximate"))
    missing = sorted(set(numbers) - set(known))
    if missing or not known:
        told = ", ".join(map(str, missing)) or "-"
        raise BadInputError(
            fa=f"منطقهٔ {told} شناخته نیست.", en=f"District {told} is not known.", field="coverage", districts=missing
        )
    return bytes(_multi(found.aggregate(all=Union("geom"))["all"]).wkb), any(known.values())


def _multi(shape: GEOSGeometry) -> GEOSGeometry:
    return MultiPolygon(shape, srid=shape.srid) if isinstance(shape, Polygon) else shape
