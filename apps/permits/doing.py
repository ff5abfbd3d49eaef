"""What a permit request does with a step, under its case's lock, whichever door was used (cases.step_doors)."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from apps.cases.capacities import told_of
from apps.cases.owners import forget_consents
from apps.cases.step_doors import Taking
from apps.cases.telling import tell
from apps.common.errors import ForbiddenError
from apps.common.text import Text
from apps.extracts.differing import compare
from apps.permits import evidence as evidence_of
from apps.permits import inspection_area, proposals, step_data, words
from apps.permits.drawing_checks import must_be_checked_again
from apps.permits.evidence import read_digest, relied_documents
from apps.permits.examined import being_examined, ensure_examined
from apps.permits.filing import file_case
from apps.permits.models import PermitRequest
from apps.permits.rebasing import rebase

Doing = Callable[[Taking], Mapping[str, Any]]
_ANY_STEP = frozenset({"said", "article", "accepted"})


def prepare(taking: Taking) -> Mapping[str, Any]:
    """Do what the step needs; what history keeps of its data. Raises to refuse."""
    doing, asked = _DOINGS.get(taking.verb), _asked_alone(taking)
    return asked.data if doing is None else doing(asked)


def _asked_alone(taking: Taking) -> Taking:
    """Without what a person sent that this step does not ask for: history would say it as if it were so."""
    if taking.actor is None:
        return taking
    asked = _ANY_STEP.union(field.code for field in step_data.ASKS.get(taking.verb, ()))
    return replace(taking, data={name: value for name, value in taking.data.items() if name in asked})


def _submit(taking: Taking) -> Mapping[str, Any]:
    accepted = read_digest(str(taking.data.get("accepted", "")))
    if taking.actor is None:  # the table lets only the owner's side send in
        raise ForbiddenError(fa="درخواست را مالک می‌فرستد.", en="The owner's side sends a request in.")
    file_case(taking.case, person=taking.actor, accepted=accepted)
    return {}


def _return(taking: Taking) -> Mapping[str, Any]:
    """Another proposal than the frozen one, or one held against another answer, is checked and frozen anew."""
    request = _request(taking)
    if must_be_checked_again(request):
        return {**taking.data, "checks": _freeze(request)}
    return taking.data


def _send_drawings(taking: Taking) -> Mapping[str, Any]:
    return {**taking.data, "checks": _freeze(_request(taking))}


def _announce(taking: Taking) -> Mapping[str, Any]:
    """The zoning order: the extract of this day is kept anew, its number and day stand in history."""
    order = step_data.read(taking.verb, taking.data)
    request = _request(taking)
    now = ensure_examined(request)
    if request.continues_by_id is None:
        fresh = evidence_of.of_now(parcel_code=request.case.land.code, kind=request.kind, on=now.today)
        if fresh.law != request.examined_version:
            raise being_examined()
        _tell_of_another(taking, request, fresh.extract.data)
        evidence_of.rely(request, fresh)
        request.examined_on = now.today
        request.save()
    kept = {"digest": request.relied_digest, "law": request.relied_law, "on": now.today.isoformat()}
    return {**taking.data, **order, **kept, "checks": _freeze(request)}


def _decided(taking: Taking) -> Mapping[str, Any]:
    return {**taking.data, **step_data.read(taking.verb, taking.data)}


def _rebase(taking: Taking) -> Mapping[str, Any]:
    code = step_data.read(taking.verb, taking.data)["parcel"]
    return {**taking.data, **rebase(taking.case, _request(taking), code)}


def _inspected(taking: Taking) -> Mapping[str, Any]:
    """The measured area corrects the legal one where the rule says so."""
    return {**taking.data, **inspection_area.settle(taking.case, taking.actor)}


_DOINGS: Mapping[str, Doing] = {
    "submit": _submit,
    "return": _return,
    "inspected": _inspected,
    "announce": _announce,
    "decided": _decided,
    "send_drawings": _send_drawings,
    "rebase": _rebase,
}


def _tell_of_another(taking: Taking, request: PermitRequest, fresh: Mapping[str, Any]) -> None:
    """Nothing is changed in silence: the owners hear what today's answer says otherwise, and consent anew."""
    before = relied_documents([request]).get(request.relied_digest)
    differences = () if before is None else compare(before, fresh)
    if differences:
        text = _told(taking.case.tracking, words.summary(differences))
        tell(taking.case, told_of(taking.case), text)
        forget_consents(taking.case, because="zoning_order")


def _told(tracking: str, changes: Text) -> Text:
    """To the owners: the zoning order rests on an answer that is not the one they sent the request in with."""
    return Text(
        fa=f"دستور نقشهٔ درخواست \u2066{tracking}\u2069 بر پاسخ امروز استوار است و با پاسخ هنگام ثبت یکی نیست: "
        f"{changes.fa} طرح را با آن بسنجید.",
        en=f"The zoning order of request {tracking} rests on today's answer, which is not the one it was sent in with: "
        f"{changes.en} Hold your proposal against it.",
    )


def _freeze(request: PermitRequest) -> str:
    """Proposal and checks against the answer that the request rests on; digest of what was kept."""
    return proposals.freeze(request, extract=relied_documents([request])[request.relied_digest]).digest


def _request(taking: Taking) -> PermitRequest:
    return PermitRequest.objects.select_related("case", "case__parcel").get(case=taking.case.pk)
