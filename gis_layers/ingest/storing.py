"""What was read and judged becomes an edition, its features and its quarantine, in one transaction."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, cast

import numpy as np
import shapely
from django.contrib.gis.geos import GEOSGeometry, MultiPolygon
from django.db import transaction

from apps.common.clock import now
from apps.common.errors import ConflictError, IntakeError
from apps.common.events import publish
from apps.legal.models import Instrument
from gis_layers import crs as frames
from gis_layers import postgis_copy
from gis_layers.events import EditionTakenIn
from gis_layers.ingest import shapes
from gis_layers.ingest.progress import SILENT, Progress, Step
from gis_layers.ingest.reading import Layer
from gis_layers.ingest.reasons import Reason, Refusal, refusal
from gis_layers.ingest.report import IntakeReport, Kept
from gis_layers.ingest.sifting import Sifted
from gis_layers.models import Edition, IntakeState, Quarantined, Theme
from gis_layers.postgis_copy import FeatureRow

_PORTION = 5_000
_STAGED, _MOVED = 0.4, 0.9
"""How much of storing is done once the rows are staged, and once they have become features."""


@dataclass(frozen=True, slots=True)
class Read:
    """Everything known of a file before the database is touched."""

    layer: Layer
    crs: str
    sifted: Sifted
    coverage: Any
    curved: Mapping[int, str]
    wkb: Any


@transaction.atomic
def store(
    read: Read,
    *,
    theme: Theme,
    instrument: Instrument,
    checksum: str,
    dry_run: bool,
    progress: Progress = SILENT,
) -> IntakeReport:
    """Write the edition; what PostGIS calls invalid joins the quarantine. Raises IntakeError, ConflictError."""
    Instrument.objects.select_for_update().get(pk=instrument.pk)
    standing = standing_report(instrument, checksum)
    if standing is not None:
        return standing
    refused = dict(read.sifted.refused)
    for bad in postgis_copy.stage_features(_feature_rows(read, progress)):
        refused[bad.source_row - 1] = refusal(Reason.INVALID, footprint=shapely.from_wkb(bad.hull), why=bad.why)
    edition = Edition(theme=theme, instrument=instrument, checksum=checksum)
    _describe(edition, read, refused)
    edition.save()
    edition.feature_count = postgis_copy.move_staged(edition_id=edition.pk)
    edition.save(update_fields=["feature_count"])
    progress.at(Step.STORING, _MOVED)
    Quarantined.objects.bulk_create(_quarantine(read, refused, edition), batch_size=1000)
    publish(EditionTakenIn(edition_id=edition.pk))
    if dry_run:
        transaction.set_rollback(True)
    return _report(read, edition, refused, dry_run=dry_run)


def _describe(edition: Edition, read: Read, refused: Mapping[int, Refusal]) -> None:
    """Everything an edition says of itself but the count of its features."""
    footprints = [shapely.to_wkb(r.footprint) for r in refused.values() if r.footprint is not None]
    speaks = postgis_copy.coverage_without(shapely.to_wkb(read.coverage), footprints)
    if shapely.from_wkb(speaks).is_empty:
        raise _speaks_nowhere(read.layer)
    taken = {i: sound for i, (sound, _) in read.sifted.sound.items() if i not in refused}
    edition.coverage = _geos(speaks)
    edition.file_name = read.layer.source.name[:200]
    edition.source_crs = read.crs[:200]
    edition.state = IntakeState.TAKEN_IN
    edition.quarantined_count = len(refused)
    edition.unplaced = sum(r.footprint is None and r.reason != Reason.PLACELESS for r in refused.values())
    edition.repairs = shapes.count_mended(taken)
    edition.taken_in_at = now()


def _feature_rows(read: Read, progress: Progress) -> Iterator[FeatureRow]:
    for done, (index, (sound, values)) in enumerate(sorted(read.sifted.sound.items(), key=_by_index)):
        if done % _PORTION == 0:
            progress.at(Step.STORING, _STAGED * done / len(read.sifted.sound))
        yield FeatureRow(
            source_row=index + 1,
            code=values.code,
            label_fa=values.label_fa,
            label_en=values.label_en,
            attributes=dict(values.attributes),
            wkb=shapely.to_wkb(sound.shape),
        )


def _by_index(item: tuple[int, object]) -> int:
    return item[0]


def _quarantine(read: Read, refused: Mapping[int, Refusal], edition: Edition) -> list[Quarantined]:
    arcs = [index for index in sorted(refused) if index in read.curved]
    as_they_were = dict(zip(arcs, postgis_copy.wkb_of_wkt([read.curved[i] for i in arcs]), strict=True))
    return [
        Quarantined(
            edition=edition,
            source_row=index + 1,
            reason=why.reason.value,
            message_fa=why.text.fa,
            message_en=why.text.en,
            original_wkb=as_they_were.get(index, read.wkb[index]),
            row=dict(read.sifted.records[index]),
            footprint=None if why.footprint is None else _geos(shapely.to_wkb(shapes.as_multi(why.footprint))),
        )
        for index, why in sorted(refused.items())
    ]


def _report(read: Read, edition: Edition, refused: Mapping[int, Refusal], *, dry_run: bool) -> IntakeReport:
    kept = [Kept(i + 1, r.reason.value, r.text, r.footprint is not None) for i, r in sorted(refused.items())]
    return IntakeReport(
        instrument=edition.instrument.code,
        theme=edition.theme.code,
        file=read.layer.source.name,
        layer=read.layer.name,
        crs=read.crs,
        features=edition.feature_count,
        quarantined=tuple(kept),
        unplaced=edition.unplaced,
        coverage_m2=float(edition.coverage.area),
        mended=dict(edition.repairs),
        beyond=_beyond(read, edition.theme.tolerance_m2),
        dry_run=dry_run,
        edition_id=None if dry_run else edition.pk,
    )


def _beyond(read: Read, tolerance_m2: float) -> tuple[int, ...]:
    shapely.prepare(read.coverage)
    indexes = np.array(sorted(read.sifted.sound), dtype=int)
    drawn = np.array([read.sifted.sound[i][0].shape for i in indexes], dtype=object)
    out = ~shapely.covers(read.coverage, drawn)
    far = shapely.area(shapely.difference(drawn[out], read.coverage)) >= tolerance_m2
    return tuple(int(i) + 1 for i in indexes[out][far])


def standing_report(instrument: Instrument, checksum: str) -> IntakeReport | None:
    """A report when this very file stands already. Raises ConflictError when another one does."""
    edition = Edition.objects.defer("coverage").filter(instrument=instrument).select_related("theme").first()
    if edition is None:
        return None
    if edition.checksum != checksum:
        raise ConflictError(
            fa=f"سند {instrument.code} از پیش ویرایشی دارد ({edition.file_name}) و ویرایش‌ها تغییر نمی‌کنند. "
            "برای لایهٔ بازنگری‌شده سند تازه‌ای ثبت کنید.",
            en=f"Instrument {instrument.code} has an edition already ({edition.file_name}), and editions never change. "
            "Register a new instrument for the revised layer.",
            instrument=instrument.code,
            file=edition.file_name,
        )
    return IntakeReport(
        instrument=instrument.code,
        theme=edition.theme.code,
        file=edition.file_name,
        layer="",
        crs=edition.source_crs,
        features=edition.feature_count,
        quarantined=(),
        unplaced=edition.unplaced,
        coverage_m2=0.0,
        already=True,
        edition_id=edition.pk,
    )


def _geos(wkb: bytes) -> MultiPolygon:
    return cast(MultiPolygon, GEOSGeometry(memoryview(wkb), srid=frames.city_srid()))


def _speaks_nowhere(layer: Layer) -> IntakeError:
    return IntakeError(
        fa=f"از محدودهٔ پوشش {layer.source.name} پس از کنار گذاشتن ردیف‌های نادرست چیزی نمی‌ماند. "
        "نخست آن ردیف‌ها را اصلاح کنید.",
        en=f"Nothing is left of the coverage of {layer.source.name} once the quarantined rows are taken out. "
        "Correct those rows first.",
        file=layer.source.name,
        layer=layer.name,
    )
