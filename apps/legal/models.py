"""Instruments, append-only acts, and the projection of acts to periods."""

from enum import StrEnum

from django.conf import settings
from django.contrib.gis.db import models
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, DateTimeRangeField, RangeOperators
from django.db.models import F, Q

from apps.legal.acts import ActKind, Authority, Status
from apps.legal.drafts_models import ActDocument, ActDraft, DocumentKind, DraftState, DraftTarget

__all__ = ["ActDocument", "ActDraft", "ActKind", "DocumentKind", "DraftState", "DraftTarget", "InForcePeriod"]
__all__ += ["Instrument", "InstrumentKind", "LegalAct", "ProvisionRow", "Rank", "Rulebook", "Status"]


def _choices(kinds: type[StrEnum]) -> list[tuple[str, str]]:
    return [(kind.value, kind.name.replace("_", " ").title()) for kind in kinds]


class InstrumentKind(models.TextChoices):
    """What binds."""

    EDITION = "edition"
    RULEBOOK = "rulebook"
    TARIFF = "tariff"


class Rank(models.IntegerChoices):
    """Precedence between plans that speak of the same place: the higher governs."""

    CITY_PLAN = 10
    LOCAL_PLAN = 20


class Instrument(models.Model):
    """Anything that binds once its acts say so: a layer edition, a rulebook, a tariff."""

    code = models.SlugField(max_length=80, unique=True)
    kind = models.CharField(max_length=16, choices=InstrumentKind)
    rank = models.PositiveSmallIntegerField(choices=Rank, default=Rank.CITY_PLAN)
    title_fa = models.CharField(max_length=200)
    title_en = models.CharField(max_length=200)
    sample = models.BooleanField(default=True)

    def __str__(self) -> str:
        return self.code


class LegalAct(models.Model):
    """One act, appended and never changed (a trigger refuses UPDATE and DELETE).

    `effective_on`: first legal day on which it works. `recorded_at`: since when the city knows it; unique, and
    increasing within a group of instruments (history loaded later may lie before acts of other groups).
    `scope` null = the whole instrument.
    """

    instrument = models.ForeignKey(Instrument, on_delete=models.PROTECT, related_name="acts")
    kind = models.CharField(max_length=16, choices=_choices(ActKind))
    number = models.CharField(max_length=60)
    act_date = models.DateField()
    body_fa = models.CharField(max_length=160)
    body_en = models.CharField(max_length=160)
    document = models.CharField(max_length=300, help_text="Where the signed text is kept")
    reason_fa = models.TextField(blank=True)
    reason_en = models.TextField(blank=True)
    effective_on = models.DateField()
    recorded_at = models.DateTimeField(unique=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    countersigned_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    scope = models.MultiPolygonField(srid=settings.CITY_SRID, null=True, blank=True)
    authority = models.CharField(max_length=16, choices=_choices(Authority), default=Authority.ADMINISTRATIVE)
    transition = models.JSONField(default=list, blank=True, help_text="Clauses for open requests: legal.transition")
    lifts = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="lifted_by")
    replaced_by = models.ForeignKey(
        Instrument, null=True, blank=True, on_delete=models.PROTECT, related_name="replaces"
    )

    class Meta:
        ordering = ("recorded_at",)
        constraints = [
            models.CheckConstraint(condition=~Q(recorded_by=F("countersigned_by")), name="legal_act_two_people"),
            models.CheckConstraint(
                condition=Q(kind="replace", replaced_by__isnull=False)
                | (~Q(kind="replace") & Q(replaced_by__isnull=True)),
                name="legal_act_replace_names_successor",
            ),
            models.CheckConstraint(
                condition=Q(kind="lift", lifts__isnull=False) | (~Q(kind="lift") & Q(lifts__isnull=True)),
                name="legal_act_lift_names_suspension",
            ),
            models.UniqueConstraint(fields=("instrument", "kind", "number", "act_date"), name="legal_act_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.number} ({self.act_date})"


class InForcePeriod(models.Model):
    """Projection of acts: one status per (instrument, scope atom, legal day, recorded instant).

    `scope_key` names the atom of the plane cut by the scopes of the instrument's acts and of its successors'
    acts: '' = outside every scope (scope null). Names change when a new scope cuts an atom: ask for places by
    (instrument, day, instant), never by a remembered name. Rebuildable: `manage.py rebuild_periods`.
    """

    instrument = models.ForeignKey(Instrument, on_delete=models.CASCADE, related_name="periods")
    scope_key = models.TextField(default="", blank=True)
    scope = models.MultiPolygonField(srid=settings.CITY_SRID, null=True, blank=True)
    status = models.CharField(max_length=32, choices=_choices(Status))
    legal = DateRangeField()
    known = DateTimeRangeField()
    act = models.ForeignKey(LegalAct, null=True, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="legal_one_status_at_a_time",
                expressions=[
                    (F("instrument"), RangeOperators.EQUAL),
                    (F("scope_key"), RangeOperators.EQUAL),
                    (F("legal"), RangeOperators.OVERLAPS),
                    (F("known"), RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.instrument_id} {self.status} {self.legal}"


class Rulebook(models.Model):
    """An instrument that holds a decision table; `source` is the rule source that reads it."""

    instrument = models.OneToOneField(Instrument, on_delete=models.PROTECT, related_name="rulebook")
    code = models.SlugField(max_length=60)
    source = models.CharField(max_length=60)
    checksum = models.CharField(max_length=64)

    def __str__(self) -> str:
        return self.code


class ProvisionRow(models.Model):
    """One row of a rulebook's decision table (see apps.legal.answers.Provision)."""

    rulebook = models.ForeignKey(Rulebook, on_delete=models.CASCADE, related_name="rows")
    position = models.PositiveIntegerField()
    row = models.CharField(max_length=40)
    article = models.CharField(max_length=40)
    category = models.CharField(max_length=10)
    subject = models.CharField(max_length=40, blank=True)
    effect = models.CharField(max_length=16)
    value = models.CharField(max_length=120, blank=True)
    theme = models.CharField(max_length=40, blank=True)
    zone = models.CharField(max_length=80, blank=True)
    when = models.JSONField(default=dict)
    text_fa = models.TextField()
    text_en = models.TextField()

    class Meta:
        ordering = ("rulebook", "position")
        constraints = [models.UniqueConstraint(fields=("rulebook", "row"), name="legal_provision_row_once")]

    def __str__(self) -> str:
        return self.row
