"""Visits of inspectors: the booked seat of a day's slot, and what was reported, version by version."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

BOOKED, CANCELLED, FREED, DONE = "booked", "cancelled", "freed", "done"
STATES = (BOOKED, CANCELLED, FREED, DONE)
HOLDING = (BOOKED, DONE)
"""States in which the visit holds its seat: the database gives each seat once."""


class InspectionVisit(models.Model):
    """A visit to the land of a case. `seat`: which of the slot's inspectors, from one.

    `uid`, `sequence`: of its entry in calendars, the second raised with every change. `moves`: by its owner.
    """

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="visits")
    district = models.PositiveSmallIntegerField()
    day = models.DateField()
    starts = models.TimeField()
    minutes = models.PositiveSmallIntegerField()
    seat = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=[(state, state) for state in STATES], default=BOOKED)
    uid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    sequence = models.PositiveIntegerField(default=0)
    moves = models.PositiveSmallIntegerField(default=0)
    booked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    booked_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ("day", "starts", "seat")
        constraints = (
            models.UniqueConstraint(
                fields=["district", "day", "starts", "seat"],
                condition=Q(state__in=HOLDING),
                name="inspection_seat_once",
            ),
            models.UniqueConstraint(fields=["case"], condition=Q(state=BOOKED), name="inspection_one_visit_per_case"),
        )

    def __str__(self) -> str:
        return f"{self.case_id} {self.day} {self.starts:%H:%M}"


class InspectionReport(models.Model):
    """One version of what the inspector reports of a visit; append-only by trigger.

    `key`: made by the sender's device, so that the same report sent twice is one. `body`: the canonical document
    (apps.permits.inspection_document) that `digest` is over; area and outcome stand beside it for reading.
    """

    visit = models.ForeignKey(InspectionVisit, on_delete=models.PROTECT, related_name="reports")
    parcel = models.ForeignKey("cadastre.Parcel", on_delete=models.PROTECT, related_name="+")
    version = models.PositiveSmallIntegerField()
    key = models.UUIDField(unique=True)
    inspector = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    received_at = models.DateTimeField()
    outcome = models.CharField(max_length=16)
    measured_area_dm2 = models.BigIntegerField(null=True)
    body = models.BinaryField(help_text="Canonical JSON")
    digest = models.CharField(max_length=80)

    class Meta:
        ordering = ("visit", "version")
        constraints = (models.UniqueConstraint(fields=["visit", "version"], name="inspection_version_once"),)

    def __str__(self) -> str:
        return f"{self.visit_id} v{self.version}"
