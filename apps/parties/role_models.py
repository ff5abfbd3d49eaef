"""Roles that people hold for the city, for some time and as far as they reach."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q


class Role(models.TextChoices):
    """What a person may do for the city (3-domain §10). Names for people: `parties.roles`.

    Owner, co-owner, attorney, technical agent, designer and supervisor are no roles: they are relations to a parcel or
    a case (a party of a case, a `Mandate`), never something that the city gives somebody.
    """

    RULE_EDITOR = "rule_editor"  # brings layers, rulebooks and drafts of acts
    RULE_APPROVER = "rule_approver"  # signs, as the second person
    CASE_OFFICER = "case_officer"
    INSPECTOR = "inspector"
    ZONING_OFFICER = "zoning_officer"
    DRAWING_OFFICER = "drawing_officer"
    REVENUE_OFFICER = "revenue_officer"
    DISTRICT_HEAD = "district_head"
    HERITAGE_RESPONDER = "heritage_responder"
    FIRE_RESPONDER = "fire_responder"
    UTILITY_RESPONDER = "utility_responder"
    ENGINEERING_OPERATOR = "engineering_operator"
    DEPUTY_MAYOR = "deputy_mayor"
    ARTICLE5_SECRETARY = "article5_secretary"
    ARTICLE100_CLERK = "article100_clerk"
    ARTICLE77_CLERK = "article77_clerk"
    NOTARY = "notary"  # looks whether a document is genuine, and nothing else
    OPERATOR_137 = "operator_137"
    AUDITOR = "auditor"


class Assignment(models.Model):
    """A role that a person holds, for some themes and districts, for some time. Ended, never deleted.

    `themes`, `districts`: codes and numbers it is limited to; null = all of them. Days are half-open.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="assignments")
    role = models.CharField(max_length=24, choices=Role)
    themes = ArrayField(models.SlugField(max_length=40), null=True, blank=True)
    districts = ArrayField(models.PositiveSmallIntegerField(), null=True, blank=True)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("person", "role", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gt=F("since")), name="assignment_ends_after_it_begins"
            ),
        )

    def __str__(self) -> str:
        return f"{self.role}: {self.person_id}"
