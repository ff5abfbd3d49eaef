"""What is asked of the owner, item by item: an office asks, the owner answers or disputes, the office settles."""

from django.db import transaction

from apps.cases.ask_words import told_again, told_asked, told_turn
from apps.cases.asked import Asked, check_text
from apps.cases.capacities import acting_as, capacities, hold_mandate, side_of, told_of
from apps.cases.models import Case, CaseAsk, CaseDocument
from apps.cases.recording import append_history, check_not_over, locked_case
from apps.cases.telling import at_office, tell
from apps.cases.workflow import OWNER
from apps.common import clock
from apps.common.errors import BadInputError, ConflictError, ForbiddenError, NotFoundError
from apps.parties.models import Person

OPEN, ANSWERED, DISPUTED, SETTLED, WITHDRAWN = "open", "answered", "disputed", "settled", "withdrawn"
_MOST_OPEN = 50


@transaction.atomic
def ask(*, person: Person, tracking: str, asked: Asked) -> CaseAsk:
    """One more item on the owner's checklist. The owner's side is told.

    Raises NotFoundError, ForbiddenError (not an officer of this case), ConflictError (closed, too many), BadInputError.
    """
    case = locked_case(tracking=tracking, actor=person)
    held = _of_office(case, person)
    check_text(asked.title.fa, asked.title.en, asked.reason.fa, asked.reason.en, asked.article or "-")
    if case.asks.filter(state=OPEN).count() >= _MOST_OPEN:
        raise ConflictError(fa="موارد باز این پرونده زیاد است.", en="Too many things are open in this case.")
    made = CaseAsk.objects.create(
        case=case,
        kind=asked.kind,
        code=asked.code,
        title_fa=asked.title.fa,
        title_en=asked.title.en,
        reason_fa=asked.reason.fa,
        reason_en=asked.reason.en,
        article=asked.article[:80],
        asked_by=person,
        asked_as=acting_as(held),
        asked_at=clock.now(),
    )
    data = {"ask": made.pk, "title": asked.title.as_dict(), "article": made.article, "as": made.asked_as}
    append_history(case=case, actor=person, kind="ask", data=data)
    tell(case, told_of(case), told_asked(case, asked.title, asked.reason))
    return made


@transaction.atomic
def answer(*, person: Person, tracking: str, pk: int, text: str, document: CaseDocument | None = None) -> CaseAsk:
    """The owner's answer: a text, a document of the case, or both. Raises as `ask`, and when it is no longer open."""
    found = _of_owner(person, tracking, pk)
    if document is not None and document.case_id != found.case_id:
        raise NotFoundError(fa="چنین مدرکی در این پرونده نیست.", en="There is no such document in this case.")
    if not text.strip() and document is None:
        raise BadInputError(fa="پاسخ بنویسید یا مدرک بفرستید.", en="Write an answer or send a document.")
    return _turn(found, person, state=ANSWERED, text=text, document=document)


@transaction.atomic
def dispute(*, person: Person, tracking: str, pk: int, text: str) -> CaseAsk:
    """The owner holds that this need not be given, and says why. Raises as `answer`."""
    found = _of_owner(person, tracking, pk)
    if not text.strip():
        raise BadInputError(
            fa="بنویسید چرا این مورد را نمی‌پذیرید.", en="Write why you do not accept that this is asked."
        )
    return _turn(found, person, state=DISPUTED, text=text, document=None)


@transaction.atomic
def settle(*, person: Person, tracking: str, pk: int, accepted: bool, said: str = "") -> CaseAsk:
    """The office's word on an answer or a dispute: accepted = done with; not = it is open again, with the reason."""
    case = locked_case(tracking=tracking, actor=person)
    held = _of_office(case, person)
    found = _ask_of(case, pk)
    _check_state(found, OPEN, ANSWERED, DISPUTED)
    if not accepted and not said.strip():
        raise BadInputError(fa="دلیل نپذیرفتن را بنویسید.", en="Write why it is not accepted.")
    check_text(said or "-")
    found.state = SETTLED if accepted else OPEN
    found.settled_by, found.settled_at, found.settled_said = person, clock.now(), said.strip()
    found.save(update_fields=["state", "settled_by", "settled_at", "settled_said"])
    data = {"ask": pk, "accepted": accepted, "said": said.strip(), "as": acting_as(held)}
    append_history(case=case, actor=person, kind="settle", data=data)
    if not accepted:
        tell(case, told_of(case), told_again(case, found))
    return found


def _turn(found: CaseAsk, person: Person, *, state: str, text: str, document: CaseDocument | None) -> CaseAsk:
    check_text(text or "-")
    found.state, found.answer, found.document = state, text.strip(), document
    found.answered_by, found.answered_at = person, clock.now()
    found.save(update_fields=["state", "answer", "document", "answered_by", "answered_at"])
    data = {"ask": found.pk, "text": text.strip(), "document": document.pk if document else None}
    held = capacities(found.case, person)
    append_history(case=found.case, actor=person, kind=state, data={**data, "as": acting_as(held)})
    tell(found.case, at_office(found.case), told_turn(found))
    return found


def _of_owner(person: Person, tracking: str, pk: int) -> CaseAsk:
    case = locked_case(tracking=tracking, actor=person)
    held = capacities(case, person)
    if OWNER not in held:
        raise ForbiddenError(
            fa="پاسخ با متقاضی یا نمایندهٔ او با اختیار اقدام است.",
            en="The applicant answers, or an agent with a mandate to act.",
        )
    hold_mandate(case, person, held)
    check_not_over(case)
    found = _ask_of(case, pk)
    _check_state(found, OPEN)
    return found


def _of_office(case: Case, person: Person) -> frozenset[str]:
    held = capacities(case, person)
    if side_of(held) != "office":
        raise ForbiddenError(fa="این کار با کارشناسان این پرونده است.", en="This is for the officers of this case.")
    check_not_over(case)
    return held


def _ask_of(case: Case, pk: int) -> CaseAsk:
    found = CaseAsk.objects.select_related("case", "case__applicant").filter(case=case, pk=pk).first()
    if found is None:
        raise NotFoundError(fa="چنین موردی در این پرونده نیست.", en="There is no such item in this case.")
    return found


def _check_state(found: CaseAsk, *states: str) -> None:
    if found.state not in states:
        raise ConflictError(
            fa="این مورد در این میان تغییر کرده است. صفحه را تازه کنید.",
            en="This item has changed meanwhile. Reload the page.",
            state=found.state,
        )
