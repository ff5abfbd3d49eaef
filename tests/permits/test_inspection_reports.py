"""Reports of visits: sent twice, corrected, refused; what a measured area does to the parcel and to the case."""

import uuid
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from apps.cadastre.models import ParcelVersion
from apps.cadastre.selectors import parcel_by_code
from apps.cadastre.services import ParcelFields, add_parcel_version, correct_area
from apps.cases.models import CaseMessage
from apps.cases.types.registry import definition_of
from apps.common import clock
from apps.common.errors import BadInputError, ConflictError, ForbiddenError, NotFoundError
from apps.extracts.services import compose
from apps.permits import inspection_document, inspection_reports
from apps.permits.inspection_area import judged_of
from apps.permits.inspection_guard import inspection_done
from apps.permits.inspection_reports import content_of, latest_report
from apps.permits.models import InspectionReport, InspectionVisit, PermitRequest
from tests.browser.city import CODES
from tests.permits.conftest import Street, active, hear, kinds
from tests.permits.inspecting import REPORT, at_inspection, book, report, today_visit
from tests.permits.walking import office, step

pytestmark = pytest.mark.django_db


@pytest.fixture
def made(street: Street) -> PermitRequest:
    return at_inspection(street)


@pytest.fixture
def visit(street: Street, made: PermitRequest) -> InspectionVisit:
    return today_visit(made, street.owner)


def parcel(code: str = CODES["A"]) -> Any:
    return parcel_by_code(code, on=clock.today(), known_at=clock.now())


def refused(made: PermitRequest) -> str:
    with pytest.raises(ConflictError) as caught:
        step(made, "inspected", "inspector")
    return str(caught.value)


def test_the_same_report_sent_twice_is_one(street: Street, made: PermitRequest, visit: InspectionVisit) -> None:
    key = uuid.uuid4()
    one, two = report(visit, key), report(visit, key, area="401")
    assert one == two
    assert InspectionReport.objects.count() == 1
    visit.refresh_from_db()
    assert visit.state == "done"
    body = content_of(one)
    assert (body["area_m2"], body["sides_m"], body["storeys"], body["version"]) == (400, [20, 20, 20, 20], 2, 1)
    assert one.digest == inspection_reports.digest(body)
    step(made, "inspected", "inspector")
    assert report(visit, key) == one, "a device that never heard the answer sends it once more, after the step"
    told = CaseMessage.objects.filter(person=street.owner, text_en__contains="inspection report was recorded")
    assert told.count() == 1


def test_a_correction_is_another_version_with_its_reason(made: PermitRequest, visit: InspectionVisit) -> None:
    report(visit)
    with pytest.raises(BadInputError, match="Write why"):
        report(visit, area="395")
    second = report(visit, area="395", reason="ضلع شمالی دوباره اندازه گرفته شد")
    assert second.version == 2
    assert latest_report(made.case) == second
    assert kinds(made.case).count("inspection_report") == 2
    for change in (second.delete, lambda: InspectionReport.objects.update(outcome="differs")):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            change()


def test_who_reports(street: Street, visit: InspectionVisit) -> None:
    found = inspection_document.read(REPORT)
    for person in (street.owner, street.officer, street.clerk):
        with pytest.raises(NotFoundError):
            inspection_reports.report(person=person, visit=visit.pk, key=uuid.uuid4(), found=found)
    with pytest.raises(NotFoundError):
        inspection_reports.visit_for(office("inspector"), visit.pk + 99)
    assert not InspectionReport.objects.exists()


def test_a_key_belongs_to_one_visit(street: Street, made: PermitRequest, visit: InspectionVisit) -> None:
    kept = report(visit, outcome="not_entered", area="", remarks="کسی نبود")
    other = today_visit(made, street.owner)
    with pytest.raises(ForbiddenError, match="another report"):
        report(other, kept.key)
    for raw in ("", "7", "not-a-key"):
        with pytest.raises(BadInputError, match="no key"):
            inspection_reports.read_key(raw)


