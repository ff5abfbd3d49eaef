"""The stamps of the city loader, and the events that must not get lost."""

from django.db import models
from django.db.models import Q


class BuildStep(models.Model):
    """One step of building the city that stands whole. `fingerprint`: SHA-256 of everything it was built from."""

    name = models.CharField(max_length=120, unique=True)
    fingerprint = models.CharField(max_length=64)
    done_at = models.DateTimeField()

    class Meta:
        ordering = ("done_at", "pk")

    def __str__(self) -> str:
        return self.name


class EventRecord(models.Model):
    """An event written down in the transaction that published it. `settled`: every listener has had it."""

    kind = models.CharField(max_length=160)
    facts = models.JSONField()
    recorded_at = models.DateTimeField()
    settled = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["id"], condition=Q(settled=False), name="event_waiting")]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class EventDelivery(models.Model):
    """That a listener has had an event: written in the transaction of the listener's own work."""

    record = models.ForeignKey(EventRecord, on_delete=models.CASCADE, related_name="deliveries")
    listener = models.CharField(max_length=80)
    done_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=("record", "listener"), name="event_heard_once")]

    def __str__(self) -> str:
        return f"{self.listener} ← {self.record_id}"
