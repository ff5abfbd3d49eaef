"""What must hold before a permit request goes on, by name. A name that nobody answers for refuses (fail closed).

`inspection_done` is answered by `inspection_guard`.
"""

from collections.abc import Callable

from apps.cases.guards import Guard, consents_given, guard, owners_confirmed
from apps.cases.models import Case
from apps.cases.types.definition import CaseType
from apps.common.text import Text
from apps.permits import drawing_checks, former, knowing, land, proposals
from apps.permits.evidence import relied_documents
from apps.permits.examined import being_examined, mark
from apps.permits.kinds import KindNeeds, needs_of_case
from apps.permits.models import PermitRequest
from apps.permits.states import DRAFT, DRAWING_REVIEW, INQUIRIES, INSPECTION, RULES, SUBMITTED

_NO = Text("این مسیر برای این درخواست نیست.", "This way is not for this request.")


def request_of(case: Case) -> PermitRequest:
    """The request of a permit case."""
    return PermitRequest.objects.select_related("case", "case__parcel").get(case=case.pk)


def _only(name: str, holds: Callable[[Case], bool]) -> Guard:
    """A condition that picks an edge: no message of its own is ever shown."""

    @guard(name)
    def answer(case: Case, definition: CaseType) -> Text | None:  # noqa: ARG001 - one shape for all guards
        return None if holds(case) else _NO

    return answer


def _needs(case: Case) -> KindNeeds:
    return needs_of_case(case)


def left(case: Case) -> str:
    """The state that the case left when it was last sent back to its owner; '' = never."""
    event = case.events.filter(kind="send_back").order_by("-pk").first()
    return "" if event is None else str(event.data.get("from", ""))


def goes_back_to(case: Case) -> str:
    """Where it returns to: the state it left; drawings that must be checked again are reviewed again first."""
    state = left(case)
    if state == INQUIRIES and drawing_checks.must_be_checked_again(request_of(case)):
        return DRAWING_REVIEW
    return state


_only("needs_inspection", lambda case: _needs(case).inspection)
_only("needs_no_inspection", lambda case: not _needs(case).inspection)
_only("needs_proposal", lambda case: _needs(case).proposal)
_only("needs_no_proposal", lambda case: not _needs(case).proposal)
_only("left_submitted", lambda case: goes_back_to(case) == SUBMITTED)
_only("left_inspection", lambda case: goes_back_to(case) == INSPECTION)
_only("left_rules", lambda case: goes_back_to(case) == RULES)
_only("left_drawing_review", lambda case: goes_back_to(case) == DRAWING_REVIEW)
_only("left_inquiries", lambda case: goes_back_to(case) == INQUIRIES)


@guard("examined")
def examined(case: Case, definition: CaseType) -> Text | None:  # noqa: ARG001 - one shape for all guards
    """Its evidence was held against every act that is recorded."""
    return being_examined().message if mark().is_past(request_of(case)) else None


@guard("land_stands")
def land_stands(case: Case, definition: CaseType) -> Text | None:  # noqa: ARG001 - one shape for all guards
    """The parcel is the one that the frozen extract speaks of: neither gone nor of another shape."""
    return land.why_changed(request_of(case))


@guard("land_gone")
def land_gone(case: Case, definition: CaseType) -> Text | None:  # noqa: ARG001 - one shape for all guards
    """The contrary: only a request whose parcel changed moves to another one."""
    if land.why_changed(request_of(case)) is not None:
        return None
    return Text(
        "قطعهٔ این درخواست تغییر نکرده است و درخواست روی همان ادامه می‌یابد.",
        "The parcel of this request has not changed; it goes on there.",
    )


@guard("one_open_case")
def one_open_case(case: Case, definition: CaseType) -> Text | None:  # noqa: ARG001 - one shape for all guards
    """No other open case holds the land; a parcel and its parts (first four parts of the code) are one land."""
    held = Case.objects.open().filter(land_code=case.land_code, holds_land=True)
    others = held.exclude(status=DRAFT).exclude(pk=case.pk)
    if not others.exists():
        return None
    return Text("برای این ملک پروندهٔ باز دیگری هست.", "Another case is open on this land.")


@guard("owners_consent")
def owners_consent(case: Case, definition: CaseType) -> Text | None:
    """Every owner on the case has consented, for kinds that ask for it."""
    return consents_given(case, definition) if _needs(case).consent else None


@guard("owners_seen")
def owners_seen(case: Case, definition: CaseType) -> Text | None:
    """An officer has held the owners against the deed, for kinds that ask for their consent."""
    return owners_confirmed(case, definition) if _needs(case).consent else None


@guard("proposal_ready")
def proposal_ready(case: Case, definition: CaseType) -> Text | None:  # noqa: ARG001 - one shape for all guards
    """There is a proposal, for kinds that rest on one."""
    if not _needs(case).proposal or proposals.latest(request_of(case)) is not None:
        return None
    return Text(
        "این درخواست هنوز طرح ندارد. در صفحهٔ «طرح پیشنهادی» سطح اشغال و طبقه‌ها را بنویسید.",
        "This request has no proposal yet. Write footprint and storeys on its proposal page.",
    )


@guard("former_checked")
def former_checked(case: Case, definition: CaseType) -> Text | None:  # noqa: ARG001 - one shape for all guards
    """An officer has compared the former permit that the owner named with the archive."""
    return former.why_not_checked(case) if _needs(case).former else None


@guard("rules_known")
def rules_known(case: Case, definition: CaseType) -> Text | None:  # noqa: ARG001 - one shape for all guards
    """The extract that the zoning order will rest on knows everything."""
    return knowing.why_not_known(knowing.of_order(request_of(case)))


@guard("checks_pass")
def checks_pass(case: Case, definition: CaseType) -> Text | None:  # noqa: ARG001 - one shape for all guards
    """Every check of the drawings passes, or the drawing officer signed why an open one is in order."""
    return drawing_checks.why_not_passed(request_of(case), needed=_needs(case).proposal)


@guard("inquiries_answered")
def inquiries_answered(case: Case, definition: CaseType) -> Text | None:  # noqa: ARG001 - one shape for all guards
    """Nobody must be asked, and nothing is open on which somebody might have to be."""
    request = request_of(case)
    return knowing.why_not_free(relied_documents([request]).get(request.relied_digest))
