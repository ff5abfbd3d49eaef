"""Work on a case: its type, whose turn it is, and until when."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q


class CaseTypeVersion(models.Model):
    """A case type as it was defined once. Append-only by trigger: open cases keep the definition they began under."""

    code = models.SlugField(max_length=40)
    digest = models.CharField(max_length=64)
    definition = models.JSONField()
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=("code", "digest"), name="case_type_version_once")]

    def __str__(self) -> str:
        return f"{self.code} {self.digest[:8]}"


class KartablItem(models.Model):
    """One entry of a worklist: who holds the ball in a case. Closed, never removed.

    `kind` "turn": the case's own status asks for it, one open per case. `side`: "owner" (applicant, parties, agents)
    or "office" (people with `role` in `district`; null = not known, then those for the whole city). `assignee`: who
    took it, or whom it was handed to. `due_at`: copy of its deadline's, null = none or paused.
    """

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="kartabl")
    kind = models.SlugField(max_length=24, default="turn")
    state = models.SlugField(max_length=24)
    side = models.CharField(max_length=8, choices=[("owner", "Owner"), ("office", "Office")])
    role = models.CharField(max_length=24, blank=True)
    district = models.PositiveSmallIntegerField(null=True, blank=True)
    office = models.ForeignKey("parties.Office", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="kartabl"
    )
    opened_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    outcome = models.SlugField(max_length=40, blank=True)

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(
                fields=("case",), condition=Q(kind="turn", closed_at__isnull=True), name="one_open_turn"
            )
        ]
        indexes = [
            models.Index(
                "role",
                "district",
                F("due_at").asc(nulls_last=True),
                "id",
                condition=Q(closed_at__isnull=True),
                name="kartabl_of_office",
            ),
            models.Index(
                "role",
                F("due_at").asc(nulls_last=True),
                "id",
                condition=Q(closed_at__isnull=True),
                name="kartabl_of_city",
            ),
            models.Index(fields=["assignee", "due_at"], condition=Q(closed_at__isnull=True), name="kartabl_of_person"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.side} {self.role}"


class Deadline(models.Model):
    """Until when something must be done in a case. `unit`: working_days or days.

    `pauses`: [[from, to or null, cause], …], ISO instants; while one stands that it meets, `due_at` is null.
    `calendar`: fingerprint of the calendar it was computed with; `certain`: false where holidays are not known yet.
    """

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="deadlines")
    item = models.ForeignKey(KartablItem, null=True, blank=True, on_delete=models.PROTECT, related_name="deadlines")
    code = models.SlugField(max_length=40)
    amount = models.PositiveSmallIntegerField()
    unit = models.CharField(max_length=12, choices=[("working_days", "Working days"), ("days", "Days")])
    source = models.CharField(max_length=120, blank=True, help_text="Where the term comes from")
    started_at = models.DateTimeField()
    pauses = models.JSONField(default=list)
    due_at = models.DateTimeField(null=True, blank=True)
    calendar = models.CharField(max_length=64, blank=True)
    certain = models.BooleanField(default=True)
    met_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(
                fields=("case", "code"), condition=Q(met_at__isnull=True), name="one_running_deadline_of_a_code"
            )
        ]
        indexes = [models.Index(fields=["due_at"], condition=Q(met_at__isnull=True), name="deadline_running")]

    def __str__(self) -> str:
        return f"{self.code} of {self.case_id}"


class DeadlineMark(models.Model):
    """That people were told of a deadline's mark (T-3, T, T+3, escalated, passed): once, with the telling itself."""

    deadline = models.ForeignKey(Deadline, on_delete=models.PROTECT, related_name="marks")
    mark = models.CharField(max_length=16)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=("deadline", "mark"), name="deadline_mark_once")]

    def __str__(self) -> str:
        return f"{self.mark} of {self.deadline_id}"
