"""Themes, editions with coverage, features, quarantine, and the backdrop that carries no law."""

from django.conf import settings
from django.contrib.gis.db import models
from django.contrib.gis.db.models.functions import IsValid
from django.contrib.postgres.indexes import GistIndex

from apps.legal.models import Instrument


class ThemeKind(models.TextChoices):
    """Partition: one value per place, precedence decides. Cumulative: everything in force applies together."""

    PARTITION = "partition"
    CUMULATIVE = "cumulative"


class Theme(models.Model):
    """A question the law answers by place. Tolerances decide what is a sliver (below both = sliver)."""

    code = models.SlugField(max_length=40, unique=True)
    kind = models.CharField(max_length=16, choices=ThemeKind)
    position = models.PositiveSmallIntegerField(default=0)
    label_fa = models.CharField(max_length=120)
    label_en = models.CharField(max_length=120)
    tolerance_m2 = models.FloatField()
    tolerance_share = models.FloatField()
    office_code = models.SlugField(max_length=40)
    style = models.JSONField(default=dict)

    class Meta:
        ordering = ("position", "code")

    def __str__(self) -> str:
        return self.code


class IntakeState(models.TextChoices):
    """Where an edition stands in intake; only TAKEN_IN speaks."""

    STAGING = "staging"
    TAKEN_IN = "taken_in"


class Edition(models.Model):
    """One published state of a theme: an instrument with features and the place where it speaks (coverage).

    `unplaced`: quarantined rows whose place is unknown; while > 0 the edition never supports "does not apply".
    `checksum`: SHA-256 over the files and the way they were read (layer, mapping, coverage).
    """

    theme = models.ForeignKey(Theme, on_delete=models.PROTECT, related_name="editions")
    instrument = models.OneToOneField(Instrument, on_delete=models.PROTECT, related_name="edition")
    coverage = models.MultiPolygonField(srid=settings.CITY_SRID)
    file_name = models.CharField(max_length=200)
    checksum = models.CharField(max_length=64)
    source_crs = models.CharField(max_length=200)
    state = models.CharField(max_length=16, choices=IntakeState, default=IntakeState.STAGING)
    feature_count = models.PositiveIntegerField(default=0)
    quarantined_count = models.PositiveIntegerField(default=0)
    unplaced = models.PositiveIntegerField(default=0)
    repairs = models.JSONField(default=dict, help_text="What intake mended, by kind, in rows")
    taken_in_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=IsValid("coverage"), name="edition_coverage_valid"),
        ]

    def __str__(self) -> str:
        return str(self.instrument)


class Feature(models.Model):
    """A plan unit (ISO 19152-5 / INSPIRE ZoningElement). `geom_web`: Web-Mercator copy for tiles."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="features")
    source_row = models.PositiveIntegerField()
    code = models.CharField(max_length=80)
    label_fa = models.CharField(max_length=200)
    label_en = models.CharField(max_length=200)
    attributes = models.JSONField(default=dict)
    geom = models.MultiPolygonField(srid=settings.CITY_SRID, spatial_index=False)
    geom_web = models.MultiPolygonField(srid=3857, spatial_index=False)

    class Meta:
        indexes = [
            # The edition first: what is asked is always one edition's features, and editions pile up over one place.
            GistIndex(fields=["edition", "geom"], name="feature_geom_gist"),
            GistIndex(fields=["edition", "geom_web"], name="feature_geom_web_gist"),
        ]
        constraints = [
            models.CheckConstraint(condition=IsValid("geom"), name="feature_geom_valid"),
            models.UniqueConstraint(fields=("edition", "source_row"), name="feature_row_once"),
        ]

    def __str__(self) -> str:
        return f"{self.edition_id}:{self.code}"


class Quarantined(models.Model):
    """A row that could not be taken in: why, its original geometry (WKB, source CRS) and its attributes."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="quarantined")
    source_row = models.PositiveIntegerField()
    reason = models.CharField(max_length=40)
    message_fa = models.TextField()
    message_en = models.TextField()
    original_wkb = models.BinaryField(null=True)
    row = models.JSONField(default=dict)
    footprint = models.MultiPolygonField(srid=settings.CITY_SRID, null=True)

    def __str__(self) -> str:
        return f"row {self.source_row}: {self.reason}"


class Backdrop(models.Model):
    """Map furniture that carries no law: river, streets, squares, blocks, built-up land. kind → style."""

    kind = models.CharField(max_length=24)
    name_fa = models.CharField(max_length=160, blank=True)
    name_en = models.CharField(max_length=160, blank=True)
    rank = models.PositiveSmallIntegerField(default=0, help_text="Drawn from zoom 10 + rank")
    attributes = models.JSONField(default=dict)
    geom_web = models.GeometryField(srid=3857, spatial_index=False)

    class Meta:
        indexes = [GistIndex(fields=["geom_web"], name="backdrop_geom_web_gist")]

    def __str__(self) -> str:
        return f"{self.kind} {self.name_fa}"
