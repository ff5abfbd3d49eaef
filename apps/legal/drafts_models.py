"""Drafts of acts, what they name, and the files of minutes and orders. Fixed once signed or withdrawn (triggers)."""

from django.conf import settings
from django.contrib.gis.db import models
from django.db.models import F, Q

from apps.legal.acts import ActKind, Authority


class DraftState(models.TextChoices):
    """Where a draft stands. Nothing leads back from SIGNED or WITHDRAWN."""

    DRAFTED = "drafted"
    SIGNED = "signed"
    WITHDRAWN = "withdrawn"


class DocumentKind(models.TextChoices):
    """What minutes may be, told by the content and never by the name."""

    PDF = "pdf"
    PNG = "png"
    JPEG = "jpeg"


class ActDocument(models.Model):
    """Minutes or an order as a file, known by its content: appended and never changed (a trigger refuses it).

    `sha256`: hex digest of the bytes. `name`: what people called the file, for people only.
    """

    sha256 = models.CharField(max_length=64, unique=True)
    file = models.FileField(upload_to="acts/", max_length=160)
    kind = models.CharField(max_length=8, choices=DocumentKind)
    size = models.PositiveIntegerField()
    name = models.CharField(max_length=160)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name} ({self.sha256[:12]})"


class ActDraft(models.Model):
    """An act that one person wrote and nobody has countersigned yet: everything `record_act` takes, for each target.

    `digest`: of all that would be signed (drafts_digest); it changes with every change. `scope` null = everywhere.
    """

    kind = models.CharField(max_length=16, choices=[(k.value, k.name.title()) for k in ActKind])
    authority = models.CharField(
        max_length=16, choices=[(a.value, a.name.title()) for a in Authority], default=Authority.ADMINISTRATIVE
    )
    number = models.CharField(max_length=60)
    act_date = models.DateField()
    effective_on = models.DateField()
    body_fa = models.CharField(max_length=160)
    body_en = models.CharField(max_length=160)
    reason_fa = models.TextField(blank=True)
    reason_en = models.TextField(blank=True)
    transition = models.JSONField(default=list, blank=True)
    scope = models.MultiPolygonField(srid=settings.CITY_SRID, null=True, blank=True, spatial_index=False)
    document = models.ForeignKey(ActDocument, on_delete=models.PROTECT, related_name="drafts")
    state = models.CharField(max_length=12, choices=DraftState, default=DraftState.DRAFTED)
    digest = models.CharField(max_length=64)
    drafted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-drafted_at", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(state="drafted", closed_by__isnull=True, closed_at__isnull=True)
                | (~Q(state="drafted") & Q(closed_by__isnull=False, closed_at__isnull=False)),
                name="act_draft_closed_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state="signed", closed_by=F("drafted_by")), name="act_draft_two_people"
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.number} ({self.state})"


class DraftTarget(models.Model):
    """One instrument that a draft acts on, with the suspension it lifts or the successor it names there.

    `act`: what the signature recorded for it.
    """

    draft = models.ForeignKey(ActDraft, on_delete=models.CASCADE, related_name="targets")
    position = models.PositiveSmallIntegerField()
    instrument = models.ForeignKey("legal.Instrument", on_delete=models.PROTECT, related_name="+")
    lifts = models.ForeignKey("legal.LegalAct", null=True, on_delete=models.PROTECT, related_name="+")
    replaced_by = models.ForeignKey("legal.Instrument", null=True, on_delete=models.PROTECT, related_name="+")
    act = models.OneToOneField("legal.LegalAct", null=True, on_delete=models.PROTECT, related_name="drafted")

    class Meta:
        ordering = ("draft", "position")
        constraints = (models.UniqueConstraint(fields=("draft", "instrument"), name="act_draft_names_once"),)

    def __str__(self) -> str:
        return f"{self.draft_id}/{self.position}"
