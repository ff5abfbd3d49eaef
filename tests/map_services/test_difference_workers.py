"""Several workers at one difference, lost messages, and what PostGIS says about the areas."""

from concurrent.futures import ThreadPoolExecutor
from unittest.mock import patch

import pytest
from django.contrib.gis.db.models.functions import Area, Intersection
from django.db import connections  # noqa: TID251 - each thread closes its own
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.map_services import differences, tasks
from apps.map_services.difference_work import compute
from apps.map_services.differences import cancel_difference, difference, request_difference
from apps.map_services.models import DifferencePiece
from gis_layers import difference_cut, difference_zones
from gis_layers.models import Feature
from gis_layers.postgis_tiles_views import Plate
from tests.legal.build import Desk
from tests.map_services.build import TODAY, enact, plan, strip
from tests.map_services.test_difference import recode
from tests.overlay.grid import area, edition

CUTS = [0, *range(10, 1010, 10)]


def asked(monkeypatch: pytest.MonkeyPatch) -> str:
    """A difference of 1000 m in many cells, laid out by whoever comes first."""
    monkeypatch.setattr(difference_zones.cells, "__kwdefaults__", {"most": 4})
    enact(Desk(), recode(plan("a", *CUTS), *["A"] * 100), "2014-01-01")
    with patch.object(tasks.compute_difference, "delay"):
        return request_difference(edition_id=recode(plan("b", *CUTS), *["B"] * 100).pk, on=TODAY)


@pytest.mark.django_db(transaction=True)
def test_workers_share_the_cells_and_none_is_done_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    key = asked(monkeypatch)

    def work(_: int) -> None:
        compute(key)
        connections.close_all()

    with patch.object(tasks.compute_difference, "delay") as called, ThreadPoolExecutor(3) as pool:
        list(pool.map(work, range(3)))
    called.assert_called_once_with(key)
    compute(key)
    (line,) = difference(key).lines
    assert (line.count, round(line.m2, 6)) == (1, 100_000)
    assert DifferencePiece.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_asking_queues_once_and_what_was_lost_is_queued_again() -> None:
    draft = plan("b", 0, 500)
    with patch.object(tasks.compute_difference, "delay") as called:
        key = request_difference(edition_id=draft.pk, on=TODAY)
        assert request_difference(edition_id=draft.pk, on=TODAY) == key
        called.assert_called_once_with(key)
        assert tasks.continue_differences() == 1
        assert called.call_count == 2
        cancel_difference(key)
        assert tasks.continue_differences() == 0
    tasks.compute_difference(key)
    assert difference(key).state == "cancelled"


@pytest.mark.django_db
def test_a_difference_that_is_gone_is_no_error() -> None:
    compute("gone")
    draft = plan("b", 0, 500)
    key = request_difference(edition_id=draft.pk, on=TODAY)
    real = difference_cut.cut

    def discarding(*args, **named):
        draft.delete()
        return real(*args, **named)[:0]

    with patch("gis_layers.postgis_difference.cut", discarding):
        compute(key)
    assert not DifferencePiece.objects.exists()


corner = st.integers(min_value=0, max_value=400).map(lambda n: n / 10)
triangles = st.tuples(st.tuples(corner, corner), st.tuples(corner, corner), st.tuples(corner, corner)).filter(
    lambda t: abs((t[1][0] - t[0][0]) * (t[2][1] - t[0][1]) - (t[2][0] - t[0][0]) * (t[1][1] - t[0][1])) > 1
)


@pytest.mark.django_db
@given(old=triangles, new=triangles)
@settings(max_examples=25)
def test_areas_agree_with_plain_postgis(old: tuple, new: tuple) -> None:
    """One slanted zone on each side: changed, added and dropped are what ST_Intersection and ST_Area say."""
    Feature.objects.all().delete()
    cover = strip(0, 100)
    before, after = edition(area(old), coverage=cover), edition(area(new), coverage=cover)
    recode(before, "A")
    recode(after, "B")
    shared = Feature.objects.filter(edition=before).annotate(cut=Area(Intersection("geom", area(new)))).get().cut.sq_m
    sides = {"plates_of": Plate(before.pk, "in_force"), "plates_with": Plate(after.pk, "in_force")}
    with patch.multiple(differences, **{name: lambda *_, p=p: (p,) for name, p in sides.items()}):
        key = request_difference(edition_id=after.pk, on=TODAY)
    compute(key)
    found = {line.kind: line.m2 + line.sliver_m2 for line in difference(key).lines}
    assert found.get("changed", 0) == pytest.approx(shared, abs=1e-5)
    assert found.get("lost", 0) == pytest.approx(area(old).area - shared, abs=1e-5)
    assert found.get("gained", 0) == pytest.approx(area(new).area - shared, abs=1e-5)
