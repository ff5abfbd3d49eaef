"""The write door of inspection reports. Append-only: a correction is another version, with its reason."""

from typing import Any
from uuid import UUID

import orjson
from django.db import transaction
from django.db.models import Max

from apps.cases.capacities import acting_as, capacities, told_of
from apps.cases.models import Case, DocumentVersion
from apps.cases.recording import append_history, locked_case
from apps.cases.selectors import visible_cases
from apps.cases.telling import tell
from apps.common import clock
from apps.common.errors import BadInputError, ConflictError, ForbiddenError, NotFoundError
from apps.common.work_calendar import city_calendar
from apps.extracts.canonical import canonical, digest
from apps.parties.models import Person
from apps.permits import inspection_faults as faults
from apps.permits import inspection_words as words
from apps.permits.inspection import INSPECTOR
from apps.permits.inspection_document import OUTCOMES, Findings, Outcome, document
from apps.permits.models_inspection import BOOKED, DONE, InspectionReport, InspectionVisit
from apps.permits.states import INSPECTION


def read_key(raw: str) -> UUID:
    """The key that the sender's device gave the report. Raises BadInputError."""
    try:
        return UUID(raw)
    except ValueError as error:
        raise faults.unknown_report() from error


def visit_for(person: Person, pk: int) -> InspectionVisit:
    """A visit that the person may report on. Raises NotFoundError for all others."""
    visit = InspectionVisit.objects.select_related("case", "case__parcel").filter(pk=pk).first()
    if visit is None:
        raise _no_visit()
    case = visible_cases(person).filter(pk=visit.case_id).first()  # its number is told to nobody who counts visits up
    if case is None or INSPECTOR not in capacities(case, person):
        raise _no_visit()
    return visit


@transaction.atomic
def report(*, person: Person, visit: int, key: UUID, found: Findings) -> InspectionReport:
    """Keep a report; the same key again gives the one that is kept. A later one corrects it and says why.

    Raises NotFoundError (not the person's to report on), ForbiddenError (the key is another's), BadInputError,
    ConflictError: before the day, a visit that was called off, a case that went on.
    """
    tracking = visit_for(person, visit).case.tracking
    case = locked_case(tracking=tracking, actor=person)
    kept = InspectionReport.objects.select_related("visit").filter(key=key).first()
    if kept is not None:
        return _own(kept, person=person, visit=visit)
    row = InspectionVisit.objects.get(pk=visit)
    last = row.reports.aggregate(last=Max("version"))["last"] or 0
    _check(case, row, found, last=last)
    made = _insert(case, row, person=person, key=key, found=found, version=last + 1)
    if row.state == BOOKED:
        row.state, row.changed_at = DONE, clock.now()
        row.save(update_fields=["state", "changed_at"])
    _tell(case, made, found, person=person)
    return made


def latest_report(case: Case) -> InspectionReport | None:
    """The report that counts: the last version of the last visit that was reported on."""
    found = InspectionReport.objects.filter(visit__case=case.pk).select_related("visit", "inspector")
    return found.order_by("-visit", "-version").first()


def content_of(made: InspectionReport) -> dict[str, Any]:
    """The document as it was kept."""
    content: dict[str, Any] = orjson.loads(bytes(made.body))
    return content


def _own(kept: InspectionReport, *, person: Person, visit: int) -> InspectionReport:
    if kept.inspector_id != person.pk or kept.visit_id != visit:
        raise ForbiddenError(
            fa="این نشانه از آنِ گزارش دیگری است. صفحه را تازه کنید.",
            en="This key belongs to another report. Reload the page.",
        )
    return kept


def _check(case: Case, visit: InspectionVisit, found: Findings, *, last: int) -> None:
    if case.status != INSPECTION:
        raise faults.not_now()
    if visit.state not in (BOOKED, DONE):
        raise ConflictError(
            fa="این بازدید لغو شده بود. اگر در محل بوده‌اید، برای پرونده وقت تازه بگذارید و گزارش را برای آن بفرستید.",
            en="This visit had been called off. If you were there, book another one for the case and report on that.",
        )
    if city_calendar().local_day(clock.now()) < visit.day:
        at = words.when(visit)
        raise ConflictError(fa=f"این بازدید در {at.fa} است.", en=f"This visit is on {at.en}.")
    if last and not found.reason:
        raise BadInputError(
            fa="برای این بازدید گزارشی هست. بنویسید چرا آن را اصلاح می‌کنید.",
            en="There is a report of this visit. Write why you correct it.",
        )
    sent = DocumentVersion.objects.filter(document__case=case, document__side="office", sha256__in=found.photos)
    if sent.values("sha256").distinct().count() != len(found.photos):
        raise BadInputError(
            fa="یکی از عکس‌ها هنوز نرسیده است. نخست عکس‌ها را بفرستید.",
            en="One of the photos has not arrived yet. Send the photos first.",
        )


def _insert(
    case: Case, visit: InspectionVisit, *, person: Person, key: UUID, found: Findings, version: int
) -> InspectionReport:
    now = clock.now()
    uid, received = str(visit.uid), now.isoformat()
    body = document(found, tracking=case.tracking, parcel=case.land.code, visit=uid, version=version, received=received)
    return InspectionReport.objects.create(
        visit=visit,
        parcel=case.land,
        version=version,
        key=key,
        inspector=person,
        received_at=now,
        outcome=found.outcome.value,
        measured_area_dm2=None if found.area_m2 is None else int(found.area_m2 * 100),
        body=canonical(body),
        digest=digest(body),
    )


def _tell(case: Case, made: InspectionReport, found: Findings, *, person: Person) -> None:
    data = {"visit": made.visit_id, "version": made.version, "outcome": made.outcome, "digest": made.digest}
    role = acting_as(capacities(case, person))
    append_history(case=case, actor=person, kind="inspection_report", data={**data, "said": found.reason, "as": role})
    tell(case, told_of(case), words.reported(case.tracking, made.version, OUTCOMES[Outcome(made.outcome)]))


def _no_visit() -> NotFoundError:
    return NotFoundError(fa="چنین بازدیدی در فهرست شما نیست.", en="There is no such visit on your list.")
