"""Tiles over HTTP: caching for ever, compression, the cache table, and what wrong addresses get."""

import gzip
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.test import Client

from apps.cadastre.models import ParcelVersion
from apps.common.clock import now
from apps.map_services.models import Tile, TileMask, TilePlate, TileView
from apps.map_services.selectors import tile_urls
from apps.map_services.tiles import held
from gis_layers import postgis_tiles
from gis_layers.models import Backdrop
from tests.legal.build import Desk
from tests.map_services.build import TODAY, enact, plan, shapes, shapes_of, theme_url, tile_address
from tests.map_services.mvt import read
from tests.overlay.grid import area, parcel, web

pytestmark = pytest.mark.django_db


def address(url: str, *, zoom: int = 15, at: tuple[float, float] = (5, 5)) -> str:
    z, x, y = tile_address(*at, zoom=zoom)
    return url.format(z=z, x=x, y=y)


@pytest.fixture
def parcels() -> str:
    """URL template of two parcels' tiles."""
    parcel((0, 0, 40, 40))
    parcel((40, 0, 80, 40))
    return tile_urls(on=TODAY)["parcels"]


def test_parcels_carry_their_code_and_nothing_else(parcels: str) -> None:
    codes = set(ParcelVersion.objects.values_list("parcel__code", flat=True))
    drawn = shapes(parcels, zoom=15, at=(5, 5))
    assert {tuple(s.tags.items()) for s in drawn} == {(("code", code),) for code in codes}
    assert len(drawn) == 2


def test_parcels_are_not_drawn_far_out(parcels: str) -> None:
    assert shapes(parcels, zoom=14, at=(5, 5)) == []


def test_a_version_that_ended_is_not_drawn(parcels: str) -> None:
    gone = ParcelVersion.objects.first()
    ParcelVersion.objects.filter(pk=gone.pk).update(legal="[2000-01-01,2020-01-01)")
    parcel((200, 200, 240, 240))
    drawn = shapes(tile_urls(on=TODAY)["parcels"], zoom=15, at=(5, 5))
    assert len(drawn) == 2
    assert gone.parcel.code not in {s.tags["code"] for s in drawn}


def test_headers_let_everyone_keep_it_for_ever(parcels: str) -> None:
    response = Client().get(address(parcels))
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    assert response["Content-Type"] == "application/vnd.mapbox-vector-tile"
    assert response["Vary"] == "Accept-Encoding"
    assert response["Content-Length"] == str(len(response.content))
    again = Client().get(address(parcels), headers={"if-none-match": response["ETag"]})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", response["ETag"])
    other = Client().get(address(parcels, zoom=16), headers={"if-none-match": response["ETag"]})
    assert other.status_code == 200


