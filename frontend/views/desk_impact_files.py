"""Impact reports as files: CSV, GeoPackage, and a page for the commission's meeting."""

import tempfile
from pathlib import Path

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from apps.common.errors import ConflictError
from apps.impact import access, export
from apps.impact.models import ImpactReport, ReportState
from frontend.desk_access import desk_page, person_of
from frontend.reports.impact_html import impact_page


@desk_page
@require_safe
def table(request: HttpRequest, pk: int) -> HttpResponse:
    """Every parcel and permit kind as a line for spreadsheets."""
    found = _done(request, pk)
    return _file(HttpResponse(export.csv_lines(found), content_type="text/csv; charset=utf-8"), found, "csv")


@desk_page
@require_safe
def package(request: HttpRequest, pk: int) -> HttpResponse:
    """Parcels with what is and what would be, in the city's CRS."""
    found = _done(request, pk)
    with tempfile.TemporaryDirectory(prefix="impact-") as folder:
        out = Path(folder) / "impact.gpkg"
        export.write_geopackage(found, out)
        response = HttpResponse(out.read_bytes(), content_type="application/geopackage+sqlite3")
    return _file(response, found, "gpkg")


@desk_page
@require_safe
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """One file that needs no network: tables and a map."""
    found = _done(request, pk)
    return _file(HttpResponse(impact_page(found, language=get_language() or "fa")), found, "html")


def _done(request: HttpRequest, pk: int) -> ImpactReport:
    found = access.seen(person_of(request), pk)
    if found.state != ReportState.DONE:
        raise ConflictError(
            fa="این گزارش هنوز آماده نیست. صبر کنید تا محاسبه پایان یابد و دوباره بخواهید.",
            en="This report is not ready. Wait until it is computed and ask again.",
        )
    return found


def _file(response: HttpResponse, found: ImpactReport, ending: str) -> HttpResponse:
    response["Content-Disposition"] = f'attachment; filename="impact-{found.pk}-{found.on.isoformat()}.{ending}"'
    return response
