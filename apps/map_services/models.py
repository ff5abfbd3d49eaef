"""What a theme's tiles show under a key, and the tiles already drawn. Nothing here is ever changed, only purged."""

from django.contrib.gis.db import models
from django.contrib.postgres.indexes import GistIndex

from gis_layers.models import Edition


class TileView(models.Model):
    """A state of a theme's map: the editions that show, and where. `key` is the digest of that state."""

    key = models.CharField(max_length=32, primary_key=True)
    layer = models.SlugField(max_length=40)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.layer}/{self.key}"


class TilePlate(models.Model):
    """One edition that shows in a view, with the status it shows for."""

    view = models.ForeignKey(TileView, on_delete=models.CASCADE, related_name="plates")
    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="+")
    status = models.CharField(max_length=32)

    def __str__(self) -> str:
        return f"{self.view_id}:{self.edition_id}"


class TileMask(models.Model):
    """A piece of the place (Web Mercator) where the plate's edition does not speak or another one governs."""

    plate = models.ForeignKey(TilePlate, on_delete=models.CASCADE, related_name="masks", db_index=False)
    geom = models.PolygonField(srid=3857, spatial_index=False)

    class Meta:
        indexes = [GistIndex(fields=["plate", "geom"], name="tile_mask_gist")]

    def __str__(self) -> str:
        return f"mask of {self.plate_id}"


class Tile(models.Model):
    """A drawn tile: gzipped MVT, empty when nothing shows there."""

    pk = models.CompositePrimaryKey("layer", "key", "z", "x", "y")
    layer = models.SlugField(max_length=40, db_index=False)
    key = models.CharField(max_length=32)
    z = models.SmallIntegerField()
    x = models.IntegerField()
    y = models.IntegerField()
    body = models.BinaryField()