def test_gzip_for_those_who_take_it(parcels: str) -> None:
    zipped = Client().get(address(parcels), headers={"accept-encoding": "br, gzip"})
    plain = Client().get(address(parcels), headers={"accept-encoding": "identity"})
    assert zipped["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in plain.headers
    assert gzip.decompress(zipped.content) == plain.content
    assert set(read(plain.content)) == {"parcels"}


def test_a_tile_is_drawn_once(parcels: str, monkeypatch: pytest.MonkeyPatch) -> None:
    first = Client().get(address(parcels)).content

    def no_more(_tile: postgis_tiles.TileId) -> bytes:
        raise AssertionError("drawn again")

    monkeypatch.setattr(postgis_tiles, "draw_tile", no_more)
    assert Client().get(address(parcels)).content == first
    assert Tile.objects.count() == 1
    Tile.objects.all().delete()
    assert Client().get(address(parcels)).content == first  # held in memory as well


def test_an_empty_tile_is_remembered_as_empty(parcels: str, monkeypatch: pytest.MonkeyPatch) -> None:
    away = address(parcels, at=(3000, 3000))
    response = Client().get(away)
    assert (response.status_code, response.content) == (200, b"")
    assert "Content-Encoding" not in response.headers
    assert bytes(Tile.objects.get().body) == b""
    monkeypatch.setattr(postgis_tiles, "draw_tile", None)
    assert Client().get(away).content == b""


def test_tiles_far_from_the_city_fill_no_cache(parcels: str) -> None:
    response = Client().get(parcels.format(z=16, x=1, y=1))
    assert (response.status_code, response.content) == (200, b"")
    assert not Tile.objects.exists()


def test_parcels_of_an_earlier_state_are_answered_but_may_not_be_kept(parcels: str) -> None:
    """A page that is still open goes on working; nothing of now is filed under the old key."""
    parcel((80, 0, 120, 40))
    response = Client().get(address(parcels))
    assert len(shapes_of(response)) == 3
    assert response["Cache-Control"] == "no-store"
    assert "ETag" not in response.headers
    assert not Tile.objects.exists()


def test_an_earlier_tile_in_the_cache_stays_what_it_was(parcels: str) -> None:
    before = Client().get(address(parcels)).content
    parcel((80, 0, 120, 40))
    assert Client().get(address(parcels)).content == before


@pytest.mark.parametrize(
    "path",
    [
        "/tiles/parcels/g999999999f1/15/1/1.mvt",
        "/tiles/parcels/g1f99/15/1/1.mvt",
        "/tiles/parcels/nonsense/15/1/1.mvt",
        "/tiles/parcels/g-1f1/15/1/1.mvt",
        "/tiles/backdrop/0123456789abcdef/15/1/1.mvt",
        "/tiles/height_code/0123456789abcdef/15/1/1.mvt",
        "/tiles/no_such_layer/0123456789abcdef/15/1/1.mvt",
    ],
)
def test_a_key_that_never_was_is_not_found(path: str, parcels: str) -> None:
    response = Client().get(path)
    assert response.status_code == 404
    error = response.json()["error"]
    assert error["code"] == "not_found"
    assert "/api/v1/layers" in error["message"]["en"]
    assert "/api/v1/layers" in error["message"]["fa"]
    assert "Cache-Control" not in response.headers or "immutable" not in response["Cache-Control"]


def test_a_key_of_another_layer_is_not_found(desk: Desk) -> None:
    enact(desk, plan("a", 0, 1000), "2014-01-01")
    assert Client().get(theme_url().replace("height_code", "density").format(z=14, x=1, y=1)).status_code == 404


@pytest.mark.parametrize(("z", "x", "y"), [(19, 0, 0), (15, 32768, 0), (15, 0, 32768), (0, 1, 0), (99, 1, 1)])
def test_an_address_that_is_no_tile_is_bad_input(parcels: str, z: int, x: int, y: int) -> None:
    response = Client().get(parcels.format(z=z, x=x, y=y))
    assert response.status_code == 400
    assert response.json()["error"]["code"] == "bad_input"


def test_a_number_beyond_every_integer_is_bad_input_too(parcels: str) -> None:
    assert Client().get(parcels.format(z=15, x=10**30, y=0)).status_code == 400


def test_only_reading(parcels: str) -> None:
    assert Client().post(address(parcels)).status_code == 405
    assert Client().head(address(parcels)).status_code == 200


def test_backdrop_shows_by_rank_and_blocks_only_in_the_middle() -> None:
    """A river from z10, an alley of rank 6 from z16, a block from 13 to 16."""
    shape = web(area((0, 0, 300, 300)))
    for kind, rank in (("river", 0), ("streets", 6), ("blocks", 0)):
        Backdrop.objects.create(kind=kind, rank=rank, name_fa="نام", geom_web=shape, attributes={"width": 8})
    url = tile_urls(on=TODAY)["backdrop"]
    kinds = {z: {s.tags["kind"] for s in shapes(url, zoom=z, at=(5, 5))} for z in (9, 10, 12, 13, 16, 17)}
    river, alley, block = "river", "streets", "blocks"
    assert kinds == {
        9: set(),
        10: {river},
        12: {river},
        13: {river, block},
        16: {river, block, alley},
        17: {river, alley},
    }
    tags = next(s.tags for s in shapes(url, zoom=17, at=(5, 5)) if s.tags["kind"] == alley)
    assert tags == {"kind": "streets", "name_fa": "نام", "rank": 6, "width": 8}


def test_purging_keeps_what_shows_today(desk: Desk) -> None:
    enact(desk, plan("a", 0, 1000), "2014-01-01")
    old = theme_url()
    shapes(old)
    enact(desk, plan("b", 0, 1000), "2020-01-01")
    new = theme_url()
    shapes(new)
    parcel((0, 0, 40, 40))
    shapes(tile_urls(on=TODAY)["parcels"], zoom=15, at=(5, 5))
    parcel((40, 0, 80, 40))

    call_command("purge_tiles")
    assert {t.layer for t in Tile.objects.all()} == {"height_code"}
    assert len(shapes(old)) == 1

    TileView.objects.update(made_at=now() - timedelta(days=31))
    call_command("purge_tiles")
    assert [t.layer for t in Tile.objects.all()] == ["height_code"], "the tile of today was not thrown away"
    held.clear()
    assert [s.tags["code"] for s in shapes(new)] == ["Z1"]
    assert Client().get(address(old)).status_code == 404
    assert TileView.objects.count() == 1
    left = set(TileView.objects.values_list("key", flat=True))
    assert set(TilePlate.objects.values_list("view_id", flat=True)) == left
    assert set(TileMask.objects.values_list("plate__view_id", flat=True)) == left
