"""The rows that were kept out, as a GeoPackage that a planner can open, mend and send back."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from pyogrio import raw

from apps.common.errors import NotFoundError
from gis_layers import crs as frames
from gis_layers.ingest.reasons import Reason
from gis_layers.models import Edition, Quarantined

LAYER = "quarantined"
OURS = ("q_row", "q_reason", "q_why_fa", "q_why_en")
"""Columns beside those of the file: its row, the code of the reason, the reason in both languages."""


def export(edition: Edition, into: Path, *, crs: str) -> int:
    """Write the file; returns the number of rows. Shapes as they came, in the source's own CRS (`crs`: code or WKT).

    A shape that nothing can read stays empty. Raises NotFoundError when nothing was kept out.
    """
    bad = list(Quarantined.objects.filter(edition=edition).order_by("source_row"))
    if not bad:
        raise NotFoundError(fa="هیچ ردیفی کنار گذاشته نشده است.", en="No row was kept out.")
    columns = dict(_columns(bad))
    frame = frames.parse_crs(crs)
    values, blanks = zip(*columns.values(), strict=True)
    raw.write(
        into,
        geometry=np.array([_shape(row) for row in bad], dtype=object),
        field_data=list(values),
        field_mask=list(blanks),
        fields=np.array(list(columns), dtype=object),
        layer=LAYER,
        driver="GPKG",
        geometry_type="Unknown",
        crs=frame.to_wkt() if frame else None,
    )
    return len(bad)


def _shape(row: Quarantined) -> bytes | None:
    """The original, where the writer can read it: arcs it can, broken rings it cannot."""
    if row.original_wkb is None:
        return None
    wkb = bytes(row.original_wkb)
    readable = row.reason == Reason.CURVED or shapely.from_wkb(wkb, on_invalid="ignore") is not None
    return wkb if readable else None


def _columns(bad: Sequence[Quarantined]) -> Iterator[tuple[str, tuple[Any, Any]]]:
    yield OURS[0], _column([row.source_row for row in bad])
    yield OURS[1], _column([row.reason for row in bad])
    yield OURS[2], _column([row.message_fa for row in bad])
    yield OURS[3], _column([row.message_en for row in bad])
    taken = {"fid", "geom", *OURS}
    for name in dict.fromkeys(key for row in bad for key in row.row):
        if name in OURS:  # the file came from here before: its old reasons are not its own
            continue
        free = name if name.lower() not in taken else f"{name}_{len(taken)}"  # capitals alone do not tell columns apart
        taken.add(free.lower())
        yield free, _column([_plain(row.row).get(name) for row in bad])


def _plain(row: Mapping[str, Any]) -> Mapping[str, Any]:
    return {name: value if isinstance(value, str | int | float | bool) else None for name, value in row.items()}


def _column(values: Sequence[Any]) -> tuple[Any, Any]:
    """The values as one kind of number or as text, and which of them are blank."""
    blank = np.array([value is None for value in values], dtype=bool)
    kinds = {type(value) for value in values if value is not None}
    if kinds and kinds <= {int} and all(abs(value) < 2**63 for value in values if value is not None):
        return np.array([0 if v is None else v for v in values], dtype=np.int64), blank
    if kinds and kinds <= {int, float}:
        return np.array([0.0 if v is None else float(v) for v in values], dtype=np.float64), blank
    return np.array(["" if v is None else str(v) for v in values], dtype=object), blank
