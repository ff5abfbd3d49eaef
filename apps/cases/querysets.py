"""Who sees which case, and why; which holds are active."""

from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Case as Pick
from django.db.models import Exists, OuterRef, Q, Value, When

from apps.cadastre.models import ParcelVersion
from apps.parties.models import Role
from apps.parties.roles import reaches

if TYPE_CHECKING:
    from apps.cases.models import Case, Hold  # noqa: F401 - named in the base classes below
    from apps.parties.models import Person

APPLICANT, OFFICER = "applicant", "case_officer"
DRAFT, CLOSED = "draft", ("cancelled", "closed")


class CaseQuerySet(models.QuerySet["Case"]):
    """Cases, narrowed by visibility or state."""

    def visible_to(self, person: "Person | AnonymousUser") -> "CaseQuerySet":
        """Only what `person` may see; each row says why in `seen_because`. Nobody sees anything by default.

        Applicants see their own. Case officers see what was sent in on the parcels of their districts, and drafts
        while a hold stands on them.
        """
        if person.pk is None or not person.is_active:
            return self.none()
        own = Q(applicant_id=person.pk)
        seen = Pick(When(own, then=Value(APPLICANT)), default=Value(OFFICER), output_field=models.CharField())
        return self.filter(own | _at_office(person)).annotate(seen_because=seen)

    def open(self) -> "CaseQuerySet":
        """Cases that still hold their land."""
        return self.filter(~Q(status__in=CLOSED))


class HoldQuerySet(models.QuerySet["Hold"]):
    """Holds, narrowed by state."""

    def active(self) -> "HoldQuerySet":
        """Not released."""
        return self.filter(release__isnull=True)


def _at_office(person: "Person | AnonymousUser") -> Q:
    """Cases that a case officer's reach opens; nothing for everybody else."""
    districts = [reach.districts for reach in reaches(person, Role.CASE_OFFICER)]
    if not districts:
        return Q(pk__in=())
    sent_in_or_held = ~Q(status=DRAFT) | Q(Exists(_active_holds()))
    if None in districts:
        return sent_in_or_held
    here = ParcelVersion.objects.filter(
        parcel=OuterRef("parcel"), known__upper_inf=True, district__number__in=set().union(*filter(None, districts))
    )
    return sent_in_or_held & Q(Exists(here))


def _active_holds() -> models.QuerySet["Hold"]:
    from apps.cases.models import Hold

    return Hold.objects.active().filter(case=OuterRef("pk"))
