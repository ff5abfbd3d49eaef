"""Where an edition shows: its place cut by scopes and by the editions above it, in the city's CRS. Never changed.

The read-only views over these tables and over those of the lower rooms are in sql/views.sql.
"""

from django.conf import settings
from django.contrib.gis.db import models
from django.contrib.postgres.indexes import GistIndex

from gis_layers.models import Edition


class Shape(models.Model):
    """One edition in one shape. `key`: digest of what cuts it; `whole`: nothing of it is hidden; `nothing`: all is."""

    key = models.CharField(max_length=32, primary_key=True)
    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="+")
    whole = models.BooleanField(default=False)
    nothing = models.BooleanField(default=False)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.key


class Mask(models.Model):
    """A piece of the place where the shape does not show though the edition has a feature there, or where it `shows`.

    Of a whole shape there are none.
    """

    shape = models.ForeignKey(Shape, on_delete=models.CASCADE, related_name="masks", db_index=False)
    shows = models.BooleanField(default=False)
    geom = models.PolygonField(srid=settings.CITY_SRID, spatial_index=False)

    class Meta:
        indexes = [GistIndex(fields=["shape", "geom"], name="open_mask_gist")]

    def __str__(self) -> str:
        return f"mask of {self.shape_id}"
