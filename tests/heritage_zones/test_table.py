"""The heritage table of the sample rulebook, row by row: caps, open decisions, duties, consultations."""

from decimal import Decimal

import pytest

from apps.legal.answers import Strength, WhyNot
from tests.city_isfahan.build import NOT_KNOWN, PERMIT_KINDS, duties, heritage, hit, reasons, value

ZONES = {
    "CORE": "heritage_core",
    "BUFFER_1": "heritage_buffer",
    "BUFFER_2": "heritage_buffer",
    "LINE_ONLY": "heritage_buffer",
    "FABRIC": "historic_fabric",
    "STARRED": "starred_plot",
}
HEIGHT, STOREYS = Decimal("6.40"), 1  # the building that stands there: two storeys from the ground, one over pilotis
OTHER = tuple(k for k in PERMIT_KINDS if k not in ("NEW", "DEMOLISH_REBUILD", "REPAIR"))
CAPS = [  # zone, permit kinds, height, storeys over pilotis
    ("CORE", ("NEW", "DEMOLISH_REBUILD"), 0, 0),
    ("CORE", (*OTHER, "REPAIR"), HEIGHT, STOREYS),
    ("BUFFER_1", ("NEW", "DEMOLISH_REBUILD"), Decimal("5.00"), 0),
    ("BUFFER_1", ("REPAIR",), HEIGHT, STOREYS),
    ("BUFFER_1", OTHER, NOT_KNOWN, NOT_KNOWN),
    ("BUFFER_2", ("NEW", "DEMOLISH_REBUILD", *OTHER), Decimal("7.50"), 1),
    ("BUFFER_2", ("REPAIR",), HEIGHT, STOREYS),
    ("LINE_ONLY", PERMIT_KINDS, NOT_KNOWN, NOT_KNOWN),
    ("FABRIC", ("NEW", "DEMOLISH_REBUILD", *OTHER), Decimal("10.50"), 2),
    ("FABRIC", ("REPAIR",), NOT_KNOWN, STOREYS),
    ("STARRED", PERMIT_KINDS, HEIGHT, STOREYS),
]
ROWS = [(zone, kind, height, storeys) for zone, kinds, height, storeys in CAPS for kind in kinds]


def test_the_table_covers_every_zone_and_permit_kind():
    assert {(zone, kind) for zone, kind, *_ in ROWS} == {(zone, kind) for zone in ZONES for kind in PERMIT_KINDS}


@pytest.mark.parametrize(("zone", "kind", "height", "storeys"), ROWS)
def test_caps(zone, kind, height, storeys):
    answer = heritage(hit(ZONES[zone], zone), permit_kind=kind)
    assert value(answer, "max_height") == height
    assert value(answer, "max_storeys") == storeys
    assert all(c.strength is Strength.CAP for c in answer.candidates)


@pytest.mark.parametrize(("existing", "cap"), [("6.00", "6.00"), ("7.50", "7.50"), ("9.00", "7.50")])
def test_repair_in_the_second_buffer_takes_the_lower_of_existing_and_cap(existing, cap):
    answer = heritage(hit("heritage_buffer", "BUFFER_2"), permit_kind="REPAIR", existing_height_m=Decimal(existing))
    assert value(answer, "max_height") == Decimal(cap)


@pytest.mark.parametrize(
    ("zone", "kind"),
    [("CORE", "EXTENSION"), ("CORE", "REPAIR"), ("STARRED", "REPAIR"), ("BUFFER_1", "REPAIR"), ("BUFFER_2", "REPAIR")],
)
def test_unknown_existing_height_is_not_known_and_never_the_kinder(zone, kind):
    answer = heritage(hit(ZONES[zone], zone), permit_kind=kind, existing_height_m=None, existing_storeys=None)
    for subject, label in (("max_height", "Existing height"), ("max_storeys", "Existing storeys")):
        assert reasons(answer, subject) == {WhyNot.FACT_UNKNOWN}
        assert any(label in u.text.en for u in answer.unknowns if u.subject == subject)


@pytest.mark.parametrize(("standing", "over_pilotis"), [(0, 0), (1, 0), (2, 1), (5, 4)])
@pytest.mark.parametrize("zone", ["CORE", "BUFFER_1", "FABRIC", "STARRED"])
def test_what_stands_counts_from_the_ground_and_the_cap_over_pilotis(zone, standing, over_pilotis):
    answer = heritage(hit(ZONES[zone], zone), permit_kind="REPAIR", existing_storeys=standing)
    assert value(answer, "max_storeys") == over_pilotis


@pytest.mark.parametrize(("standing", "cap"), [(1, 0), (2, 1), (4, 1)])
def test_repair_in_the_second_buffer_takes_the_lower_number_of_storeys(standing, cap):
    answer = heritage(hit("heritage_buffer", "BUFFER_2"), permit_kind="REPAIR", existing_storeys=standing)
    assert value(answer, "max_storeys") == cap


def test_repair_in_the_fabric_leaves_the_height_to_the_heritage_office():
    answer = heritage(hit("historic_fabric", "FABRIC"), permit_kind="REPAIR")
    assert reasons(answer, "max_height") == {WhyNot.NEEDS_DECISION}
    assert {u.office for u in answer.unknowns if u.subject == "max_height"} == {"heritage"}


