"""Who sees which case, and why."""

from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q, Value

if TYPE_CHECKING:
    from apps.cases.models import Case  # noqa: F401 - named in the base class below
    from apps.parties.models import Person

APPLICANT = "applicant"
CLOSED = ("cancelled", "closed")


class CaseQuerySet(models.QuerySet["Case"]):
    """Cases, narrowed by visibility or state."""

    def visible_to(self, person: "Person | AnonymousUser") -> "CaseQuerySet":
        """Only what `person` may see; each row says why in `seen_because`. Nobody sees anything by default."""
        if person.pk is None or not person.is_active:
            return self.none()
        return self.filter(applicant_id=person.pk).annotate(seen_because=Value(APPLICANT))

    def open(self) -> "CaseQuerySet":
        """Cases that still hold their land."""
        return self.filter(~Q(status__in=CLOSED))
