"""Shapes that were drawn or computed here become an edition by the very same intake as a file from outside."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import shapely

from apps.legal.models import Instrument
from gis_layers import crs as frames
from gis_layers.ingest.coverage import Coverage
from gis_layers.ingest.intake import take_in_file
from gis_layers.ingest.report import IntakeReport
from gis_layers.models import Theme

_FIELDS = ("code", "label_fa", "label_en")


@dataclass(frozen=True, slots=True)
class Drawn:
    """One shape: code, labels, WKB of a (multi)polygon in the city's CRS."""

    code: str
    label_fa: str
    label_en: str
    wkb: bytes


def take_in_drawn(*, name: str, theme: Theme, instrument: Instrument, shapes: Sequence[Drawn]) -> IntakeReport:
    """An edition that speaks where its shapes lie. `name`: what stands for the file. Raises as `take_in`."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"{name}.gpkg"
        _write(path, shapes)
        return take_in_file(
            path=path,
            theme=theme,
            instrument=instrument,
            mapping={field: field for field in _FIELDS},
            coverage=Coverage(of_features=True),
            layer="features",
            crs=None,
            encoding=None,
            dry_run=False,
            limits=None,
        )


def _write(path: Path, shapes: Sequence[Drawn]) -> None:
    import pyogrio.raw

    columns = [np.array([getattr(s, field) for s in shapes], dtype=object) for field in _FIELDS]
    pyogrio.raw.write(
        path,
        np.array([shapely.to_wkb(shapely.from_wkb(s.wkb)) for s in shapes], dtype=object),
        columns,
        fields=list(_FIELDS),
        layer="features",
        driver="GPKG",
        geometry_type="MultiPolygon",
        crs=frames.name_of(frames.city_crs()),
    )
