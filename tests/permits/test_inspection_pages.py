"""Visits over HTTP: the owner's page, the calendar file read back, the inspector's list and form, and strangers."""

import json
import uuid
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from icalendar import Calendar

from apps.cases.models import AccessRecord
from apps.common import clock
from apps.parties.services import ensure_person
from apps.permits import inspection
from apps.permits.inspection_plan import city_plan
from apps.permits.models import InspectionReport, InspectionVisit, PermitRequest
from tests.cases.files_build import picture
from tests.permits.conftest import Street
from tests.permits.inspecting import REPORT, at_inspection, book, first_slot, report, today_visit
from tests.permits.walking import mandate, office, step
from tests.signing_in import office_client

pytestmark = pytest.mark.django_db


@pytest.fixture
def made(street: Street) -> PermitRequest:
    return at_inspection(street)


@pytest.fixture
def owner(street: Street) -> Client:
    client = Client()
    client.force_login(street.owner)
    return client


@pytest.fixture
def inspector(street: Street) -> Client:
    return office_client(office("inspector"))


def page(made: PermitRequest, more: str = "") -> str:
    return f"/en/requests/{made.case.tracking}/inspection/{more}"


def test_what_must_be_there_is_said_before_anything_is_booked(owner: Client, made: PermitRequest) -> None:
    text = owner.get(page(made)).content.decode()
    for need in city_plan().prerequisites:
        assert need.en in text
    assert "a sample, unofficial" in text
    assert text.index("What must be there") < text.index("Choose a time")
    assert AccessRecord.objects.filter(case=made.case, what="view").exists()


def test_the_owner_books_moves_and_cancels(owner: Client, made: PermitRequest) -> None:
    one, two = first_slot(made.case), first_slot(made.case, 3)
    assert owner.post(page(made, "book/"), {"slot": one.code}).status_code == 302
    assert "Move the visit" in owner.get(page(made)).content.decode()
    assert owner.post(page(made, "move/"), {"slot": two.code}).status_code == 302
    visit = InspectionVisit.objects.get()
    assert (visit.day, visit.starts) == (two.day, two.starts)
    assert "Changes left: 1" in owner.get(page(made)).content.decode()
    assert owner.post(page(made, "cancel/")).status_code == 302
    text = owner.get(page(made)).content.decode()
    assert "This visit was cancelled" in text
    assert "Take it out of my calendar" in text
    refused = owner.post(page(made, "cancel/"))
    assert refused.status_code == 409
    assert "No visit is booked" in refused.content.decode()
    assert owner.post(page(made, "book/"), {"slot": "soon"}).status_code == 400


def test_the_page_of_the_case_asks_for_a_slot_until_one_is_booked_and_then_says_when(
    street: Street, owner: Client, made: PermitRequest
) -> None:
    address = f"/en/requests/{made.case.tracking}/"
    before = owner.get(address).content.decode()
    assert "Complete what is asked for" in before
    assert "nothing you need to do now" not in before
    slot = book(made, street.owner)
    after = " ".join(owner.get(address).content.decode().split())
    assert "nothing you need to do now" in after
    assert f"{slot.starts:%H:%M} to" in after.partition('class="track"')[0]
    assert "Take a slot" not in after


def test_who_may_only_look_gets_no_form(street: Street, made: PermitRequest) -> None:
    viewer = ensure_person(mobile="09120000041", name_fa="بیننده", name_en="Viewer", verified=True)
    mandate(street.owner, viewer, made.case.land_code, "view")
    client = Client()
    client.force_login(viewer)
    assert "Book this time" not in client.get(page(made)).content.decode()
    assert client.post(page(made, "book/"), {"slot": first_slot(made.case).code}).status_code == 403


def test_a_district_without_a_calendar_is_told(owner: Client, made: PermitRequest) -> None:
    made.case.district = 99
    made.case.save()
    assert "No calendar of visits" in owner.get(page(made)).content.decode()


def test_the_inspector_books_for_the_owner(inspector: Client, made: PermitRequest) -> None:
    assert inspector.post(page(made, "book/"), {"slot": first_slot(made.case).code}).status_code == 302
    assert InspectionVisit.objects.get().booked_by == office("inspector")


