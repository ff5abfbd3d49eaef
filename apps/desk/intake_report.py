"""The report of a run: everything that intake found, in plain JSON with places in WGS 84, stored with the edition."""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from django.conf import settings

from apps.desk import intake_access, intake_coverage, intake_mending
from apps.desk.intake_codes import codes_of_books
from apps.desk.intake_mending import BadRow
from apps.desk.models import IntakeRun
from gis_layers import postgis_intake_findings as findings
from gis_layers.ingest.progress import Progress, Step
from gis_layers.models import Edition, Theme, ThemeKind

if TYPE_CHECKING:
    from gis_layers.ingest.report import IntakeReport

SHOWN = 300
"""As many single findings of a kind are listed; all are counted."""
_MOST_PAIRS = 5_000
_CELLS_A_SIDE = 40
_LEAST_CELL_M = 100.0


def build(run: IntakeRun, told: "IntakeReport", *, before: Sequence[BadRow], progress: Progress) -> dict[str, Any]:
    """The report on the edition that has just been taken in. `before`: bad rows of the edition it replaces."""
    assert told.edition_id is not None  # noqa: S101 - a run is no rehearsal
    edition = Edition.objects.select_related("theme").get(pk=told.edition_id)
    progress.at(Step.GAPS)
    gaps = _gaps(edition, progress)
    progress.at(Step.REPORT)
    return {
        "counts": {
            "rows": edition.feature_count + edition.quarantined_count,
            "features": edition.feature_count,
            "quarantined": edition.quarantined_count,
            "unplaced": edition.unplaced,
            "coverage_m2": round(edition.coverage.area, 2),
        },
        "file": {"name": run.file_name, "layer": told.layer, "crs": edition.source_crs},
        "quarantine": _quarantine(edition),
        "gaps": gaps,
        "overlaps": _overlaps(edition),
        "codes": _codes(edition),
        "outside": _outside(run, edition),
        "beyond": list(told.beyond[:SHOWN]),
        "mended": dict(edition.repairs),
        "crs": _crs(run),
        "mending": intake_mending.compare(before, intake_mending.bad_rows(edition.pk)) if run.replaces else None,
    }


def _gaps(edition: Edition, progress: Progress) -> dict[str, Any] | None:
    """Only a theme with one value per place has gaps: elsewhere silence is an answer."""
    if edition.theme.kind != ThemeKind.PARTITION:
        return None
    west, south, east, north = edition.coverage.extent
    side = max(_LEAST_CELL_M, math.sqrt((east - west) * (north - south)) / _CELLS_A_SIDE)
    found = findings.gaps(
        edition_id=edition.pk,
        srid=settings.CITY_SRID,
        least_m2=edition.theme.tolerance_m2,
        side=side,
        told=lambda share: progress.at(Step.GAPS, share),
    )
    return _listed(found)


def _overlaps(edition: Edition) -> dict[str, Any]:
    theme: Theme = edition.theme
    found = findings.overlaps(
        edition_id=edition.pk, least_m2=theme.tolerance_m2, least_share=theme.tolerance_share, most=_MOST_PAIRS
    )
    return _listed(found)


def _listed(found: Sequence[findings.Spot]) -> dict[str, Any]:
    return {
        "count": len(found),
        "m2": round(sum(spot.m2 for spot in found), 2),
        "spots": [
            {"rows": list(spot.rows), "code": spot.code, "m2": round(spot.m2, 2), "shape": spot.shape}
            for spot in found[:SHOWN]
        ],
    }


def _quarantine(edition: Edition) -> dict[str, Any]:
    rows = findings.quarantine(edition.pk)
    return {"reasons": dict(Counter(row.reason for row in rows)), "rows": [asdict(row) for row in rows[:SHOWN]]}


def _codes(edition: Edition) -> dict[str, Any]:
    """Codes of the layer that no rulebook has a row for, and codes of rulebooks that the layer does not have."""
    have, books = findings.codes(edition.pk), codes_of_books(edition.theme.code)
    return {
        "count": len(have),
        "spoken_of": bool(books.known),
        "unknown": [
            {"code": code, "count": count, "row": row} for code, (count, row) in have.items() if code not in books.known
        ][:SHOWN],
        "drafted": sorted(code for code in have if code in books.drafted and code not in books.in_force)[:SHOWN],
        "unused": [{"code": code, "books": list(named)} for code, named in books.in_force.items() if code not in have][
            :SHOWN
        ],
    }


def _outside(run: IntakeRun, edition: Edition) -> dict[str, Any] | None:
    """Features that reach out of the districts the planner edits this theme in; None when those are all."""
    numbers = intake_access.districts_of(run.person, edition.theme.code)
    if numbers is None:
        return None
    place, approximate = intake_coverage.ground_of(sorted(numbers))
    found = findings.outside(
        edition_id=edition.pk, place=place, srid=settings.CITY_SRID, least_m2=edition.theme.tolerance_m2
    )
    return {"districts": sorted(numbers), "approximate": approximate, **_listed(found)}


def _crs(run: IntakeRun) -> dict[str, Any] | None:
    from apps.desk.intake_looking import look_into

    look = next((one for one in look_into(run) if one.name == run.layer), None) or look_into(run)[0]
    return asdict(look.crs) if look.crs else None
