"""Owners of what a case is about."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q


class CaseParty(models.Model):
    """An owner of what a case is about, with a share (LA_Party with a share of the right, ISO 19152).

    As declared by the applicant until an officer confirms it. `person`: null until somebody signs in with `mobile`.
    A legal person has an identifier of eleven digits as `national_id`; `organisation`: null until it is registered
    here. Its managers and signatories stand for it.
    """

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="parties")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="case_parties"
    )
    organisation = models.ForeignKey(
        "parties.Organisation", null=True, blank=True, on_delete=models.PROTECT, related_name="case_parties"
    )
    name = models.CharField(max_length=160, blank=True)
    mobile = models.CharField(max_length=20, blank=True)
    national_id = models.CharField(max_length=11, blank=True)
    share_numerator = models.PositiveIntegerField(default=1)
    share_denominator = models.PositiveIntegerField(default=1)
    consented_at = models.DateTimeField(null=True, blank=True)
    consented_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    consented_to = models.CharField(max_length=80, blank=True, help_text="Digest of what was consented to")
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(
                fields=("case", "person"),
                condition=Q(person__isnull=False, removed_at__isnull=True),
                name="case_party_once",
            ),
            models.UniqueConstraint(
                fields=("case", "organisation"),
                condition=Q(organisation__isnull=False, removed_at__isnull=True),
                name="case_party_organisation_once",
            ),
            models.CheckConstraint(
                condition=Q(person__isnull=True) | Q(organisation__isnull=True), name="case_party_is_one"
            ),
            models.CheckConstraint(
                condition=Q(share_denominator__gt=0, share_numerator__gt=0)
                & Q(share_numerator__lte=F("share_denominator")),
                name="case_share_is_a_share",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.share_numerator}/{self.share_denominator} of {self.case_id}"
