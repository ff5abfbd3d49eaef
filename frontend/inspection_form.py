"""The inspector's form for its template."""

from collections.abc import Mapping
from typing import Any

from apps.cadastre.selectors import parcel_by_code
from apps.common import clock
from apps.common.errors import NotFoundError, ParvanehError
from apps.common.text import Text
from apps.common.work_calendar import city_calendar
from apps.permits.inspection_document import OUTCOMES
from apps.permits.inspection_plan import city_plan
from apps.permits.models_inspection import BOOKED, DONE, InspectionVisit
from apps.permits.states import INSPECTION
from frontend.case_page_reader import name_of
from frontend.inspection_page import photos_of, reports_of
from frontend.texts_inspection import device_texts
from frontend.wording import day_to_edit


def context_of(
    visit: InspectionVisit, *, key: str, typed: Mapping[str, Any], refused: ParvanehError | None
) -> dict[str, Any]:
    """Everything the page shows. `key`: of the report that is written here."""
    case = visit.case
    reports = [found for found in reports_of(case.pk) if found.row.visit_id == visit.pk]
    begun = city_calendar().local_day(clock.now()) >= visit.day
    return {
        "visit": visit,
        "case": case,
        "parcel": _parcel(case.land.code),
        "applicant": name_of(case.applicant),
        "plan": city_plan(),
        "writable": begun and case.status == INSPECTION and visit.state in (BOOKED, DONE),
        "begun": begun,
        "outcomes": [(outcome.value, name) for outcome, name in OUTCOMES.items()],
        "reports": reports,
        "photos": photos_of(case.pk),
        "photo_title": f"عکس بازدید {day_to_edit(visit.day)}",
        "key": key,
        "typed": typed or _begun_from(reports[0].content if reports else None),
        "problems": [Text.of(p) for p in refused.details.get("problems", ())] if refused else [],
        "refused": refused,
        "texts": device_texts(),
    }


def _parcel(code: str) -> Any:
    try:
        return parcel_by_code(code, on=clock.today(), known_at=clock.now())
    except NotFoundError:
        return None


def _begun_from(content: Mapping[str, Any] | None) -> dict[str, Any]:
    """A correction begins with what the version before it said."""
    if content is None:
        return {}
    return {
        "outcome": content["outcome"],
        "area": "" if content["area_m2"] is None else content["area_m2"],
        "sides": " ".join(str(side) for side in content["sides_m"]),
        "storeys": "" if content["storeys"] is None else content["storeys"],
        "remarks": content["remarks"],
    }