def event_of(client: Client, made: PermitRequest) -> tuple[Calendar, Any]:
    answer = client.get(page(made, "visit.ics"))
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("text/calendar")
    read = Calendar.from_ical(answer.content)
    return read, next(iter(read.walk("VEVENT")))


def test_the_calendar_file_follows_the_visit(street: Street, owner: Client, made: PermitRequest) -> None:
    assert owner.get(page(made, "visit.ics")).status_code == 404
    visit = book(made, street.owner)
    read, entry = event_of(owner, made)
    assert (read["method"], entry["status"], entry["sequence"]) == ("PUBLISH", "CONFIRMED", 0)
    assert entry.decoded("dtstart").utcoffset() == timedelta(hours=3, minutes=30)
    assert entry.decoded("dtstart").replace(tzinfo=None) == datetime.combine(visit.day, visit.starts)
    assert entry.decoded("dtend") - entry.decoded("dtstart") == timedelta(minutes=60)
    assert [zone["tzid"] for zone in read.walk("VTIMEZONE")] == [settings.TIME_ZONE]
    uid, slot = entry["uid"], first_slot(made.case, 2)
    inspection.move(person=street.owner, tracking=made.case.tracking, day=slot.day, starts=slot.starts)
    _, entry = event_of(owner, made)
    assert (entry["uid"], entry["sequence"], entry["status"]) == (uid, 1, "CONFIRMED")
    inspection.cancel(person=street.owner, tracking=made.case.tracking)
    read, entry = event_of(owner, made)
    assert (read["method"], entry["uid"], entry["sequence"], entry["status"]) == ("CANCEL", uid, 2, "CANCELLED")
    said = owner.get(page(made, "visit.ics")).content.decode()
    for secret in (street.owner.mobile, street.owner.name_fa, "خیابان نمونه", made.case.land.code):
        assert secret not in said, "nobody's name, number or address"
    book(made, street.owner, 5)
    assert event_of(owner, made)[1]["uid"] != uid, "another booking is another entry"


def test_the_list_of_the_day(street: Street, inspector: Client, made: PermitRequest) -> None:
    late, now = today_visit(made, street.owner), None
    InspectionVisit.objects.filter(pk=late.pk).update(day=clock.today() - timedelta(days=2))
    other = ensure_person(mobile="09120000051", name_fa="دیگری", name_en="Other", verified=True)
    now = today_visit(at_inspection(street, "B", owner=other), other)
    third = ensure_person(mobile="09120000052", name_fa="سومی", name_en="Third", verified=True)
    coming = book(at_inspection(street, "C", owner=third), third)
    text = inspector.get("/en/officer/inspections/").content.decode()
    places = [text.index(f"/officer/inspections/{visit.pk}/") for visit in (late, now, coming)]
    assert places == sorted(places)
    assert text.index("Nobody reported") < places[0] < text.index("Today") < places[1] < text.index("Coming days")
    InspectionVisit.objects.update(district=5)
    assert f"/officer/inspections/{now.pk}/" not in inspector.get("/en/officer/inspections/").content.decode()


def test_the_plain_form(street: Street, inspector: Client, made: PermitRequest) -> None:
    visit = today_visit(made, street.owner)
    url, key = f"/en/officer/inspections/{visit.pk}/", str(uuid.uuid4())
    first = inspector.get(url).content.decode()
    assert "خیابان نمونه" in first
    wrong = inspector.post(url, {**REPORT, "key": key, "area": "x", "remarks": "نوشته شد"})
    assert wrong.status_code == 400
    assert "نوشته شد" in wrong.content.decode(), "what was typed is kept"
    assert f'value="{key}"' in wrong.content.decode()
    assert inspector.post(url, {**REPORT, "key": key}).status_code == 302
    assert inspector.post(url, {**REPORT, "key": key}).status_code == 302, "the same form sent twice"
    assert InspectionReport.objects.count() == 1
    text = inspector.get(url).content.decode()
    assert "Why it is corrected" in text
    assert "400 m²" in text
    assert inspector.post(url, {**REPORT, "key": "x"}).status_code == 400


