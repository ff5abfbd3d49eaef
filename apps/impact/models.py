"""Impact reports: what was compared, how far it is, and what came out, parcel by parcel."""

from django.conf import settings
from django.db import models

from apps.cadastre.models import Parcel, ParcelVersion
from apps.cases.models import Case


class ReportState(models.TextChoices):
    """WAITING: a layer's overlay is still being computed. Transitions: apps.impact.running."""

    QUEUED = "queued"
    WAITING = "waiting"
    RUNNING = "running"
    CANCELLING = "cancelling"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


class ImpactReport(models.Model):
    """What acts that nobody has signed would change on a day, computed on one version of the law.

    `subject`: what it is about ('draft:12', 'instruments:hc-1404'); `acts`: arguments of `record_act` (acts_json);
    `fingerprint`: of the acts and kinds. `themes` null = all. `plan`: batches of chunks; `done`: how many of them
    stand.
    `attempt` is raised by each worker that takes the report up: only the holder of the latest may write to it.
    """

    subject = models.CharField(max_length=200, db_index=True)
    label_fa = models.CharField(max_length=300)
    label_en = models.CharField(max_length=300)
    acts = models.JSONField()
    fingerprint = models.CharField(max_length=64)
    on = models.DateField()
    kinds = models.JSONField(default=list)
    themes = models.JSONField(null=True)
    law_version = models.BigIntegerField(null=True)
    known_at = models.DateTimeField(null=True, help_text="Parcels as recorded by then")
    state = models.CharField(max_length=12, choices=ReportState, default=ReportState.QUEUED)
    plan = models.JSONField(default=list)
    done = models.PositiveIntegerField(default=0)
    attempt = models.PositiveSmallIntegerField(default=0)
    heartbeat = models.DateTimeField(null=True)
    looked_at = models.PositiveIntegerField(default=0)
    summary = models.JSONField(default=dict)
    error = models.JSONField(default=dict)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    requested_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-requested_at", "-pk")
        indexes = [models.Index(fields=["state", "heartbeat"], name="impact_report_by_state")]

    def __str__(self) -> str:
        return f"{self.subject} ({self.state})"


class ImpactChange(models.Model):
    """One way in which answers change: what was and what would be, for one permit kind (changes_json)."""

    report = models.ForeignKey(ImpactReport, on_delete=models.CASCADE, related_name="changes")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=24)
    digest = models.CharField(max_length=64)
    difference = models.JSONField()

    class Meta:
        ordering = ("number",)
        constraints = [
            models.UniqueConstraint(fields=("report", "number"), name="impact_change_number_once"),
            models.UniqueConstraint(fields=("report", "digest"), name="impact_change_once"),
        ]

    def __str__(self) -> str:
        return f"{self.report_id}/{self.number}"


class ImpactParcel(models.Model):
    """A parcel to which a change happens. Written by COPY, without checks per row. `district` null = in none."""

    pk = models.CompositePrimaryKey("report_id", "version_id", "change")
    report = models.ForeignKey(ImpactReport, on_delete=models.CASCADE, db_index=False, related_name="parcels")
    version = models.ForeignKey(ParcelVersion, on_delete=models.CASCADE, db_constraint=False, db_index=False)
    parcel = models.ForeignKey(Parcel, on_delete=models.CASCADE, db_constraint=False, db_index=False)
    change = models.BigIntegerField(help_text="ImpactChange.number")
    district = models.BigIntegerField(null=True)
    drawn_area_dm2 = models.BigIntegerField()

    class Meta:
        indexes = [models.Index(fields=["report", "change"], name="impact_parcel_by_change")]


class ImpactRequest(models.Model):
    """An open request on a parcel for which the answer it relies on would change (as of the report)."""

    report = models.ForeignKey(ImpactReport, on_delete=models.CASCADE, related_name="requests")
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")
    change = models.PositiveIntegerField(help_text="ImpactChange.number")

    class Meta:
        constraints = [models.UniqueConstraint(fields=("report", "case"), name="impact_request_once")]

    def __str__(self) -> str:
        return f"{self.report_id}: {self.case_id}"
