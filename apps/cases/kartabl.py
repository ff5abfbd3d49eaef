"""Worklists: what waits for a person at the office, and on the owner's side; taking an entry and handing it over."""

from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from apps.cases.capacities import acting_as, capacities, without_a_stake
from apps.cases.models import Case, CaseParty, KartablItem
from apps.cases.querysets_own import parties_of
from apps.cases.recording import append_history, locked_case
from apps.cases.turns import open_turn
from apps.common.errors import BadInputError, ConflictError, ForbiddenError
from apps.common.text import has_controls, search_key
from apps.parties.models import Person
from apps.parties.reaching import NOT_ON_CASES, reach_by_role

if TYPE_CHECKING:
    from apps.parties.models import Role

_BY_DUE = F("due_at").asc(nulls_last=True)


def office_items(
    person: "Person | AnonymousUser", *, role: str = "", district: int | None = None, mine: bool = False, q: str = ""
) -> QuerySet[KartablItem]:
    """Open entries that this person may work on, the most urgent first; page it. In a fixed number of queries.

    Narrowed to a role, a district, those taken by them (`mine`), or a search in number, parcel and applicant (`q`).
    Entries of cases in which they are an owner, under whichever account, are left out.
    """
    if not isinstance(person, Person) or not person.is_active:
        return KartablItem.objects.none()
    found = KartablItem.objects.filter(_reached(person, role), closed_at__isnull=True, side="office")
    found = found.filter(_of_others(person))
    if district is not None:
        found = found.filter(district=district)
    if mine:
        found = found.filter(assignee=person)
    if q.strip():
        found = found.filter(case__search__contains=search_key(q))
    return found.select_related("case", "case__parcel", "case__applicant", "assignee").order_by(_BY_DUE, "pk")


def owner_items(person: "Person | AnonymousUser") -> QuerySet[KartablItem]:
    """Open entries on the owner's side of the cases that are the person's."""
    own = Case.objects.of_owner_side(person).open().values("pk")
    found = KartablItem.objects.filter(case__in=own, closed_at__isnull=True, side="owner")
    return found.select_related("case", "case__parcel").order_by(_BY_DUE, "pk")


@transaction.atomic
def take(*, person: Person, tracking: str) -> KartablItem:
    """The officer takes the case: it is theirs until they hand it over. Raises ConflictError when it is another's."""
    case, item = _item(person, tracking)
    if item.assignee_id not in (None, person.pk):
        raise ConflictError(
            fa="همکار دیگری این پرونده را برداشته است. از او بخواهید آن را واگذار کند.",
            en="A colleague has taken this case. Ask them to hand it over.",
        )
    return _give(case, item, to=person, by=person, note="")


@transaction.atomic
def hand_over(*, person: Person, tracking: str, to: Person, note: str) -> KartablItem:
    """Hand the case to a colleague whose role reaches it, with a note. Raises BadInputError when it does not."""
    case, item = _item(person, tracking)
    if item.role not in capacities(case, to):
        raise BadInputError(
            fa="این همکار برای این پرونده نقش لازم را ندارد یا خود در آن ذی‌نفع است.",
            en="This colleague has no role for this case, or is an owner in it.",
        )
    if not note.strip() or has_controls(note):
        raise BadInputError(fa="بنویسید چرا واگذار می‌کنید.", en="Write why you hand it over.")
    return _give(case, item, to=to, by=person, note=note.strip()[:500])


def colleagues(case: Case, person: Person, *, role: str) -> list[Person]:
    """People to whom this case could be handed in this role, without `person`."""
    from apps.parties.roles import people_with

    here = () if case.district is None else (case.district,)
    able = people_with(_role(role), districts=here, citywide=not here)
    return without_a_stake(case, [p for p in able if p.pk != person.pk])


def _give(case: Case, item: KartablItem, *, to: Person, by: Person, note: str) -> KartablItem:
    if item.assignee_id == to.pk:
        return item
    item.assignee = to
    item.save(update_fields=["assignee"])
    kind = "taken" if to.pk == by.pk else "handed_over"
    data = {"role": item.role, "to": to.name_fa, "to_en": to.name_en, "note": note}
    append_history(case=case, actor=by, kind=kind, data={**data, "as": acting_as(capacities(case, by))})
    return item


def _item(person: Person, tracking: str) -> tuple[Case, KartablItem]:
    case = locked_case(tracking=tracking, actor=person)
    item = open_turn(case)
    if item is None or item.side != "office":
        raise ConflictError(fa="نوبت این پرونده با شهرداری نیست.", en="It is not the office's turn in this case.")
    if item.role not in capacities(case, person):
        raise ForbiddenError(fa="این مورد در کارتابل نقش شما نیست.", en="This entry is not in your role's worklist.")
    return case, item


def _reached(person: Person, role: str) -> Q:
    """Entries of each role within its districts; an entry without a district is for those who reach the whole city."""
    anyhow = Q(pk__in=())
    for held, reach in reach_by_role(person).items():
        if held in NOT_ON_CASES or (role and held != role):
            continue
        anyhow |= Q(role=held) if reach is None else Q(role=held, district__in=sorted(reach))
    return anyhow


def _of_others(person: Person) -> Q:
    """Entries of cases in which the same human being is neither applicant nor owner, nor signs for one."""
    own, applicant = parties_of(person), Q(case__applicant=person)
    if person.national_id:
        own |= Q(national_id=person.national_id) | Q(person__national_id=person.national_id)
        applicant |= Q(case__applicant__national_id=person.national_id)
    owners = CaseParty.objects.filter(own, case=OuterRef("case"), removed_at__isnull=True)
    return ~applicant & ~Q(Exists(owners))


def _role(code: str) -> "Role":
    from apps.parties.models import Role

    return Role(code)
