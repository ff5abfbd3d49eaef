"""The stamps of the city loader."""

from django.db import models


class BuildStep(models.Model):
    """One step of building the city that stands whole. `fingerprint`: SHA-256 of everything it was built from."""

    name = models.CharField(max_length=120, unique=True)
    fingerprint = models.CharField(max_length=64)
    done_at = models.DateTimeField()

    class Meta:
        ordering = ("done_at", "pk")

    def __str__(self) -> str:
        return self.name
