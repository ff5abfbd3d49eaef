"""Parcels of a past day, and as they were known: keyed, kept for ever, and never by a key of somebody's own.

y                       versions of the fixture, squares of 40 m side by side
40 ┌─────┬─────┐        old: 2000-01-01 … 2015-01-01; recorded since 2000
   │ old │ new │        new: 2015-01-01 … ; recorded on 2016-06-01, so late
 0 └─────┴─────┘        both known until now
   0    40    80  x
"""

from datetime import UTC, date, datetime

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange, DateTimeTZRange
from django.test import Client

from apps.cadastre.models import ParcelVersion
from apps.map_services.models import Tile
from apps.map_services.parcel_states import state_key, state_of
from apps.map_services.selectors import layers, tile_urls
from apps.map_services.tiles import held
from gis_layers.postgis_tiles import FORMAT
from tests.map_services.build import TODAY, shapes, tile_address
from tests.overlay.grid import parcel

pytestmark = pytest.mark.django_db
LATE = datetime(2016, 6, 1, tzinfo=UTC)
BEFORE_LATE = datetime(2016, 5, 31, tzinfo=UTC)


@pytest.fixture(autouse=True)
def versions() -> tuple[ParcelVersion, ParcelVersion]:
    old, new = parcel((0, 0, 40, 40)), parcel((40, 0, 80, 40))
    ParcelVersion.objects.filter(pk=old.pk).update(legal=DateRange(date(2000, 1, 1), date(2015, 1, 1)))
    ParcelVersion.objects.filter(pk=new.pk).update(
        legal=DateRange(date(2015, 1, 1), None), known=DateTimeTZRange(LATE, None)
    )
    held.clear()
    return old, new


def url(on: date = TODAY, known_at: datetime | None = None) -> str:
    return tile_urls(on=on, known_at=known_at)["parcels"]


def drawn(on: date = TODAY, known_at: datetime | None = None) -> set[str]:
    return {str(s.tags["code"]) for s in shapes(url(on, known_at), zoom=15, at=(5, 5))}


@pytest.mark.parametrize(
    ("on", "known_at", "shown"),
    [
        ("1999-12-31", None, ""),
        ("2000-01-01", None, "old"),
        ("2014-12-31", None, "old"),
        ("2015-01-01", None, "new"),
        ("2026-11-22", None, "new"),
        ("2014-12-31", BEFORE_LATE, "old"),
        ("2015-01-01", BEFORE_LATE, ""),
        ("2015-01-01", LATE, "new"),
        ("2026-11-22", BEFORE_LATE, ""),
        ("2026-11-22", datetime(1990, 1, 1, tzinfo=UTC), ""),
    ],
)
def test_a_day_and_an_instant_show_what_held_and_was_known(
    versions: tuple[ParcelVersion, ParcelVersion], on: str, known_at: datetime | None, shown: str
) -> None:
    codes = dict(zip(("old", "new"), (v.parcel.code for v in versions), strict=True))
    assert drawn(date.fromisoformat(on), known_at) == ({codes[shown]} if shown else set())


def test_days_between_which_nothing_began_share_a_key() -> None:
    assert url(date(2003, 5, 5)) == url(date(2014, 12, 31)) != url(date(2015, 1, 1))
    assert url(date(2020, 1, 1)) == url(TODAY), "nothing began since: that is how they are drawn now"
    assert url(known_at=datetime(2016, 6, 1, 1, tzinfo=UTC)) == url(TODAY)
    assert layers(on=date(2003, 5, 5))["tiles"]["parcels"] == url(date(2003, 5, 5))


def test_a_past_state_may_be_kept_for_ever_and_is_drawn_once(monkeypatch: pytest.MonkeyPatch) -> None:
    z, x, y = tile_address(5, 5, zoom=15)
    address = url(date(2010, 1, 1)).format(z=z, x=x, y=y)
    first = Client().get(address)
    assert "immutable" in first["Cache-Control"]
    monkeypatch.setattr("gis_layers.postgis_tiles.draw_tile", None)
    held.clear()
    assert Client().get(address).content == first.content


def test_a_key_of_an_earlier_state_still_answers_but_is_not_kept() -> None:
    template = url(date(2010, 1, 1))
    parcel((200, 200, 240, 240))
    z, x, y = tile_address(5, 5, zoom=15)
    response = Client().get(template.format(z=z, x=x, y=y))
    assert response.status_code == 200
    assert response["Cache-Control"] == "no-store"
    assert url(date(2010, 1, 1)) != template


@pytest.mark.parametrize(
    "change",
    [
        lambda key: key.replace("d20000101", "d20000102"),  # a day on which nothing began
        lambda key: key.replace("d20000101", "d20001399"),  # no day at all
        lambda key: key.replace("k", "k1"),  # an instant at which nothing was recorded
        lambda key: key.replace("k", "k99999999"),
        lambda key: key.replace("g", "g9"),  # a state to come
        lambda key: key[:-1] + "9",  # another format
        lambda key: f"{key}x",
    ],
)
def test_keys_that_nobody_gave_out_are_refused(change) -> None:  # type: ignore[no-untyped-def] # a lambda
    key = state_key(on=date(2010, 1, 1), known_at=datetime(2020, 1, 1, tzinfo=UTC))
    assert key is not None
    assert state_of(key) is not None
    assert state_of(change(key)) is None
    assert Client().get(f"/tiles/parcels/{change(key)}/15/0/0.mvt").status_code == 404


def test_the_key_of_a_city_that_has_seen_many_parcels_still_fits(db: None) -> None:
    """Nine digits of parcel versions, a day, an instant to the microsecond."""
    longest = len(f"g{10**9}d20260101k{-(10**16)}f{FORMAT}")
    assert longest > 32
    assert longest <= Tile._meta.get_field("key").max_length
