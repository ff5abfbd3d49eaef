"""Cases and their append-only history."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from apps.cadastre.models import Parcel
from apps.cases.querysets import CLOSED, CaseQuerySet


class CaseStatus(models.TextChoices):
    """Where a case stands; the transition table lives in apps.permits.workflow."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    CANCELLED = "cancelled"
    CLOSED = "closed"


class Case(models.Model):
    """A request about one parcel. The database allows one open case per land parcel (first four code parts)."""

    tracking = models.CharField(max_length=20, unique=True)
    case_type = models.SlugField(max_length=40)
    parcel = models.ForeignKey(Parcel, on_delete=models.PROTECT, related_name="cases")
    land_code = models.CharField(max_length=60)
    applicant = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="cases")
    status = models.CharField(max_length=16, choices=CaseStatus, default=CaseStatus.DRAFT)
    channel = models.CharField(max_length=16, default="portal")
    opened_at = models.DateTimeField()

    objects = CaseQuerySet.as_manager()

    class Meta:
        ordering = ("-opened_at",)
        constraints = [
            models.UniqueConstraint(
                fields=("land_code",), condition=~Q(status__in=CLOSED), name="one_open_case_per_land"
            )
        ]

    def __str__(self) -> str:
        return self.tracking


class CaseEvent(models.Model):
    """One thing that happened to a case; append-only by trigger."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="events")
    at = models.DateTimeField()
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=40)
    data = models.JSONField(default=dict)

    class Meta:
        ordering = ("at", "pk")

    def __str__(self) -> str:
        return f"{self.kind} {self.at:%Y-%m-%d}"
