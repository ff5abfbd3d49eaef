"""Looking into a run's file, and taking home what was kept out of it. Nothing is changed here."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from apps.common.errors import NotFoundError
from apps.desk import intake_files
from apps.desk.models import IntakeRun

if TYPE_CHECKING:
    from gis_layers.ingest.archive import ZipLimits
    from gis_layers.ingest.preview import LayerLook


def look_into(run: IntakeRun) -> "tuple[LayerLook, ...]":
    """The layers of the run's file, as they read with what has been said of CRS and encoding. Raises IntakeError."""
    from gis_layers.services import look_into as look

    return look(
        intake_files.layer_file(run), crs=run.crs or None, encoding=run.encoding or None, limits=_while_you_wait()
    )


def picture_of(run: IntakeRun, *, layer: str) -> dict[str, Any]:
    """The first shapes of a layer of the run's file, GeoJSON in WGS 84. Raises IntakeError."""
    from gis_layers.services import picture_of as picture

    return picture(
        intake_files.layer_file(run),
        layer=layer,
        crs=run.crs or None,
        encoding=run.encoding or None,
        limits=_while_you_wait(),
    )


def _while_you_wait() -> "ZipLimits":
    """A look is taken in a web process, so a zip may not unpack there to what a worker takes."""
    from gis_layers.ingest.archive import MIB, ZipLimits

    return ZipLimits(max_bytes=1024 * MIB, max_files=200)


def export_bad_rows(run: IntakeRun, *, into: Path) -> int:
    """Write the rows of the run's edition that were kept out; returns how many.

    Raises NotFoundError when there are none, or the edition no longer stands.
    """
    from gis_layers.services import export_quarantine

    if run.edition is None:
        raise NotFoundError(
            fa="این نسخه کنار گذاشته شده و نسخهٔ تازه‌ای جای آن را گرفته است.",
            en="This edition was discarded, and a newer one took its place.",
        )
    crs = (run.report.get("crs") or {}).get("wkt") or run.edition.source_crs
    return export_quarantine(edition=run.edition, into=into, crs=crs)
