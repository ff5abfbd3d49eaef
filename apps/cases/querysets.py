"""Who sees which case, and why; which holds are active."""

from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Case as Pick
from django.db.models import Exists, OuterRef, Q, Value, When

from apps.cases.querysets_own import in_the_name_of, own_side
from apps.parties import mandates
from apps.parties.memberships import bound_by
from apps.parties.models import Person, Role
from apps.parties.reaching import Reach, reach_by_role

if TYPE_CHECKING:
    from apps.cases.models import Case  # noqa: F401 - named in the base classes below
    from apps.cases.models_holds import Hold

DRAFT, CLOSED = "draft", ("cancelled", "closed", "rejected", "archived")
OFFICER = "case_officer"
WHOLE_CASE = (Role.CASE_OFFICER, Role.DISTRICT_HEAD, Role.AUDITOR)
"""Roles that see every case that was sent in, as far as they reach; the others see what came to their own worklist."""
Asker = Person | AnonymousUser


class CaseQuerySet(models.QuerySet["Case"]):
    """Cases, narrowed by visibility or state."""

    def visible_to(self, person: Asker) -> "CaseQuerySet":
        """Only what `person` may see; each row says why in `seen_because`. Nobody sees anything by default.

        Applicants, co-owners and agents with a standing mandate see their own. Case officers, district heads and
        auditors see what was sent in within their districts, and case officers drafts while a hold stands on them.
        Other offices see cases that are or were in their worklist.
        """
        if not isinstance(person, Person) or person.pk is None or not person.is_active:
            return self.none()
        reasons = [*own_side(person).items(), *_at_office(person).items()]
        seen = Pick(
            *(When(condition, then=Value(reason)) for reason, condition in reasons),
            default=Value(""),
            output_field=models.CharField(),
        )
        anyhow = Q(pk__in=())
        for _, condition in reasons:
            anyhow |= condition
        return self.filter(anyhow).annotate(seen_because=seen)

    def at_office_of(self, person: Asker) -> "CaseQuerySet":
        """Only what the person's roles at the offices open, never a case of which they are the applicant."""
        if not isinstance(person, Person) or person.pk is None or not person.is_active:
            return self.none()
        anyhow = Q(pk__in=())
        for condition in _at_office(person).values():
            anyhow |= condition
        return self.filter(anyhow).exclude(applicant=person)

    def of_owner_side(self, person: Asker) -> "CaseQuerySet":
        """Cases in which the person is applicant, co-owner or agent, by index whatever the number of cases."""
        if not isinstance(person, Person) or person.pk is None or not person.is_active:
            return self.none()
        plain = self.model._default_manager.order_by()
        own = plain.filter(applicant_id=person.pk).values("pk")
        party = plain.filter(parties__person=person, parties__removed_at__isnull=True).values("pk")
        legal = plain.filter(parties__organisation__in=bound_by(person), parties__removed_at__isnull=True).values("pk")
        held = mandates.held_by(person)
        by_land = plain.filter(in_the_name_of(held, "land_code")).values("pk")
        by_case = plain.filter(in_the_name_of(held, "tracking")).values("pk")
        return self.filter(pk__in=own.union(party, legal, by_land, by_case))

    def open(self) -> "CaseQuerySet":
        """Cases that are not over."""
        return self.filter(~Q(status__in=CLOSED))


class HoldQuerySet(models.QuerySet["Hold"]):
    """Holds, narrowed by state."""

    def active(self) -> "HoldQuerySet":
        """Not released."""
        return self.filter(release__isnull=True)


def _at_office(person: Person) -> dict[str, Q]:
    """Cases that each of the person's roles opens: of others, never of the same human being by another account."""
    reached = sorted(reach_by_role(person).items(), key=_whole_first)
    others = _of_others(person) if reached and person.national_id else Q()
    return {role: _seen_in(Role(role), reach) & others for role, reach in reached}


def _of_others(person: Person) -> Q:
    """Cases whose applicant and co-owners have another national ID, by their accounts and as they were declared."""
    from apps.cases.models import CaseParty

    same = Q(national_id=person.national_id)
    owner = Q(applicant__in=Person.objects.filter(same))
    declared = same | Q(person__national_id=person.national_id)
    return ~owner & ~Q(Exists(CaseParty.objects.filter(declared, case=OuterRef("pk"), removed_at__isnull=True)))


def _whole_first(entry: tuple[str, Reach]) -> tuple[bool, str]:
    return entry[0] not in WHOLE_CASE, entry[0]


def _seen_in(role: Role, reach: Reach) -> Q:
    within = Q() if reach is None else Q(district__in=sorted(reach))
    if role is Role.CASE_OFFICER:
        return within & (~Q(status=DRAFT) | Q(Exists(_active_holds())))
    if role in WHOLE_CASE:
        return within & ~Q(status=DRAFT)
    return within & Q(Exists(_in_worklist(role)))


def _in_worklist(role: Role) -> models.QuerySet[models.Model]:
    from apps.cases.models import KartablItem

    return KartablItem.objects.filter(case=OuterRef("pk"), side="office", role=role)


def _active_holds() -> models.QuerySet["Hold"]:
    from apps.cases.models import Hold

    return Hold.objects.active().filter(case=OuterRef("pk"))
