"""What a theme's tiles show under a key, and the tiles already drawn: never changed, only purged. Differences too."""

from django.conf import settings
from django.contrib.gis.db import models
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GistIndex

from gis_layers.models import Edition, Theme


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
    key = models.CharField(max_length=64)
    z = models.SmallIntegerField()
    x = models.IntegerField()
    y = models.IntegerField()
    body = models.BinaryField()


class DifferenceState(models.TextChoices):
    """How far a difference is. Only DONE has numbers; CANCELLED keeps what was computed and can be taken up again."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    CANCELLED = "cancelled"


class DifferenceKind(models.TextChoices):
    """What differs at a place: only the new state speaks there, only the old one did, or both and otherwise."""

    GAINED = "gained"
    LOST = "lost"
    CHANGED = "changed"


class DifferenceView(models.Model):
    """What differs between two states of a theme's map; `key` is the digest of both.

    `before`, `after`: plates as JSON, the governing one first. `edition`: the new edition it was asked for, if one.
    `editions`: all that show in either state. `lines`: the result, once it is done.
    """

    key = models.CharField(max_length=32, unique=True)
    theme = models.ForeignKey(Theme, on_delete=models.CASCADE, related_name="+")
    edition = models.ForeignKey(Edition, null=True, on_delete=models.CASCADE, related_name="+")
    editions = ArrayField(models.BigIntegerField(), default=list)
    before = models.JSONField(default=list)
    after = models.JSONField(default=list)
    state = models.CharField(max_length=16, choices=DifferenceState, default=DifferenceState.WAITING)
    cells = models.PositiveIntegerField(null=True, help_text="Pieces of work; null until they are laid out")
    lines = models.JSONField(default=list)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.theme_id}: {self.key}"


class DifferenceCell(models.Model):
    """One piece of work: a place where these editions governed before and those would after. Done at most once."""

    view = models.ForeignKey(DifferenceView, on_delete=models.CASCADE, related_name="work", db_index=False)
    number = models.PositiveIntegerField()
    before = ArrayField(models.BigIntegerField())
    after = ArrayField(models.BigIntegerField())
    geom = models.MultiPolygonField(srid=settings.CITY_SRID, spatial_index=False)
    done = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=("view", "number"), name="difference_cell_once")]

    def __str__(self) -> str:
        return f"{self.view_id}:{self.number}"


class DifferencePiece(models.Model):
    """A connected place with one difference: codes joined by ' + ', '' = silent. `geom_web`: copy for tiles.

    `sliver`: smaller than the theme's tolerance. `open`: it may go on beyond its cell and waits to be sewn together.
    """

    view = models.ForeignKey(DifferenceView, on_delete=models.CASCADE, related_name="pieces", db_index=False)
    kind = models.CharField(max_length=8, choices=DifferenceKind)
    old = models.TextField(blank=True)
    new = models.TextField(blank=True)
    area_m2 = models.FloatField()
    sliver = models.BooleanField(default=False)
    open = models.BooleanField(default=False)
    geom = models.PolygonField(srid=settings.CITY_SRID, spatial_index=False)
    geom_web = models.GeometryField(srid=3857, spatial_index=False)

    class Meta:
        indexes = [GistIndex(fields=["view", "geom_web"], name="difference_piece_gist")]

    def __str__(self) -> str:
        return f"{self.view_id} {self.old} → {self.new}"
