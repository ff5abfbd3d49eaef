"""The place where an edition speaks: given with it, never guessed."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import shapely

from apps.common.errors import BadInputError, IntakeError
from gis_layers import crs as frames
from gis_layers.ingest import georef, shapes
from gis_layers.ingest.archive import ZipLimits
from gis_layers.ingest.formats import Source, open_source
from gis_layers.ingest.reading import describe, read_rows
from gis_layers.ingest.reasons import Refusal
from gis_layers.models import Edition, IntakeState


@dataclass(frozen=True, slots=True)
class Coverage:
    """Exactly one of: a file (with a layer, if it holds several), a layer of the edition's own file, the place where
    another edition speaks, a polygon, or the explicit word that the edition speaks only where its features lie.

    `edition`: code of the other edition's instrument; `polygon`: WKB in the city's CRS; `without_place`: codes whose
    rows have no shape in the source and are known to bind nowhere.
    """

    path: Path | None = None
    layer: str | None = None
    of_features: bool = False
    without_place: tuple[str, ...] = ()
    edition: str | None = None
    polygon: bytes | None = None

    def __post_init__(self) -> None:
        """Refuse silence and contradiction."""
        of_file = self.path is not None or self.layer is not None
        if [of_file, self.of_features, self.edition is not None, self.polygon is not None].count(True) != 1:
            raise BadInputError(
                fa="بگویید این لایه کجا سخن می‌گوید: پروندهٔ محدوده (--coverage)، لایهٔ محدوده (--coverage-layer)، "
                "یا اگر تنها جای خود عوارض است --coverage-is-extent-of-features.",
                en="Say where this layer speaks: a file (--coverage), a layer (--coverage-layer), or, "
                "if only where its features lie, --coverage-is-extent-of-features.",
            )


def read_coverage(coverage: Coverage, *, beside: Source, given_crs: str | None, limits: ZipLimits | None) -> Any:
    """The union of the coverage's polygons in the city's CRS. Raises IntakeError naming the row that is wrong."""
    if coverage.edition is not None:
        return _of_edition(coverage.edition)
    if coverage.polygon is not None:
        return shapely.from_wkb(coverage.polygon)
    if coverage.path is None:
        return _union(beside, layer=coverage.layer, given_crs=given_crs)
    with open_source(coverage.path, layer=coverage.layer, limits=limits) as source:
        return _union(source, layer=coverage.layer, given_crs=None)


def _union(source: Source, *, layer: str | None, given_crs: str | None) -> Any:
    described = describe(source, layer=layer, encoding="iso-8859-1")  # its text is not used; every byte decodes
    rows = read_rows(described)
    crs = georef.resolve(described.crs, given=None if described.crs else given_crs, called=source.name)
    originals = shapes.parse(rows.wkb)
    moved = georef.to_city(originals, crs, called=source.name)
    georef.require_some_inside(originals, moved, crs, called=source.name)
    everywhere = frames.city_bounds().buffer(1e6)  # a coverage may be the whole province
    polygons = []
    verdicts = shapes.judge_all(originals, moved, wkb=rows.wkb, curved=rows.curved, bounds=everywhere)
    for number, verdict in enumerate(verdicts, start=1):
        if isinstance(verdict, Refusal):
            raise _refused(source.name, described.name, row=number, why=verdict)
        polygons.append(verdict.shape)
    if not polygons:
        raise _empty(source.name, described.name)
    return shapely.union_all(polygons)


def _of_edition(code: str) -> Any:
    """As that edition speaks: where rows of its own were quarantined it is silent, and so will this one be."""
    edition = Edition.objects.filter(instrument__code=code, state=IntakeState.TAKEN_IN).first()
    if edition is None:
        raise IntakeError(
            fa=f"ویرایشی با سند «{code}» نیست تا محدودهٔ آن به کار رود. محدوده را با پرونده یا لایه بدهید.",
            en=f"There is no edition “{code}” whose coverage could be used. Give the coverage as a file or a layer.",
            edition=code,
        )
    return shapely.from_wkb(bytes(edition.coverage.wkb))


def _refused(called: str, layer: str, *, row: int, why: Refusal) -> IntakeError:
    return IntakeError(
        fa=f"محدودهٔ پوشش ({called}، لایهٔ {layer}، ردیف {row}): {why.text.fa}",
        en=f"The coverage ({called}, layer {layer}, row {row}): {why.text.en}",
        file=called,
        layer=layer,
        row=row,
        reason=why.reason.value,
    )


def _empty(called: str, layer: str) -> IntakeError:
    return IntakeError(
        fa=f"محدودهٔ پوشش خالی است ({called}، لایهٔ {layer}). محدوده‌ای را که لایه در آن سخن می‌گوید بکشید.",
        en=f"The coverage is empty ({called}, layer {layer}). Draw the area in which the layer speaks.",
        file=called,
        layer=layer,
    )
