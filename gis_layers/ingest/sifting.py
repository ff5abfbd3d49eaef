"""All rows of a layer judged: what may be taken in, what is quarantined and why."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from gis_layers import crs as frames
from gis_layers.ingest import georef, shapes
from gis_layers.ingest.overlaps import clashes
from gis_layers.ingest.progress import SILENT, Progress, Step
from gis_layers.ingest.reading import Rows
from gis_layers.ingest.reasons import Reason, Refusal, refusal
from gis_layers.ingest.shapes import Sound
from gis_layers.ingest.values import FieldMap, Values, records, values_of
from gis_layers.models import Theme, ThemeKind

if TYPE_CHECKING:
    import pyproj


_PORTION = 5_000


@dataclass(frozen=True, slots=True)
class Sifted:
    """Index → verdict; every index of `records` is in exactly one of `sound` and `refused`."""

    records: tuple[Mapping[str, Any], ...]
    sound: Mapping[int, tuple[Sound, Values]]
    refused: Mapping[int, Refusal]


def sift(
    rows: Rows, *, fields: FieldMap, crs: "pyproj.CRS", theme: Theme, called: str, progress: Progress = SILENT
) -> Sifted:
    """Judge shape and values of every row, then rows against each other. Raises IntakeError if none is in the city."""
    originals = shapes.parse(rows.wkb)
    moved = georef.to_city(originals, crs, called=called)
    georef.require_some_inside(originals, moved, crs, called=called)
    said = tuple(records(rows))
    sound: dict[int, tuple[Sound, Values]] = {}
    refused: dict[int, Refusal] = {}
    for i, verdict in enumerate(_verdicts(rows, originals, moved, progress)):
        values = values_of(said[i], fields)
        if isinstance(verdict, Refusal):
            refused[i] = verdict
        elif isinstance(values, Refusal):
            refused[i] = Refusal(values.reason, values.text, verdict.shape)
        else:
            sound[i] = (verdict, values)
    if theme.kind == ThemeKind.PARTITION:
        _take_out_clashes(sound, refused, theme, first=rows.first, progress=progress)
    return Sifted(records=said, sound=sound, refused=refused)


def _verdicts(rows: Rows, originals: Any, moved: Any, progress: Progress) -> Iterator[Sound | Refusal]:
    bounds = frames.city_bounds().buffer(1.0)
    for start in range(0, len(rows), _PORTION):
        progress.at(Step.JUDGING, start / len(rows))
        part = slice(start, start + _PORTION)
        curved = {i - start for i in rows.curved if start <= i < start + _PORTION}
        yield from shapes.judge_all(originals[part], moved[part], wkb=rows.wkb[part], curved=curved, bounds=bounds)


def _take_out_clashes(
    sound: dict[int, tuple[Sound, Values]],
    refused: dict[int, Refusal],
    theme: Theme,
    *,
    first: int,
    progress: Progress,
) -> None:
    """Both sides of an overlap go: which of them is right is not for intake to guess."""
    indexes = list(sound)
    found = clashes(
        np.array([sound[i][0].shape for i in indexes], dtype=object),
        tolerance_m2=theme.tolerance_m2,
        tolerance_share=theme.tolerance_share,
        progress=progress,
    )
    for place, (other, area) in found.items():
        shape = sound.pop(indexes[place])[0].shape
        refused[indexes[place]] = refusal(
            Reason.OVERLAP, footprint=shape, other=indexes[other] + first, area=f"{area:.2f}"
        )
