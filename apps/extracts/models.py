"""Timeless overlays and the record of which of them are complete."""

from django.db import models

from apps.cadastre.models import ParcelVersion
from gis_layers.models import Edition, Feature


class Overlay(models.Model):
    """Area (m²) and share (0..1 of the drawn area) of parcel version ∩ feature. Depends on no date.

    Written only by gis_layers.postgis_overlay; foreign keys are without database constraints checks per row
    because rows come by the million in one statement together with the ids they name.
    """

    pk = models.CompositePrimaryKey("parcel_version_id", "feature_id")
    parcel_version = models.ForeignKey(ParcelVersion, on_delete=models.CASCADE, db_constraint=False, db_index=False)
    feature = models.ForeignKey(Feature, on_delete=models.CASCADE, db_constraint=False, db_index=False)
    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, db_constraint=False, db_index=False)
    area_m2 = models.FloatField()
    share = models.FloatField()


class Cover(models.TextChoices):
    """How an edition's coverage lies over a chunk or a parcel."""

    INSIDE = "inside"
    OUTSIDE = "outside"
    PARTIAL = "partial"


class OverlayChunk(models.Model):
    """Completeness of one (edition, chunk).

    Complete for a parcel version iff its id ≤ `through`. `cover` PARTIAL: see CoverageCut per parcel.
    """

    pk = models.CompositePrimaryKey("edition_id", "chunk")
    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, db_index=False)
    chunk = models.BigIntegerField()
    through = models.BigIntegerField()
    cover = models.CharField(max_length=8, choices=Cover)
    computed_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["chunk", "edition"], name="overlay_chunk_by_chunk")]


class CoverageCut(models.Model):
    """For chunks that an edition's coverage does not hold whole: the covered share of each parcel in it."""

    pk = models.CompositePrimaryKey("parcel_version_id", "edition_id")
    parcel_version = models.ForeignKey(ParcelVersion, on_delete=models.CASCADE, db_constraint=False, db_index=False)
    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, db_constraint=False, db_index=False)
    covered_share = models.FloatField()


class KeptExtract(models.Model):
    """An extract already composed, by everything it depends on: never wrong, only old keys are swept.

    `law`: id of the last act. `code_key`: fingerprint of the program and of themes and offices. Only extracts whose
    overlays were complete are kept. The table is unlogged: losing it costs time, nothing else.
    """

    pk = models.CompositePrimaryKey("parcel_version_id", "law", "day", "kind", "code_key")
    parcel_version = models.ForeignKey(ParcelVersion, on_delete=models.CASCADE, db_constraint=False, db_index=False)
    law = models.BigIntegerField()
    day = models.DateField(db_index=True)
    kind = models.CharField(max_length=24)
    code_key = models.CharField(max_length=16)
    digest = models.CharField(max_length=80)
    body = models.BinaryField(help_text="Canonical JSON, gzipped")


class AnswerState(models.Model):
    """What answers are made with besides the law: program, themes, offices, districts, from an instant on. Append-only.

    So the instant that an answer states (`known_at`) also moves when one of these does.
    """

    fingerprint = models.CharField(max_length=16)
    recorded_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.fingerprint} since {self.recorded_at}"


class IssuedExtract(models.Model):
    """An extract whose permanent link was followed, shared or printed: these bytes answer that link for ever.

    Append-only. Only complete overlays and sound sources are issued.
    """

    code = models.CharField(max_length=60)
    day = models.DateField()
    known_at = models.DateTimeField()
    kind = models.CharField(max_length=24)
    digest = models.CharField(max_length=80)
    body = models.BinaryField(help_text="Canonical JSON, gzipped")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code", "day", "known_at", "kind"], name="one_answer_per_permanent_link")
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.day} {self.digest}"


class FrozenExtract(models.Model):
    """An extract that a case rests on: the bytes themselves, known by their digest, kept for ever. Append-only."""

    digest = models.CharField(max_length=80, primary_key=True)
    body = models.BinaryField(help_text="Canonical JSON, gzipped")
    frozen_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.digest