def test_not_before_the_day_and_not_after_it_was_called_off(street: Street, made: PermitRequest) -> None:
    visit = book(made, street.owner)
    with pytest.raises(ConflictError, match="This visit is on"):
        report(visit)
    InspectionVisit.objects.filter(pk=visit.pk).update(day=clock.today(), state="freed")
    with pytest.raises(ConflictError, match="called off"):
        report(visit)


def test_not_once_the_case_went_on(made: PermitRequest, visit: InspectionVisit) -> None:
    report(visit)
    step(made, "inspected", "inspector")
    with pytest.raises(ConflictError, match="stage of its inspection"):
        report(visit, reason="دیر")


def test_a_photo_that_never_arrived_is_not_reported(visit: InspectionVisit) -> None:
    with pytest.raises(BadInputError, match="has not arrived"):
        report(visit, photo_sha="0" * 64)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"outcome": ""}, "Choose the outcome"),
        ({"area": ""}, "Write the area"),
        ({"area": "0"}, "Write the area"),
        ({"area": "-3"}, "Measured area"),
        ({"area": "1.234"}, "at most 2 decimals"),
        ({"area": "12,5"}, "Measured area"),
        ({"area": "about 200"}, "Measured area"),
        ({"area": "NaN"}, "Measured area"),
        ({"sides": "20 x"}, "Sides"),
        ({"sides": "1 " * 41}, "40 sides"),
        ({"storeys": "2.5"}, "Storeys found"),
        ({"storeys": "101"}, "from 0 to 100"),
        ({"outcome": "differs"}, "Write what differs"),
        ({"outcome": "not_entered", "area": ""}, "why you could not enter"),
        ({"lon": "51.6"}, "position cannot be read"),
        ({"lon": "251.6", "lat": "32", "accuracy": "5"}, "position cannot be read"),
        ({"remarks": "x" * 4001}, "4000 characters"),
        ({"remarks": "a\x00b"}, "invisible"),
        ({"photo_sha": ["z" * 64]}, "photos"),
        ({"photo_sha": [f"{n:064x}" for n in range(31)]}, "30 photos"),
    ],
    ids=lambda value: "-".join(value) if isinstance(value, dict) else "",
)
def test_what_a_report_cannot_say(fields: dict[str, Any], said: str) -> None:
    with pytest.raises(BadInputError, match=said) as caught:
        inspection_document.read({**REPORT, **fields})
    assert caught.value.details["problems"]


def test_digits_of_every_keyboard_are_read() -> None:
    found = inspection_document.read(
        {**REPORT, "area": "۱٬۲۳۴٫۵", "sides": "۱۲٫۵+٣؛4\n5", "lon": "51.67", "lat": "32.65", "accuracy": "4.256"}
    )
    assert found.area_m2 == Decimal("1234.5")
    assert found.sides_m == (Decimal("12.5"), 3, 4, 5)
    assert found.position is not None
    assert (found.position.lon, found.position.accuracy_m) == (Decimal("51.67"), Decimal("4.26"))


def test_within_the_tolerance_nothing_changes(made: PermitRequest, visit: InspectionVisit) -> None:
    before = ParcelVersion.objects.count()
    report(visit, area="393")
    step(made, "inspected", "inspector")
    assert ParcelVersion.objects.count() == before
    event = made.case.events.get(kind="inspected")
    assert event.data["area"] == "same"
    assert "area_corrected" not in kinds(made.case)


