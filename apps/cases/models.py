"""Cases, their append-only history and what their people were told; the rest of the tables is gathered here."""

from django.conf import settings
from django.contrib.gis.db import models
from django.contrib.postgres.indexes import GinIndex
from django.db.models import Q

from apps.cadastre.models import Parcel
from apps.cases.models_documents import CaseDocument, DocumentVersion
from apps.cases.models_holds import Hold, HoldRelease
from apps.cases.models_parties import CaseParty
from apps.cases.models_talk import AccessRecord, CaseAsk, CasePost
from apps.cases.models_work import CaseTypeVersion, Deadline, DeadlineMark, KartablItem
from apps.cases.querysets import CLOSED, DRAFT, CaseQuerySet
from apps.common.errors import NotFoundError

__all__ = ["AccessRecord", "Case", "CaseAsk", "CaseDocument", "CaseEvent", "CaseMessage", "CaseParty", "CasePost"]
__all__ += ["CaseStatus", "CaseTypeVersion", "Deadline", "DeadlineMark", "DocumentVersion", "Hold", "HoldRelease"]
__all__ += ["KartablItem"]


class CaseStatus(models.TextChoices):
    """Statuses that every case type may use; a type's own ones stand in its definition (apps.cases.types)."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    NEEDS_DOCS = "needs_docs"
    CANCELLED = "cancelled"
    CLOSED = "closed"
    REJECTED = "rejected"
    ARCHIVED = "archived"


class Case(models.Model):
    """A request to the city: about a parcel, a place or neither, as its type says.

    `holds_land`: the database allows one such case under way per land parcel (first four code parts),
    and one draft of each applicant: a draft holds the land against nobody else. `type_version`:
    digest of the definition it was opened under. `form`: answers to the type's fields, by code. `district`: number;
    null = not known. `public_code`: with the tracking number it opens the public page. `search`: folded text.
    """

    tracking = models.CharField(max_length=20, unique=True)
    case_type = models.SlugField(max_length=40)
    type_version = models.CharField(max_length=64, blank=True)
    parcel = models.ForeignKey(Parcel, null=True, blank=True, on_delete=models.PROTECT, related_name="cases")
    land_code = models.CharField(max_length=60, blank=True, db_index=True)
    holds_land = models.BooleanField(default=True)
    place = models.PointField(srid=settings.CITY_SRID, null=True, blank=True)
    district = models.PositiveSmallIntegerField(null=True, blank=True)
    applicant = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="cases")
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    status = models.CharField(max_length=24, default=CaseStatus.DRAFT)
    moved_at = models.DateTimeField(null=True)
    channel = models.CharField(max_length=16, default="portal")
    form = models.JSONField(default=dict, blank=True)
    public_code = models.CharField(max_length=12, blank=True)
    search = models.TextField(blank=True)
    opened_at = models.DateTimeField()

    objects = CaseQuerySet.as_manager()

    class Meta:
        ordering = ("-opened_at",)
        constraints = [
            models.UniqueConstraint(
                fields=("land_code",),
                condition=Q(holds_land=True) & ~Q(status__in=(DRAFT, *CLOSED)),
                name="one_open_case_per_land",
            ),
            models.UniqueConstraint(
                fields=("land_code", "applicant"),
                condition=Q(holds_land=True, status=DRAFT),
                name="one_draft_per_land_and_applicant",
            ),
            models.CheckConstraint(condition=Q(holds_land=False) | ~Q(land_code=""), name="held_land_has_a_code"),
        ]
        indexes = [
            models.Index(fields=["applicant", "-opened_at"], name="case_by_applicant"),
            models.Index(fields=["district", "-opened_at"], name="case_by_district"),
            GinIndex(fields=["search"], name="case_search_trgm", opclasses=["gin_trgm_ops"]),
        ]

    def __str__(self) -> str:
        return self.tracking

    @property
    def land(self) -> Parcel:
        """The parcel of a case that is about one. Raises NotFoundError for a case that is not."""
        if self.parcel is None:
            raise NotFoundError(fa="این پرونده دربارهٔ قطعه‌ای نیست.", en="This case is about no parcel.")
        return self.parcel


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


class CaseMessage(models.Model):
    """A sentence to one person about one case, shown on the case's page; who sends things may forward it."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="messages")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="case_messages")
    text_fa = models.TextField()
    text_en = models.TextField()
    created_at = models.DateTimeField()

    class Meta:
        ordering = ("created_at", "pk")
        indexes = [models.Index(fields=["person", "-created_at"], name="case_message_by_person")]

    def __str__(self) -> str:
        return f"{self.case_id} → {self.person_id}"
