"""Legal persons and offices that act for others, and who belongs to them. Natural persons are `Person`."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q


class OrganisationKind(models.TextChoices):
    """What an organisation is."""

    LEGAL_PERSON = "legal_person"
    ENGINEERING_OFFICE = "engineering_office"
    COUNTER_OFFICE = "counter_office"
    PUBLIC_BODY = "public_body"


class OrganisationStatus(models.TextChoices):
    """Only an open one acts, owns mandates or has members that act in its name."""

    OPEN = "open"
    SUSPENDED = "suspended"
    CLOSED = "closed"


class Organisation(models.Model):
    """A legal person (LA_Party; LA_GroupParty where several stand together), known by its national identifier.

    `national_id`: 11 digits (شناسه ملی), unique; public bodies may have none. `synthetic`: invented for the demo.
    """

    kind = models.CharField(max_length=20, choices=OrganisationKind)
    national_id = models.CharField(max_length=11, blank=True)
    registration_number = models.CharField(max_length=20, blank=True)
    name_fa = models.CharField(max_length=160)
    name_en = models.CharField(max_length=160, blank=True)
    postal_code = models.CharField(max_length=10, blank=True)
    status = models.CharField(max_length=12, choices=OrganisationStatus, default=OrganisationStatus.OPEN)
    synthetic = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("name_fa", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("national_id",), condition=~Q(national_id=""), name="one_organisation_per_national_id"
            ),
            models.CheckConstraint(
                condition=Q(kind="public_body") | ~Q(national_id=""), name="organisation_has_a_national_id"
            ),
        )

    def __str__(self) -> str:
        return self.name_fa


class MemberRole(models.TextChoices):
    """What a member may do: a manager keeps the list of members, a signatory binds the organisation, a member works."""

    MANAGER = "manager"
    SIGNATORY = "signatory"
    MEMBER = "member"


class Membership(models.Model):
    """A person belongs to an organisation, from a day to before a day. Ended, never edited or deleted (a trigger).

    `until` = `since` is an empty time: who is put out on the first day has no rights from that moment.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="memberships")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=12, choices=MemberRole)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("organisation", "person", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="membership_ends_after_it_begins"
            ),
            models.UniqueConstraint(
                fields=("person", "organisation", "role"),
                condition=Q(until__isnull=True),
                name="one_standing_membership_per_role",
            ),
        )

    def __str__(self) -> str:
        return f"{self.role}: {self.person_id} in {self.organisation_id}"
