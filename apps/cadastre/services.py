"""The write doors of the cadastre. Every writer of parcel versions takes the cadastre lock first."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.contrib.gis.geos import MultiPolygon
from django.db import transaction

from apps.cadastre.events import ParcelVersionsAdded
from apps.cadastre.models import ParcelVersion
from apps.cadastre.sources import ParcelSource, SideSource
from apps.common.events import publish
from gis_layers.postgis_parcel_load import lock_cadastre


def _quiet(_done: int, _total: int) -> None:
    """No progress wanted."""


@dataclass(frozen=True, slots=True)
class ParcelFields:
    """What a version says of a parcel besides its shape. None = not known. Areas dm², lengths cm."""

    plate: str = ""
    address_fa: str = ""
    passage_name_fa: str = ""
    neighbourhood_fa: str = ""
    district: int | None = None
    deed_area_dm2: int | None = None
    passage_width_cm: int | None = None
    frontage_cm: int | None = None
    corner: bool | None = None
    consolidated: int | None = None
    existing_storeys: int | None = None
    existing_height_cm: int | None = None
    measured_area_dm2: int | None = None
    attributes: Mapping[str, Any] = field(default_factory=dict)


@transaction.atomic
def load_parcels(
    *,
    path: Path,
    source: ParcelSource | None = None,
    legal_from: date | None = None,
    known_from: datetime | None = None,
    progress: Callable[[int, int], None] = _quiet,
) -> int:
    """Load a file of parcels, each with one version that holds from `legal_from` on and is known since
    `known_from` (None = since ever); returns how many. All or nothing.

    `source`: how the file is read; None = it has all columns of the house. Calls progress(done, total). Raises
    IntakeError naming file, rows and field. Publishes ParcelVersionsAdded.
    """
    from apps.cadastre.loading import load_file

    lock_cadastre()
    source = source or ParcelSource()
    loaded = load_file(path=path, source=source, legal_from=legal_from, known_from=known_from, progress=progress)
    publish(ParcelVersionsAdded(chunks=loaded.chunks))
    return loaded.parcels


@transaction.atomic
def load_sides(*, path: Path, source: SideSource) -> int:
    """Load the labelled sides of today's parcels in place of those of the same parcels; returns how many lines.

    Raises IntakeError naming rows: no line, a word that is no side, a parcel that is not loaded.
    """
    from apps.cadastre.side_loading import load_side_file

    lock_cadastre()
    return load_side_file(path, source)


@transaction.atomic
def load_districts(*, path: Path) -> int:
    """Load or update the municipal districts (number, name_fa, name_en, approximate); returns how many."""
    from apps.cadastre.frame import load_district_file

    return load_district_file(path)


@transaction.atomic
def load_places(*, path: Path) -> int:
    """Replace the searchable places (kind, name_fa, name_en, district; points); returns how many."""
    from apps.cadastre.frame import load_place_file

    return load_place_file(path)


@transaction.atomic
def add_parcel_version(
    *, code: str, shape: MultiPolygon | None, fields: ParcelFields, legal_from: date, known_at: datetime
) -> ParcelVersion:
    """From `legal_from` on the parcel is so, as known since `known_at`; a new code makes a new parcel.

    `shape` is in the city's CRS, None = as before. What was known before `known_at` stays readable as it was. Raises
    BadInputError (code, shape), NotFoundError (district), ConflictError (known_at lies before a recorded version).
    """
    from apps.cadastre.versioning import write_version

    lock_cadastre()
    version = write_version(code=code, shape=shape, fields=fields, legal_from=legal_from, known_at=known_at)
    publish(ParcelVersionsAdded(chunks=version.chunks))
    return version.version


@transaction.atomic
def correct_area(*, code: str, measured_area_dm2: int, on: date, known_at: datetime) -> ParcelVersion:
    """From `on` the parcel's ground is as an inspector measured it, known since `known_at`; all else stays as it was.

    Raises BadInputError (an area that cannot be true beside the drawn one), NotFoundError (no such parcel on the day),
    ConflictError (the parcel changes on a later day, or `known_at` lies before a recorded version).
    """
    from apps.cadastre.correcting import fields_with_measured

    lock_cadastre()
    fields = fields_with_measured(code, measured_area_dm2, on=on, known_at=known_at)
    return add_parcel_version(code=code, shape=None, fields=fields, legal_from=on, known_at=known_at)
