"""A co-owner objects to a case that names them: said to everybody in it, and their consent is void."""

from django.db import transaction

from apps.cases.capacities import told_of
from apps.cases.models import Case, CaseParty, CasePost
from apps.cases.opening import form_open
from apps.cases.querysets import CLOSED
from apps.cases.recording import append_history, locked_case
from apps.cases.telling import at_office, tell
from apps.common import clock
from apps.common.errors import BadInputError, ConflictError, ForbiddenError
from apps.common.text import Text, has_controls, isolated, persian_digits
from apps.parties.models import Person

_LONGEST = 2000


@transaction.atomic
def object_to(*, person: Person, tracking: str, text: str) -> CaseParty:
    """The co-owner's objection, in the conversation and the history; the applicant and, once sent in, officers hear.

    Raises NotFoundError, ForbiddenError (no co-owner of this case), ConflictError (closed), BadInputError.
    """
    case = locked_case(tracking=tracking, actor=person)
    party = CaseParty.objects.filter(case=case, person=person, removed_at__isnull=True).first()
    if party is None:
        raise ForbiddenError(
            fa="اعتراض اینجا با شریکی است که در پرونده نام برده شده است.",
            en="Only a co-owner who is named in the case objects here.",
        )
    if case.status in CLOSED:
        raise ConflictError(fa="این پرونده بسته شده است.", en="This case is closed.", status=case.status)
    words = _checked(text)
    if form_open(case) and party.consented_at is not None:
        party.consented_at, party.consented_by, party.consented_to = None, None, ""
        party.save(update_fields=["consented_at", "consented_by", "consented_to"])
    CasePost.objects.create(case=case, author=person, capacity="co_owner", side="owner", text=words, at=clock.now())
    append_history(case=case, actor=person, kind="objection", data={"party": party.pk, "as": "co_owner"})
    others = [owner for owner in told_of(case) if owner.pk != person.pk]
    tell(case, [*others, *(at_office(case))], _told(case, party))
    return party


def _checked(text: str) -> str:
    words = text.strip()
    if not words or len(words) > _LONGEST or has_controls(words):
        raise BadInputError(
            fa=f"بنویسید به چه اعتراض دارید: حداکثر {persian_digits(_LONGEST)} نویسه و بی نویسهٔ نامرئی.",
            en=f"Write what you object to: at most {_LONGEST} characters, without invisible ones.",
        )
    return words


def _told(case: Case, party: CaseParty) -> Text:
    return Text(
        fa=f"شریک ملک ({party.name}) به پروندهٔ {isolated(case.tracking)} اعتراض کرد. متن آن در گفت‌وگوی پرونده است.",
        en=f"A co-owner ({party.name}) objects to case {case.tracking}. What they wrote stands in its conversation.",
    )
