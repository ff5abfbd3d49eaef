"""The sample history is recorded through the law's own door and gives the law that the package promises."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.contrib.gis.geos import GEOSGeometry, Point

from apps.common.calendar import parse_day
from apps.common.city import load_city, read_toml
from apps.legal.acts import Status
from apps.legal.models import InstrumentKind, ProvisionRow, Rank
from apps.legal.rulebooks import load_rulebook
from apps.legal.selectors import is_in_force, law_snapshot, rulebooks_in_force
from apps.legal.services import record_act, register_instrument
from tests.city_isfahan.build import CITY, books

RANKS = {"city": Rank.CITY_PLAN, "local": Rank.LOCAL_PLAN}
TODAY = date(2026, 11, 1)


@pytest.fixture
def law(person, other_person):
    """Instruments, rulebooks and acts of the package, recorded in the order of acts.toml."""
    known = {}
    for name, kind in (("edition", InstrumentKind.EDITION), ("rulebook", InstrumentKind.RULEBOOK)):
        for e in read_toml(CITY / f"{name}s.toml")[name]:
            title = {"title_fa": e["title"]["fa"], "title_en": e["title"]["en"]}
            known[e["instrument"]] = register_instrument(
                code=e["instrument"], kind=kind, rank=RANKS[e["rank"]], **title
            )
            if name == "rulebook":
                load_rulebook(
                    instrument=known[e["instrument"]], path=CITY / e["file"], source=e["source"], code=e["code"]
                )
    for act in read_toml(CITY / "acts.toml")["act"]:
        for step, code in enumerate(act.get("instruments") or [act["instrument"]]):
            _record(act, known[code], step, (person, other_person))
    return known


def _record(act, instrument, step, people):
    scope = act.get("scope_wkt")
    record_act(
        instrument=instrument,
        kind=act["kind"],
        number=act["number"],
        act_date=parse_day(act["act_date"]),
        body_fa=act["body"]["fa"],
        body_en=act["body"]["en"],
        document=act["document"],
        effective_on=parse_day(act["effective_on"]),
        recorded_by=people[0],
        countersigned_by=people[1],
        scope=GEOSGeometry(scope, srid=load_city(CITY).srid) if scope else None,
        reason_fa=act["reason"]["fa"],
        reason_en=act["reason"]["en"],
        recorded_at=datetime.fromisoformat(act["recorded_at"]) + timedelta(microseconds=step),
    )


def status(code, day, known_at=None):
    law = law_snapshot(on=parse_day(day) if isinstance(day, str) else day, known_at=known_at).by_code.get(code)
    return law.status if law else Status.DRAFT


STATUSES = [
    ("lpa-hc-1390", "1390-03-31", Status.PROMULGATED),
    ("lpa-hc-1390", "1390-04-01", Status.IN_FORCE),
    ("hc-1393", "1393-05-12", Status.APPROVED),
    ("hc-1393", "1393-07-04", Status.PROMULGATED),
    ("hc-1393", "1393-07-05", Status.IN_FORCE),
    ("hr-buffer-1395", "1395-09-30", Status.PROMULGATED),
    ("hr-buffer-1395", "1395-10-01", Status.IN_FORCE),
    ("hc-1402", "1402-05-31", Status.PROMULGATED),
    ("hc-1402", "1402-06-01", Status.IN_FORCE),
    ("hc-1402", "1403-02-15", Status.IN_FORCE),
    ("hc-1402", "1403-02-16", Status.SUSPENDED),
    ("hc-1402", TODAY, Status.SUSPENDED),
    ("hc-1393", TODAY, Status.IN_FORCE),
    ("hc-1404", TODAY, Status.APPROVED),
    ("hr-starred-1401", "1401-03-14", Status.PROMULGATED),
    ("hr-starred-1401", "1401-03-15", Status.IN_FORCE),
]


def test_statuses(law):
    assert [(code, day, status(code, day)) for code, day, _ in STATUSES] == STATUSES


def test_before_the_order_was_recorded_the_revised_plan_counted(law):
    assert status("hc-1402", "1403-02-16", known_at=datetime(2024, 5, 6, 5, tzinfo=UTC)) == Status.IN_FORCE


def test_one_spot_of_the_density_map_is_suspended_and_the_rest_is_not(law):
    srid = load_city(CITY).srid
    inside, outside = Point(562270, 3613030, srid=srid), Point(563000, 3613030, srid=srid)
    known_at = datetime(2026, 11, 1, tzinfo=UTC)
    assert not is_in_force(law["dn-1393"], on=TODAY, known_at=known_at, place=inside)
    assert is_in_force(law["dn-1393"], on=TODAY, known_at=known_at, place=outside)


def test_today_every_rulebook_binds_with_all_its_rows(law):
    snapshot = law_snapshot(on=TODAY)
    for source in ("detailed_plan", "heritage_zones"):
        bound = rulebooks_in_force(snapshot, source)
        assert {b.code: {p.row for p in b.provisions} for b in bound} == {
            b.code: {p.row for p in b.provisions} for b in books(source)
        }
    assert ProvisionRow.objects.count() == sum(
        len(b.provisions) for s in ("detailed_plan", "heritage_zones") for b in books(s)
    )


def test_the_day_before_the_city_plan_only_the_local_plan_bound(law):
    snapshot = law_snapshot(on=parse_day("1393-07-04"))
    assert [b.code for b in rulebooks_in_force(snapshot, "detailed_plan")] == ["isf-local-a"]
    assert rulebooks_in_force(snapshot, "heritage_zones") == ()
