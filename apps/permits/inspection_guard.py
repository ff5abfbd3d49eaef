"""What must hold before an inspection is passed: somebody was there and measured this parcel, credibly."""

from apps.cases.guards import guard
from apps.cases.models import Case
from apps.cases.types.definition import CaseType
from apps.common.errors import NotFoundError
from apps.common.text import Text
from apps.permits.inspection_area import Ruling, judged_of
from apps.permits.inspection_calendar import standing_visit
from apps.permits.inspection_document import Outcome
from apps.permits.inspection_reports import latest_report


@guard("inspection_done")
def inspection_done(case: Case, definition: CaseType) -> Text | None:  # noqa: ARG001 - one shape for all guards
    """The last visit was reported on, on the parcel that the case is about, and its area is settled by rule."""
    made = latest_report(case)
    if made is None or made.parcel_id != case.parcel_id or standing_visit(case) is not None:
        return _NO_REPORT
    if made.outcome == Outcome.NOT_ENTERED:
        return _NOT_ENTERED
    try:
        judged = judged_of(case)
    except NotFoundError:  # split or merged: `land_stands` says what to do
        return _NO_REPORT
    return _OPEN if judged is None or judged.ruling is Ruling.OPEN else None


_NO_REPORT = Text(
    "گزارش بازدید این قطعه هنوز ثبت نشده است. پس از بازدید گزارش را بفرستید.",
    "There is no inspection report of this parcel yet. Send the report after the visit.",
)
_NOT_ENTERED = Text(
    "در بازدید ورود ممکن نشد. مالک وقت دیگری می‌گیرد تا زمین اندازه‌گیری شود.",
    "The inspector could not enter. The owner books another time, so that the land is measured.",
)
_OPEN = Text(
    "مساحت اندازه‌گیری‌شده با سند یا نقشه بیش از دو برابر فرق دارد. گزارش را با اندازهٔ دوباره اصلاح کنید؛ اگر درست است، "
    "نخست کاداستر سند یا شکل قطعه را اصلاح کند.",
    "The measured area is more than twice, or less than half, of the deed's or the drawn one. Measure again and "
    "correct the report; if it is right, the cadastre corrects deed or shape first.",
)
