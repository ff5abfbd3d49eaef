"""Holds on cases and their releases; append-only."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from apps.cases.hold_rules import Ground, Level, OrderRank
from apps.cases.querysets import HoldQuerySet
from apps.legal.acts import Authority
from apps.legal.models import LegalAct


class Hold(models.Model):
    """An order that stops a case, or warns about it: whose, by which number, of which rank (3-domain 4.5, 9.2).

    Append-only by trigger: lifting adds a `HoldRelease`, it never edits. `act`: the legal act that placed it; null =
    an order about this case alone. `evidence`: digest of the extract that the case rested on.
    """

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="holds")
    authority = models.CharField(max_length=16, choices=[(a.value, a.name.title()) for a in Authority])
    level = models.CharField(max_length=16, choices=[(level.value, level.name.title()) for level in Level])
    rank = models.PositiveSmallIntegerField(choices=[(rank.value, rank.name.title()) for rank in OrderRank])
    number = models.CharField(max_length=60)
    dated = models.DateField()
    body_fa = models.CharField(max_length=160)
    body_en = models.CharField(max_length=160)
    act = models.ForeignKey(LegalAct, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    works_on = models.DateField(null=True, blank=True, help_text="For a warning: the day on which it will stop")
    reason_fa = models.TextField()
    reason_en = models.TextField()
    evidence = models.CharField(max_length=80, blank=True)
    placed_at = models.DateTimeField()
    placed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = HoldQuerySet.as_manager()

    class Meta:
        ordering = ("placed_at", "pk")
        constraints = [
            # One act holds a case once, however often it is told to.
            models.UniqueConstraint(
                fields=("case", "act", "level"), condition=Q(act__isnull=False), name="hold_once_by_act"
            ),
            models.UniqueConstraint(
                fields=("case", "number", "dated", "authority"),
                condition=Q(act__isnull=True),
                name="hold_once_by_order",
            ),
            models.CheckConstraint(
                condition=Q(authority=Authority.COURT.value, rank__gte=OrderRank.COURT.value)
                | Q(authority=Authority.ADMINISTRATIVE.value, rank__lt=OrderRank.COURT.value),
                name="hold_rank_fits_authority",
            ),
            models.CheckConstraint(condition=~Q(number=""), name="hold_has_a_number"),
        ]

    def __str__(self) -> str:
        return f"{self.level} {self.number} ({self.dated})"


class HoldRelease(models.Model):
    """That a hold no longer stops its case: by which order, act or choice. One per hold; append-only by trigger."""

    hold = models.OneToOneField(Hold, on_delete=models.PROTECT, related_name="release")
    ground = models.CharField(max_length=16, choices=[(g.value, g.name.title()) for g in Ground])
    authority = models.CharField(max_length=16, blank=True, choices=[(a.value, a.name.title()) for a in Authority])
    rank = models.PositiveSmallIntegerField(
        null=True, blank=True, choices=[(rank.value, rank.name.title()) for rank in OrderRank]
    )
    number = models.CharField(max_length=60, blank=True)
    dated = models.DateField(null=True, blank=True)
    body_fa = models.CharField(max_length=160, blank=True)
    body_en = models.CharField(max_length=160, blank=True)
    act = models.ForeignKey(LegalAct, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    reason_fa = models.TextField(blank=True)
    reason_en = models.TextField(blank=True)
    released_at = models.DateTimeField()
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    def __str__(self) -> str:
        return f"{self.ground} of {self.hold_id}"