def test_beyond_it_the_parcel_is_corrected_and_told_with_both_figures(
    street: Street, made: PermitRequest, visit: InspectionVisit
) -> None:
    digest, known = compose(parcel=CODES["A"], permit_kind="NEW").digest, clock.now()
    one = report(visit, area="380")
    assert parcel().legal_area_m2 == 400, "a report alone corrects nothing"
    step(made, "inspected", "inspector")
    now = parcel()
    assert (now.legal_area_m2, now.measured_area_m2, now.drawn_area_m2, now.deed_area_m2) == (380, 380, 400, 400)
    assert (now.version, now.plate, now.passage_width_m, now.existing_storeys) == (3, "5/100/1", 12, 2)
    assert parcel_by_code(CODES["A"], on=clock.today(), known_at=known).legal_area_m2 == 400, "as it was known then"
    yesterday = parcel_by_code(CODES["A"], on=clock.today() - timedelta(days=1), known_at=clock.now())
    assert yesterday.legal_area_m2 == 400, "the days before stay as they were"
    event = made.case.events.get(kind="area_corrected")
    assert (event.data["before_m2"], event.data["after_m2"], event.data["report"]) == (400, 380, one.digest)
    text = CaseMessage.objects.filter(person=street.owner, text_en__contains="corrected from").get()
    assert "from 400 m² to 380 m²" in text.text_en
    assert "۴۰۰ متر مربع به ۳۸۰ متر مربع" in text.text_fa
    street.overlay()
    fresh = compose(parcel=CODES["A"], permit_kind="NEW")
    assert (fresh.data["parcel"]["legal_area_m2"], fresh.data["parcel"]["measured_area_m2"]) == (380, 380)
    assert fresh.digest != digest
    assert "measured_area_m2" not in compose(parcel=CODES["B"], permit_kind="NEW").data["parcel"]
    hear()
    assert active(made) == [], "the shape is the same: nothing holds the case"


def test_a_slip_of_the_pen_stops_the_step(made: PermitRequest, visit: InspectionVisit) -> None:
    report(visit, area="4000")
    assert "more than twice" in refused(made)
    assert parcel().legal_area_m2 == 400
    report(visit, area="399", reason="یک صفر زیاد بود")
    assert step(made, "inspected", "inspector").status == "rules"


def test_no_report_no_entry_no_step(street: Street, made: PermitRequest) -> None:
    assert "no inspection report" in refused(made)
    visit = today_visit(made, street.owner)
    assert "no inspection report" in refused(made)
    report(visit, outcome="not_entered", area="", remarks="در باز نشد")
    assert "could not enter" in refused(made)
    second = today_visit(made, street.owner)
    assert "no inspection report" in refused(made)
    report(second)
    assert step(made, "inspected", "inspector").status == "rules"


def test_what_differs_is_passed_with_its_remarks(made: PermitRequest, visit: InspectionVisit) -> None:
    report(visit, outcome="differs", storeys="3", remarks="یک طبقه بیشتر ساخته شده است")
    assert step(made, "inspected", "inspector").status == "rules"


def test_a_parcel_that_is_gone_is_not_judged(made: PermitRequest, visit: InspectionVisit) -> None:
    report(visit)
    assert judged_of(made.case) is not None
    ParcelVersion.objects.filter(parcel=made.case.parcel).update(legal=("2010-01-01", "2011-01-01"))
    refused(made)
    assert inspection_done(made.case, definition_of(made.case)) is not None


def correct(code: str, dm2: int) -> ParcelVersion:
    return correct_area(code=code, measured_area_dm2=dm2, on=clock.today(), known_at=clock.now())


def test_the_door_of_the_cadastre_refuses_what_cannot_be_true(street: Street) -> None:
    with pytest.raises(NotFoundError):
        correct("3-9-9-9-0-0-0", 40_000)
    for area in (80_000, 20_000, 0):
        with pytest.raises(BadInputError, match="twice"):
            correct(CODES["A"], area)
    later = ParcelFields(district=3, deed_area_dm2=40_000)
    add_parcel_version(
        code=CODES["A"], shape=None, fields=later, legal_from=clock.today() + timedelta(days=9), known_at=clock.now()
    )
    with pytest.raises(ConflictError, match="from a later day"):
        correct(CODES["A"], 38_000)
