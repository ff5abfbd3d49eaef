"""Every parcel of a city of 2,000, on several days, as known at several instants; and what one changed cell does."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from random import Random

import pytest
from pytest_django import DjangoDbBlocker

from tests.oracle import black_box
from tests.oracle.checking import check, check_drawn, check_now
from tests.oracle.compare import differences
from tests.oracle.law_check import differences as law_differences
from tests.oracle.layers import Plot, plots
from tests.oracle.mutation import Change, changed, holding
from tests.oracle.oracle import Oracle, Question

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
PARCELS, SEED = 2000, 1
OFTEN, SELDOM = 5, 25
KINDS = ("NEW", "REPAIR", "DEMOLISH_REBUILD")


@dataclass(frozen=True)
class City:
    """The oracle's own reading of the city that stands in the database for the length of this module."""

    oracle: Oracle
    plots: list[Plot]


@pytest.fixture(scope="module")
def city(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[City]:
    with django_db_blocker.unblock(), black_box.undone():
        folder = black_box.build(parcels=PARCELS, seed=SEED, var=tmp_path_factory.mktemp("var"))
        yield City(Oracle.of(black_box.city_root(), folder), plots(folder))


@pytest.mark.parametrize("kind", KINDS)
def test_every_parcel_today(city: City, kind: str) -> None:
    tally = check_now(city.oracle, city.plots, kind)
    assert tally.asked == PARCELS
    assert tally.told() == ""


def at(written: str) -> datetime:
    return datetime.fromisoformat(written).replace(tzinfo=UTC)


DAYS = {
    "only local plan A": (date(2013, 1, 1), None, SELDOM),
    "the day before the city plan": (date(2014, 9, 26), None, SELDOM),
    "the first day of the city plan": (date(2014, 9, 27), None, SELDOM),
    "the city plan as known before its promulgation": (date(2014, 9, 27), at("2014-09-14T05:59"), SELDOM),
    "no heritage buffers yet": (date(2016, 12, 20), None, SELDOM),
    "the last day of the revised heights": (date(2024, 5, 4), None, OFTEN),
    "the day of the suspension, not yet recorded": (date(2024, 5, 5), at("2024-05-05T12:00"), OFTEN),
    "the day of the suspension, recorded": (date(2024, 5, 5), at("2024-05-06T06:00"), OFTEN),
    "before one spot of the density map was stopped": (date(2024, 11, 29), None, SELDOM),
    "before the revision of 1404 was approved": (date(2025, 6, 14), None, OFTEN),
}


@pytest.mark.parametrize("case", DAYS)
def test_other_days_and_instants(city: City, case: str) -> None:
    on, known_at, every = DAYS[case]
    chosen = city.plots[list(DAYS).index(case) % every :: every]
    tally = check(city.oracle, chosen, Question(on, known_at or black_box.today().known_at))
    assert tally.asked == PARCELS // every
    assert tally.told() == ""


def test_every_instrument_stands_as_its_acts_say(city: City) -> None:
    package = city.oracle.package
    assert {a.instrument for a in package.acts} == set(package.rank_of)
    assert list(law_differences(package.acts, black_box.status, draw=Random(1), at_most=300)) == []


CHANGES = {
    "a value": Change("H3", "value", "2"),
    "the bound of a range": Change("H4-passage", "when:passage_m", "..1"),
    "a yes": Change("worn-storey", "when:worn_fabric", "no"),
    "a zone": Change("RES-use", "zone", "MIX"),
    "an effect": Change("H4-passage", "effect", "raise"),
    "a cap that is none": Change("BUFFER_2-height", "effect", "undecided"),
    "an article": Change("fire", "article", "99-9"),
    "a policy": Change("density-policy", "value", "majority"),
}


@pytest.fixture(scope="module")
def seen(city: City) -> dict[str, dict[str, object]]:
    """Extracts of every fifth parcel, to hold a changed table against."""
    question = black_box.today()
    return {plot.code: black_box.extract(plot.code, question) for plot in city.plots[::OFTEN]}


@pytest.mark.parametrize("case", CHANGES)
def test_one_changed_cell_is_noticed(city: City, seen: dict[str, dict[str, object]], case: str) -> None:
    change, question = CHANGES[case], black_box.today()
    asked = [plot for plot in city.plots if plot.code in seen]
    holders = asked if change.row in ("fire", "density-policy") else holding(seen, asked, change.row)
    assert holders, "no parcel of the sample holds the row"
    wrong = city.oracle.with_rules(changed(city.oracle.package, change))
    noticed = [plot.code for plot in holders if differences(wrong.answer(plot, question), seen[plot.code])]
    assert noticed
    assert not [plot.code for plot in holders if differences(city.oracle.answer(plot, question), seen[plot.code])]


@pytest.mark.parametrize("seed", range(10))
def test_other_rulebooks_drawn_at_random(city: City, seed: int) -> None:
    tally = check_drawn(city.oracle, city.plots, seed=seed, sample=12)
    assert tally.asked == 12
    assert tally.told() == ""
