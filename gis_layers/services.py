"""The write doors of this room: themes, editions, map furniture."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.db import transaction

from apps.common.errors import IntakeError, NotFoundError
from apps.common.text import Text
from apps.legal.models import Instrument, InstrumentKind
from gis_layers.models import Edition, Theme, ThemeKind

if TYPE_CHECKING:
    from gis_layers.ingest.archive import ZipLimits
    from gis_layers.ingest.coverage import Coverage
    from gis_layers.ingest.preview import LayerLook
    from gis_layers.ingest.progress import Progress
    from gis_layers.ingest.report import IntakeReport


def take_in(
    *,
    path: Path,
    theme: str,
    instrument: str,
    mapping: Mapping[str, str],
    coverage: "Coverage",
    layer: str | None = None,
    crs: str | None = None,
    encoding: str | None = None,
    dry_run: bool = False,
    limits: "ZipLimits | None" = None,
    progress: "Progress | None" = None,
) -> "IntakeReport":
    """Take a file (GeoPackage, Shapefile, GeoJSON, FileGDB, also zipped) in as the edition of an instrument.

    `mapping`: code, label_fa, label_en and attribute names → fields of the file; `crs` and `encoding` only where the
    file is silent. All or nothing. The same file again is reported as already taken in. Raises IntakeError (file,
    row, field, what to do) and ConflictError (the instrument has another edition). Publishes EditionTakenIn.
    `progress` is told between steps and may stop the intake by raising IntakeCancelled.
    """
    from gis_layers.ingest.intake import take_in_file
    from gis_layers.ingest.progress import SILENT

    return take_in_file(
        path=path,
        theme=_theme(theme),
        instrument=_instrument(instrument),
        mapping=mapping,
        coverage=coverage,
        layer=layer,
        crs=crs,
        encoding=encoding,
        dry_run=dry_run,
        limits=limits,
        progress=progress or SILENT,
    )


def take_in_drawn(
    *, name: str, theme: Theme, instrument: Instrument, places: Sequence[tuple[str, Text, bytes]]
) -> "IntakeReport":
    """Shapes drawn here (code, label, WKB in the city's CRS) as an edition that speaks where they lie; as `take_in`."""
    from gis_layers.ingest.drawn import Drawn, take_in_drawn

    shapes = [Drawn(code, label.fa, label.en, wkb) for code, label, wkb in places]
    return take_in_drawn(name=name, theme=theme, instrument=instrument, shapes=shapes)


@transaction.atomic
def discard_edition(*, edition_id: int) -> None:
    """Take a draft edition away with its features, quarantine and overlays; its instrument stays for the next file.

    Raises NotFoundError, and ConflictError once the instrument has an act or a draft of one. Publishes
    EditionDiscarded.
    """
    from gis_layers.ingest.discarding import discard

    edition = Edition.objects.select_related("theme").defer("coverage").filter(pk=edition_id).first()
    if edition is None:
        raise NotFoundError(
            fa="چنین ویرایشی نیست؛ شاید پیش‌تر کنار گذاشته شده است.",
            en="There is no such edition; it may have been discarded already.",
        )
    discard(edition)


def look_into(
    path: Path, *, crs: str | None = None, encoding: str | None = None, limits: "ZipLimits | None" = None
) -> "tuple[LayerLook, ...]":
    """What a file holds, before anybody says how to read it: layers, fields with samples, CRS, kinds of shapes.

    Raises IntakeError when the file is not of an accepted kind, or broken.
    """
    from gis_layers.ingest.preview import look

    return look(path, crs=crs, encoding=encoding, limits=limits)


def picture_of(
    path: Path, *, layer: str, crs: str | None = None, encoding: str | None = None, limits: "ZipLimits | None" = None
) -> dict[str, Any]:
    """The first shapes of a layer, thinned out, as a GeoJSON FeatureCollection in WGS 84. Raises IntakeError."""
    from gis_layers.ingest.preview import picture

    return picture(path, layer=layer, crs=crs, encoding=encoding, limits=limits)


def export_quarantine(*, edition: Edition, into: Path, crs: str) -> int:
    """Write the rows that were kept out as a GeoPackage in the source's CRS, with the reasons; returns how many.

    Raises NotFoundError when there are none.
    """
    from gis_layers.ingest.export_quarantine import export

    return export(edition, into, crs=crs)


@transaction.atomic
def register_theme(
    *,
    code: str,
    kind: ThemeKind,
    label: Text,
    tolerance_m2: float,
    tolerance_share: float,
    office_code: str,
    position: int = 0,
    style: Mapping[str, Any] | None = None,
) -> Theme:
    """Make a theme, or bring its labels, tolerances, office and style up to date. Its kind never changes."""
    standing = Theme.objects.select_for_update().filter(code=code).first()
    if standing is not None and standing.kind != kind:
        raise IntakeError(
            fa=f"نوع موضوع {code} ({standing.kind}) تغییر نمی‌کند: پاسخ‌های گذشته بر آن استوارند. کد تازه‌ای برگزینید.",
            en=f"The kind of theme {code} ({standing.kind}) never changes: past answers rest on it. Choose a new code.",
            theme=code,
        )
    theme = standing or Theme(code=code, kind=kind)
    theme.label_fa, theme.label_en = label.fa, label.en
    theme.tolerance_m2, theme.tolerance_share = tolerance_m2, tolerance_share
    theme.office_code, theme.position, theme.style = office_code, position, dict(style or {})
    theme.save()
    return theme


@transaction.atomic
def replace_backdrop(*, path: Path, ranks: Mapping[str, int]) -> dict[str, int]:
    """Load every layer of a file as map furniture of that kind, in place of what there was; returns rows by kind."""
    from gis_layers.ingest.backdrop import load_backdrop

    return load_backdrop(path=path, ranks=ranks)


def _theme(code: str) -> Theme:
    theme = Theme.objects.filter(code=code).first()
    if theme is None:
        known = ", ".join(Theme.objects.values_list("code", flat=True)) or "-"
        raise IntakeError(
            fa=f"موضوعی به نام «{code}» نیست. موضوع‌های موجود: {known}.",
            en=f"There is no theme “{code}”. There are: {known}.",
            theme=code,
        )
    return theme


def _instrument(code: str) -> Instrument:
    instrument = Instrument.objects.filter(code=code).first()
    if instrument is None or instrument.kind != InstrumentKind.EDITION:
        raise IntakeError(
            fa=f"سند لایه‌ای به نام «{code}» ثبت نشده است. نخست آن را ثبت کنید (با --title-fa و --title-en).",
            en=f"No layer instrument “{code}” is registered. Register it first (by --title-fa and --title-en).",
            instrument=code,
        )
    return instrument
