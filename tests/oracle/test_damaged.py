"""A city whose layers are broken: what cannot be used leaves doubt where it lies, and both find the same doubt."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

import pytest
from pytest_django import DjangoDbBlocker

from tests.oracle import black_box
from tests.oracle.checking import check
from tests.oracle.damage import damage
from tests.oracle.layers import Plot, plots
from tests.oracle.oracle import Oracle

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
PARCELS, SEED = 1000, 1
HARMED = ("plain", "two_height_codes", "corner", "suspended_1402")
NEAR_M, EVERY = 120, 20


@dataclass(frozen=True)
class City:
    oracle: Oracle
    plots: list[Plot]
    """Those near a harm, and every twentieth of all."""


@pytest.fixture(scope="module")
def city(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[City]:
    var = tmp_path_factory.mktemp("var")
    folder, showcase = black_box.generate(parcels=PARCELS, seed=SEED, var=var)
    by_code = {plot.code: plot for plot in plots(folder)}
    places = [by_code[showcase[key]].shape.centroid for key in HARMED]
    damage(folder, places)
    near = [p for p in by_code.values() if min(p.shape.distance(place) for place in places) < NEAR_M]
    with django_db_blocker.unblock(), black_box.undone():
        black_box.build(parcels=PARCELS, seed=SEED, var=var)
        yield City(Oracle.of(black_box.city_root(), folder), near + list(by_code.values())[::EVERY])


@pytest.mark.parametrize("on", [None, date(2023, 10, 1)], ids=["today", "under the revised heights"])
def test_every_parcel_near_a_harm(city: City, on: date | None) -> None:
    today = black_box.today()
    question = replace(today, on=on or today.on)
    tally = check(city.oracle, city.plots, question)
    assert tally.told() == ""


def test_the_harms_are_felt(city: City) -> None:
    today = black_box.today()
    felt: Counter[tuple[str, str]] = Counter()
    for question in (today, replace(today, on=date(2023, 10, 1))):
        for plot in city.plots:
            for code, finding in city.oracle.answer(plot, question).findings.items():
                felt.update((code, doubt) for doubt in finding.doubts)
    assert {
        ("density", "hole"), ("heritage_buffer", "hole"), ("height_code", "hole"), ("land_use", "hole"),
        ("madi_strip", "nowhere"), ("historic_fabric", "rest"),
    } <= felt.keys()  # fmt: skip
