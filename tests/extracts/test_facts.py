"""Facts of the parcel: what is recorded, and what is too absurd to count as recorded."""

from dataclasses import replace
from decimal import Decimal

import pytest

from apps.common.city_law import CityLaw, Input, NetArea, ParcelFact
from apps.common.text import Text
from apps.common.units import Units
from apps.extracts.facts import facts_of
from apps.extracts.site import Site
from apps.legal.answers import Outcome, ThemeFinding
from tests.extracts.build import hit

LABEL = Text("برچسب", "label")


def site(*, deed: str | None, drawn: str) -> Site:
    """A parcel of which only the areas matter."""
    unknown = dict.fromkeys(
        ("passage_width_m", "frontage_m", "corner", "consolidated", "existing_storeys", "existing_height_m", "district")
    )
    words = dict.fromkeys(("plate", "address", "passage_name", "neighbourhood"), "")
    return Site(
        code="3-1-1-1-0-0-0", version_id=1, version=1, chunk=1, deed_area_m2=None if deed is None else Decimal(deed),
        drawn_area_m2=Decimal(drawn), centroid_web=(0, 0), bbox_web=(0, 0, 0, 0), **words, **unknown,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("deed", "drawn", "legal"),
    [
        ("240", "242.1", "240"),
        ("244", "242.1", "242.1"),
        (None, "242.1", "242.1"),
        ("122", "242.1", "122"),
        ("480", "242.1", "242.1"),
        ("0", "242.1", None),
        ("-3", "242.1", None),
        ("0.01", "242.1", None),
        ("99", "242.1", None),
        ("24210", "242.1", None),
        ("240", "0", None),
        (None, "0", None),
    ],
)
def test_legal_area_is_the_smaller_and_not_known_when_absurd(deed, drawn, legal):
    """A deed of 99 m² on a plot drawn with 242 m² would earn the coverage of small plots."""
    assert site(deed=deed, drawn=drawn).legal_area_m2 == (None if legal is None else Decimal(legal))


def net_plot(*hits, outcome=Outcome.APPLIES, deed="240"):
    """Net plot of a parcel of 240 m² of which `hits` take their areas."""
    law = CityLaw(net_areas=(NetArea("net", ("road",), LABEL),))
    findings = {"road": ThemeFinding("road", outcome, hits=hits)} if outcome else {}
    one = site(deed=deed, drawn="240")
    return facts_of(one, permit_kind="NEW", law=law, findings=findings)["net"].value


def test_net_area_is_the_legal_area_less_what_the_themes_hold():
    assert net_plot(hit(1, "W", 12.34, theme_code="road")) == Decimal("227.66")
    assert net_plot(hit(1, "W", 12, theme_code="road"), hit(2, "W", 8, theme_code="road")) == 220
    assert net_plot(hit(1, "W", 999, theme_code="road")) == 0
    assert net_plot() == 240


def test_net_area_is_not_known_while_the_theme_or_the_area_is_not():
    assert net_plot(outcome=Outcome.NOT_KNOWN) is None
    assert net_plot(outcome=None) is None
    assert net_plot(deed="0") is None


@pytest.mark.parametrize(
    ("kind", "raw", "value"),
    [
        ("number", 119.5, Decimal("119.5")),
        ("number", 3, Decimal(3)),
        ("number", True, None),
        ("number", "wide", None),
        ("number", None, None),
        ("yes_no", True, True),
        ("yes_no", 1, None),
        ("code", "R-S", "R-S"),
        ("code", "", None),
        ("code", 4, None),
    ],
)
def test_a_recorded_column_of_another_kind_is_not_known(kind, raw, value):
    law = CityLaw(parcel_facts=(ParcelFact("x", "col", kind, "", LABEL),))
    one = replace(site(deed=None, drawn="240"), attributes={"col": raw})
    assert facts_of(one, permit_kind="NEW", law=law, findings={})["x"].value == value


def test_the_city_unit_of_area_has_its_own_fact_and_inputs_wait_for_a_proposal():
    law = CityLaw(units=Units("ft", "ac"), inputs=(Input("use", "code", "", LABEL),))
    found = facts_of(site(deed=None, drawn="4046.86"), permit_kind="NEW", law=law, findings={})
    assert (found["plot_area"].unit, found["plot_area"].value) == ("ac", 1)
    assert (found["use"].value, found["use"].of_proposal) == (None, True)