def test_what_a_device_sends_later(street: Street, inspector: Client, made: PermitRequest) -> None:
    visit = today_visit(made, street.owner)
    files, url = f"/en/case-files/{made.case.tracking}/", f"/en/officer/inspections/{visit.pk}/"
    sent = []
    for _ in range(2):  # the answer was lost: the device sends the photo again
        photo = SimpleUploadedFile("photo.jpg", picture(), "image/jpeg")
        answer = inspector.post(files, {"title": "عکس بازدید", "file": photo}, headers={"accept": "application/json"})
        assert answer.status_code == 201, answer.content
        sent.append(answer.json()["sha256"])
    assert sent[0] == sent[1]
    form = {**REPORT, "key": str(uuid.uuid4()), "photo_sha": [sent[0]], "at": "2026-11-29T08:00:00Z"}
    answers = [inspector.post(url, form, headers={"accept": "application/json"}) for _ in range(2)]
    assert [a.status_code for a in answers] == [201, 201]
    assert answers[0].json() == answers[1].json()
    kept = InspectionReport.objects.get()
    assert json.loads(bytes(kept.body))["photos"] == [sent[0]]
    refused = inspector.post(url, {**form, "key": str(uuid.uuid4())}, headers={"accept": "application/json"})
    assert refused.status_code == 400
    assert "Write why" in refused.json()["error"]["message"]["en"]
    owner = Client()
    owner.force_login(street.owner)
    assert "/picture/" in owner.get(page(made)).content.decode(), "the owner sees what was photographed"


def test_the_owner_reads_both_figures(street: Street, owner: Client, made: PermitRequest) -> None:
    report(today_visit(made, street.owner), area="380")
    step(made, "inspected", "inspector")
    text = owner.get(page(made)).content.decode()
    assert "The legal area was corrected" in text
    assert text.index("400 m²") < text.index("<b>380 m²</b>")
    assert "Choose a time" not in text


def test_a_report_on_another_day_is_not_offered(street: Street, inspector: Client, made: PermitRequest) -> None:
    visit = book(made, street.owner)
    url = f"/en/officer/inspections/{visit.pk}/"
    assert "on the day of the visit" in inspector.get(url).content.decode()
    refused = inspector.post(url, {**REPORT, "key": str(uuid.uuid4())})
    assert refused.status_code == 409


def test_strangers_find_nothing(street: Street, owner: Client, made: PermitRequest) -> None:
    visit = today_visit(made, street.owner)
    stranger = Client()
    stranger.force_login(ensure_person(mobile="09120000059", name_fa="غریبه", name_en="Stranger", verified=True))
    slot = {"slot": first_slot(made.case).code}
    for more in ("", "visit.ics"):
        assert stranger.get(page(made, more)).status_code == 404
        assert Client().get(page(made, more)).status_code == 302
    for more in ("book/", "move/", "cancel/"):
        assert stranger.post(page(made, more), slot).status_code == 404
        assert Client().post(page(made, more), slot).status_code == 302
    report_page = f"/en/officer/inspections/{visit.pk}/"
    case_officer = office_client(street.officer)
    for client in (owner, stranger):
        assert client.get("/en/officer/inspections/").status_code == 403
        assert client.get(report_page).status_code == 403
    assert case_officer.get("/en/officer/inspections/").status_code == 403
    assert case_officer.get(report_page).status_code == 404
    assert case_officer.post(report_page, {**REPORT, "key": str(uuid.uuid4())}).status_code == 404
    unsure = Client()
    unsure.force_login(office("inspector"))
    assert unsure.get(report_page).status_code == 302, "without the second factor nobody is an inspector"
    assert not InspectionReport.objects.exists()


def test_a_draft_has_no_visit(street: Street, owner: Client) -> None:
    draft = street.request("A")
    text = owner.get(page(draft)).content.decode()
    assert "No visit is booked." in text
    assert "Choose a time" not in text