@pytest.mark.parametrize(("inner", "height"), [(True, HEIGHT), (False, NOT_KNOWN), (None, NOT_KNOWN)])
def test_the_gap_of_the_fabric_does_not_reach_into_zones_with_a_rule_for_repair(inner, height):
    answer = heritage(hit("historic_fabric", "FABRIC"), permit_kind="REPAIR", inner_heritage=inner)
    assert value(answer, "max_height") == height
    assert (("warning", "rule_gap") in duties(answer)) is (inner is not True)


def test_the_existing_height_is_named_in_the_sentence():
    answer = heritage(hit("heritage_core", "CORE"), permit_kind="REPAIR")
    cap = next(c for c in answer.candidates if c.subject == "max_height")
    assert "6.4 m" in cap.explain.en
    assert "۶٫۴ متر" in cap.explain.fa


@pytest.mark.parametrize(("zone", "theme"), ZONES.items())
@pytest.mark.parametrize("kind", ["NEW", "REPAIR"])
def test_every_zone_asks_the_heritage_office_with_an_article(zone, theme, kind):
    answer = heritage(hit(theme, zone), permit_kind=kind)
    asked = [d for d in answer.duties if (d.kind, d.code) == ("consultation", "heritage")]
    assert len(asked) == 1
    assert asked[0].provision.article.startswith("13-")
    assert asked[0].zone is not None
    assert asked[0].zone.code == zone


def test_nobody_is_asked_outside_every_zone():
    answer = heritage()
    assert (answer.duties, answer.unknowns, answer.candidates) == ((), (), ())


@pytest.mark.parametrize("kind", PERMIT_KINDS)
def test_core_forbids_new_building_and_rebuilding(kind):
    found = duties(heritage(hit("heritage_core", "CORE"), permit_kind=kind))
    assert {("forbidden", "NEW"), ("forbidden", "DEMOLISH_REBUILD")} <= found


@pytest.mark.parametrize("kind", PERMIT_KINDS)
@pytest.mark.parametrize("zone", ["BUFFER_1", "FABRIC"])
def test_the_rule_gap_is_shown_for_repair_only(kind, zone):
    found = duties(heritage(hit(ZONES[zone], zone), permit_kind=kind))
    assert (("warning", "rule_gap") in found) is (kind == "REPAIR")


def test_one_storey_without_pilotis_is_explained():
    answer = heritage(hit("heritage_buffer", "BUFFER_1"))
    cap = next(c for c in answer.candidates if c.subject == "max_storeys")
    assert "without pilotis" in cap.explain.en
    assert "بدون پیلوت" in cap.explain.fa


@pytest.mark.parametrize("subject", ["max_height", "max_storeys", "max_coverage", "max_coverage_ground"])
def test_a_line_without_rules_needs_a_heritage_decision(subject):
    answer = heritage(hit("heritage_buffer", "LINE_ONLY", share=0.2))
    assert reasons(answer, subject) == {WhyNot.NEEDS_DECISION}
    assert {u.office for u in answer.unknowns if u.subject == subject} == {"heritage"}


def test_fabric_limits_coverage_and_plots_and_wants_a_facade():
    answer = heritage(hit("historic_fabric", "FABRIC"), plot_m2=180)
    assert value(answer, "max_coverage") == value(answer, "max_coverage_ground") == 60
    assert value(answer, "min_plot") == 180
    assert {("duty", "facade_approval"), ("document", "facade_drawing_heritage")} <= duties(answer)


@pytest.mark.parametrize(
    ("zone", "code"),
    [("CORE", "original_materials"), ("BUFFER_1", "brick_plaster"), ("BUFFER_2", "brick_led"), ("STARRED", "preserve")],
)
def test_materials(zone, code):
    assert ("duty", code) in duties(heritage(hit(ZONES[zone], zone)))


@pytest.mark.parametrize("subject", ["max_storeys", "max_height", "max_coverage", "max_coverage_ground", "max_density"])
@pytest.mark.parametrize(("share", "limit"), [(1.0, 0), (0.98, 0), (0.97, NOT_KNOWN), (0.01, NOT_KNOWN)])
def test_where_nothing_new_may_be_built_no_number_offers_any(subject, share, limit):
    """A core that holds only a part of the parcel leaves the rest to the heritage office."""
    assert value(heritage(hit("heritage_core", "CORE", share=share)), subject) == limit


@pytest.mark.parametrize(("theme", "zone", "kind"), [
    ("heritage_core", "CORE", "REPAIR"), ("heritage_core", "CORE", "EXTENSION"),
    *(("heritage_buffer", "LINE_ONLY", kind) for kind in PERMIT_KINDS),
])  # fmt: skip
def test_a_density_is_open_where_the_heritage_office_decides_what_stands(theme, zone, kind):
    for subject in ("max_coverage", "max_coverage_ground", "max_density"):
        assert reasons(heritage(hit(theme, zone), permit_kind=kind), subject) == {WhyNot.NEEDS_DECISION}
