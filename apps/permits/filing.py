"""Filing a draft: the extract of the instant is frozen under the case's lock, with the law it was examined under."""

from apps.cases.models import Case
from apps.cases.services import append_history
from apps.common.errors import AnswerChangedError
from apps.extracts.differing import compare
from apps.parties.models import Person
from apps.permits import evidence as evidence_of
from apps.permits import proposals
from apps.permits.evidence import Evidence
from apps.permits.examined import being_examined, ensure_examined
from apps.permits.models import PermitRequest


def file_case(case: Case, *, person: Person, accepted: str) -> PermitRequest:
    """Under the case's lock: the law that the frozen extract names is the one it was examined under."""
    request = PermitRequest.objects.select_related("case", "case__parcel").get(case=case)
    today = ensure_examined(request).today
    fresh = evidence_of.of_now(parcel_code=request.case.land.code, kind=request.kind, on=today)
    if fresh.law != request.examined_version:
        raise being_examined()
    if request.continues_by_id is None:
        _check_accepted(request, fresh, accepted)
        evidence_of.rely(request, fresh)
    evidence_of.file_with(request, fresh, on=today)
    request.examined_on = today
    request.save()
    proposals.freeze(request, extract=evidence_of.relied_documents([request])[request.relied_digest])
    data = {"digest": fresh.digest, "law": fresh.law, "known_at": fresh.known_at.isoformat(), "on": today.isoformat()}
    append_history(case=case, actor=person, kind="frozen", data=data)
    return request


def _check_accepted(request: PermitRequest, fresh: Evidence, accepted: str) -> None:
    """Whoever has read another answer than the one that would be frozen reads this one first."""
    if accepted == fresh.digest:
        return
    before = evidence_of.relied_documents([request]).get(request.relied_digest)
    if before is None or compare(before, fresh.extract.data):
        raise answer_changed(fresh.digest)


def answer_changed(digest: str) -> AnswerChangedError:
    """The error for a step that relies on an answer that no longer holds; `digest` names the one that does."""
    return AnswerChangedError(
        fa="پاسخ امروز این قطعه با آنچه دیدید یکی نیست: روز یا قانون عوض شده است. پاسخ تازه را بخوانید و از همان‌جا "
        "درخواست دهید.",
        en="Today's answer for this parcel is not the one you saw: the day or the law has changed. Read the new "
        "answer and start from there.",
        digest=digest,
    )
