"""What planners bring to the desk: uploads, runs that take a layer in, and tables of rules being checked."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from apps.legal.models import Instrument, Rank
from gis_layers.models import Edition, Theme

__all__ = ["IntakeRun", "RulebookDraft", "RunState", "Upload", "UploadState"]


class UploadState(models.TextChoices):
    """RECEIVING until the last byte; then COMPLETE until a run or a table takes the file over."""

    RECEIVING = "receiving"
    COMPLETE = "complete"
    TAKEN = "taken"


class Upload(models.Model):
    """A file on its way in, or arrived. `offset`: bytes that surely stand on disk; what lies beyond is rewritten.

    `declared`: digest the sender gave beforehand ('' = none); `digest`: SHA-256 (hex) of the whole file.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    file_name = models.CharField(max_length=200)
    size = models.BigIntegerField()
    offset = models.BigIntegerField(default=0)
    declared = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    state = models.CharField(max_length=12, choices=UploadState, default=UploadState.RECEIVING)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)

    class Meta:
        ordering = ("-created_at",)
        constraints = [
            models.CheckConstraint(
                condition=Q(offset__gte=0, offset__lte=models.F("size")), name="upload_offset_within_size"
            )
        ]

    def __str__(self) -> str:
        return f"{self.file_name} {self.offset}/{self.size}"


class RunState(models.TextChoices):
    """MAPPING: the planner still says what the file holds. Transitions: apps.desk.intake_states."""

    MAPPING = "mapping"
    QUEUED = "queued"
    RUNNING = "running"
    CANCELLING = "cancelling"
    CANCELLED = "cancelled"
    FAILED = "failed"
    DONE = "done"


class IntakeRun(models.Model):
    """A layer on its way to becoming an edition: what was uploaded, how it is to be read, how far it is, its report.

    `attempt` is raised by each worker that takes the run up: only the holder of the latest may write to it.
    `heartbeat`: last sign of life of that worker. `replaces`: id of the draft edition that this run puts itself in the
    place of. The edition, its report and DONE stand in the database together or not at all.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    file_name = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    size = models.BigIntegerField()
    coverage_name = models.CharField(max_length=200, blank=True)
    theme = models.ForeignKey(Theme, null=True, on_delete=models.PROTECT, related_name="+")
    instrument_code = models.SlugField(max_length=80, blank=True)
    title_fa = models.CharField(max_length=200, blank=True)
    title_en = models.CharField(max_length=200, blank=True)
    rank = models.PositiveSmallIntegerField(choices=Rank, default=Rank.CITY_PLAN)
    layer = models.CharField(max_length=200, blank=True)
    mapping = models.JSONField(default=dict, blank=True)
    crs = models.CharField(max_length=40, blank=True, help_text="Only where the file is silent")
    encoding = models.CharField(max_length=40, blank=True)
    coverage = models.JSONField(default=dict, blank=True, help_text="See apps.desk.intake_coverage")
    state = models.CharField(max_length=12, choices=RunState, default=RunState.MAPPING)
    step = models.CharField(max_length=24, blank=True)
    progress = models.FloatField(default=0.0)
    attempt = models.PositiveSmallIntegerField(default=0)
    heartbeat = models.DateTimeField(null=True)
    report = models.JSONField(default=dict, blank=True)
    error = models.JSONField(default=dict, blank=True, help_text="{fa, en} of a run that failed")
    edition = models.ForeignKey(Edition, null=True, on_delete=models.SET_NULL, related_name="+")
    replaces = models.BigIntegerField(null=True)
    corrects = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="corrected_by")
    created_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-created_at",)
        indexes = [models.Index(fields=["state", "heartbeat"], name="intake_run_by_state")]

    def __str__(self) -> str:
        return f"{self.file_name} → {self.instrument_code or '?'} ({self.state})"


class RulebookDraft(models.Model):
    """A table of rules as it was uploaded: its faults, or the draft rulebook it became.

    `faults`: dicts of apps.legal.rulebook_faults.Fault; `book`: code of the rulebook that it revises or begins.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    file_name = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    row_count = models.PositiveIntegerField(default=0)
    themes = models.JSONField(default=list, blank=True)
    faults = models.JSONField(default=list, blank=True)
    book = models.SlugField(max_length=60, blank=True)
    source = models.CharField(max_length=60, blank=True)
    title_fa = models.CharField(max_length=200, blank=True)
    title_en = models.CharField(max_length=200, blank=True)
    instrument = models.ForeignKey(Instrument, null=True, on_delete=models.SET_NULL, related_name="+")
    corrects = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="corrected_by")
    created_at = models.DateTimeField()
    loaded_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-created_at",)

    def __str__(self) -> str:
        return f"{self.file_name} ({self.row_count} rows, {len(self.faults)} faults)"
