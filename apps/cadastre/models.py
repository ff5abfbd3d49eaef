"""Parcels and versions, districts, searchable places. Areas in dm² integers (m² × 100), lengths in cm."""

from django.conf import settings
from django.contrib.gis.db import models
from django.contrib.gis.db.models.functions import IsValid
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, DateTimeRangeField, RangeOperators
from django.contrib.postgres.indexes import GinIndex, GistIndex
from django.db.models import F


class District(models.Model):
    """A municipal district. `approximate`: good enough to show, never for a decision."""

    number = models.PositiveSmallIntegerField(unique=True)
    name_fa = models.CharField(max_length=80)
    name_en = models.CharField(max_length=80)
    approximate = models.BooleanField(default=True)
    geom = models.MultiPolygonField(srid=settings.CITY_SRID)
    geom_web = models.MultiPolygonField(srid=3857)

    def __str__(self) -> str:
        return self.name_en


class Parcel(models.Model):
    """The identity of a parcel: its code in canonical form (apps.cadastre.parcel_code)."""

    code = models.CharField(max_length=60, unique=True)
    land_code = models.CharField(max_length=60, db_index=True, help_text="First four parts: the land")

    def __str__(self) -> str:
        return self.code


class ParcelVersion(models.Model):
    """A parcel as it was on some days (`legal`), as known at some time (`known`).

    NULL in width, frontage, corner, consolidated, heights means: not known. `measured_area_dm2`: by an inspector on the
    spot, NULL = nobody has, or it made no difference. `chunk`: cell of the spatial grid by which overlays are computed.
    """

    parcel = models.ForeignKey(Parcel, on_delete=models.PROTECT, related_name="versions")
    legal = DateRangeField()
    known = DateTimeRangeField()
    district = models.ForeignKey(District, null=True, on_delete=models.PROTECT, related_name="+")
    plate = models.CharField(max_length=40, blank=True)
    address_fa = models.CharField(max_length=240, blank=True)
    passage_name_fa = models.CharField(max_length=120, blank=True)
    neighbourhood_fa = models.CharField(max_length=120, blank=True)
    deed_area_dm2 = models.BigIntegerField(null=True)
    drawn_area_dm2 = models.BigIntegerField()
    measured_area_dm2 = models.BigIntegerField(null=True)
    passage_width_cm = models.PositiveIntegerField(null=True)
    frontage_cm = models.PositiveIntegerField(null=True)
    corner = models.BooleanField(null=True)
    consolidated = models.PositiveSmallIntegerField(null=True)
    existing_storeys = models.PositiveSmallIntegerField(null=True)
    existing_height_cm = models.PositiveIntegerField(null=True)
    attributes = models.JSONField(default=dict, db_default={}, help_text="Further columns of the record, by name")
    search = models.TextField(blank=True, help_text="Folded text for search (apps.common.text.search_key)")
    chunk = models.BigIntegerField()
    geom = models.MultiPolygonField(srid=settings.CITY_SRID, spatial_index=False)
    geom_web = models.MultiPolygonField(srid=3857, spatial_index=False)

    class Meta:
        indexes = [
            GistIndex(fields=["geom"], name="parcel_geom_gist"),
            GistIndex(fields=["geom_web"], name="parcel_geom_web_gist"),
            GinIndex(fields=["search"], name="parcel_search_trgm", opclasses=["gin_trgm_ops"]),
            models.Index(fields=["chunk", "id"], name="parcel_by_chunk"),
        ]
        constraints = [
            models.CheckConstraint(condition=IsValid("geom"), name="parcel_geom_valid"),
            ExclusionConstraint(
                name="parcel_one_version_at_a_time",
                expressions=[
                    (F("parcel"), RangeOperators.EQUAL),
                    (F("legal"), RangeOperators.OVERLAPS),
                    (F("known"), RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.parcel_id} {self.legal}"


class SideKind(models.TextChoices):
    """Which side of its parcel a line is."""

    FRONT = "front"
    REAR = "rear"
    INTERIOR = "interior_side"
    EXTERIOR = "exterior_side"
    UNKNOWN = "unknown"


class ParcelSide(models.Model):
    """A side of a parcel as its source labels it; parcels without any are read from their neighbours."""

    version = models.ForeignKey(ParcelVersion, on_delete=models.CASCADE, related_name="sides")
    kind = models.CharField(max_length=16, choices=SideKind)
    geom = models.LineStringField(srid=settings.CITY_SRID, spatial_index=False)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(kind__in=SideKind.values), name="parcel_side_kind_is_known")
        ]

    def __str__(self) -> str:
        return f"{self.version_id} {self.kind}"


class PlaceKind(models.TextChoices):
    """What a searchable place is."""

    JUNCTION = "junction"
    NEIGHBOURHOOD = "neighbourhood"
    LOCALITY = "locality"
    MONUMENT = "monument"
    STREET = "street"


class Place(models.Model):
    """A named point to fly to."""

    kind = models.CharField(max_length=16, choices=PlaceKind)
    name_fa = models.CharField(max_length=160)
    name_en = models.CharField(max_length=160, blank=True)
    district_number = models.PositiveSmallIntegerField(null=True)
    search = models.CharField(max_length=400)
    geom = models.PointField(srid=settings.CITY_SRID)

    class Meta:
        indexes = [GinIndex(fields=["search"], name="place_search_trgm", opclasses=["gin_trgm_ops"])]

    def __str__(self) -> str:
        return self.name_fa
