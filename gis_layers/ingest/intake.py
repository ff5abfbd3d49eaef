"""One file becomes one edition: read, judge, store, all or nothing."""

from collections.abc import Mapping
from pathlib import Path

import shapely

from apps.common.errors import IntakeError
from apps.legal.models import Instrument
from gis_layers import crs as frames
from gis_layers.ingest import georef
from gis_layers.ingest.archive import ZipLimits
from gis_layers.ingest.checksums import digest_of
from gis_layers.ingest.coverage import Coverage, read_coverage
from gis_layers.ingest.formats import open_source
from gis_layers.ingest.placeless import settle_placeless
from gis_layers.ingest.progress import SILENT, Progress, Step
from gis_layers.ingest.reading import Layer, describe, read_rows, require_fields
from gis_layers.ingest.report import IntakeReport
from gis_layers.ingest.sifting import sift
from gis_layers.ingest.storing import Read, standing_report, store
from gis_layers.ingest.values import field_map
from gis_layers.models import Theme


def take_in_file(
    *,
    path: Path,
    theme: Theme,
    instrument: Instrument,
    mapping: Mapping[str, str],
    coverage: Coverage,
    layer: str | None,
    crs: str | None,
    encoding: str | None,
    dry_run: bool,
    limits: ZipLimits | None,
    progress: Progress = SILENT,
) -> IntakeReport:
    """See gis_layers.services.take_in."""
    fields = field_map(mapping)
    progress.at(Step.OPENING)
    with open_source(path, layer=layer, limits=limits) as source:
        checksum = digest_of(
            path, theme=theme.code, mapping=mapping, layer=layer, coverage=coverage, crs=crs, encoding=encoding
        )
        standing = standing_report(instrument, checksum)
        if standing is not None:
            return standing
        besides = [coverage.layer] if coverage.layer and coverage.path is None else []
        described = describe(source, layer=layer, besides=besides, encoding=encoding)
        require_fields(described, fields.fields)
        progress.at(Step.READING)
        rows = read_rows(described)
        if not len(rows):
            raise _empty(described)
        frame = georef.resolve(described.crs, given=crs, called=source.name)
        sifted = sift(rows, fields=fields, crs=frame, theme=theme, called=source.name, progress=progress)
        sifted = settle_placeless(sifted, coverage, field=fields.code, called=source.name, first=rows.first)
        progress.at(Step.COVERAGE)
        speaks = (
            shapely.union_all([sound.shape for sound, _ in sifted.sound.values()])
            if coverage.of_features
            else read_coverage(coverage, beside=source, given_crs=crs, limits=limits)
        )
    progress.at(Step.STORING)
    read = Read(described, frames.name_of(frame), sifted, speaks, rows.curved, rows.wkb)
    return store(read, theme=theme, instrument=instrument, checksum=checksum, dry_run=dry_run, progress=progress)


def _empty(layer: Layer) -> IntakeError:
    return IntakeError(
        fa=f"لایهٔ {layer.name} در {layer.source.name} هیچ ردیفی ندارد. "
        "لایهٔ درست را با --layer نام ببرید یا آن را پر کنید.",
        en=f"Layer {layer.name} of {layer.source.name} has no rows. Name the right one with --layer, or fill it.",
        file=layer.source.name,
        layer=layer.name,
    )
