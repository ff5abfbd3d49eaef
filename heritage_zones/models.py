"""Protected buildings that were registered after the plan: each brings its core and its buffers (3-domain §3)."""

from django.conf import settings
from django.contrib.gis.db import models
from django.contrib.gis.db.models.functions import IsValid

from apps.legal.models import Instrument


class Grade(models.TextChoices):
    """What the building was registered as."""

    NATIONAL = "national"  # on the national list
    VALUED = "valued"  # of value, kept on the office's own list


class Registration(models.Model):
    """One building entered in the register: number, grade, footprint, distances of its buffers (m).

    `core`, `buffer`: the instruments whose acts make it bind; `buffer` is null where none was ordered. What binds,
    since when and where is told by their acts alone.
    """

    number = models.CharField(max_length=40, unique=True)
    name_fa = models.CharField(max_length=160)
    name_en = models.CharField(max_length=160)
    grade = models.CharField(max_length=16, choices=Grade)
    footprint = models.MultiPolygonField(srid=settings.CITY_SRID)
    distances = models.JSONField(help_text="[[code, metres], …], growing")
    core = models.OneToOneField(Instrument, on_delete=models.PROTECT, related_name="registered_core")
    buffer = models.OneToOneField(Instrument, null=True, on_delete=models.PROTECT, related_name="registered_buffer")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ("-made_at",)
        constraints = [models.CheckConstraint(condition=IsValid("footprint"), name="registration_footprint_valid")]

    def __str__(self) -> str:
        return f"{self.number} {self.name_en}"
