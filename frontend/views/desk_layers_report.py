"""What a planner takes home from a run: the bad rows to mend, the findings as a table."""

from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from apps.common.errors import NotFoundError
from apps.desk import intake_access, intake_looking
from apps.desk.intake_csv import report_csv
from apps.desk.models import IntakeRun, RunState
from frontend.desk_access import desk_page, person_of


@desk_page
@require_safe
def bad_rows(request: HttpRequest, run: UUID) -> HttpResponse:
    """The rows that were kept out as a GeoPackage in the CRS of their file, with the reasons."""
    found = _done(request, run)
    with TemporaryDirectory(prefix="bad-rows-") as folder:
        path = Path(folder) / "bad-rows.gpkg"
        intake_looking.export_bad_rows(found, into=path)
        body = path.read_bytes()
    return _file(body, f"{found.instrument_code}-bad-rows.gpkg", "application/geopackage+sqlite3")


@desk_page
@require_safe
def report_table(request: HttpRequest, run: UUID) -> HttpResponse:
    """Every finding that the report lists as CSV."""
    found = _done(request, run)
    return _file(report_csv(found.report), f"{found.instrument_code}-report.csv", "text/csv; charset=utf-8")


def _done(request: HttpRequest, run: UUID) -> IntakeRun:
    found = intake_access.seen(person_of(request), run)
    if found.state != RunState.DONE:
        raise NotFoundError(fa="این کار هنوز گزارشی ندارد.", en="This run has no report yet.")
    return found


def _file(body: bytes, name: str, kind: str) -> HttpResponse:
    return HttpResponse(body, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})
