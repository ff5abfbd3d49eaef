"""What a city package may declare about its law, and what is refused."""

from decimal import Decimal

import pytest

from apps.common.city_law import SOURCES, city_law
from apps.common.units import Units
from apps.legal.subject_list import ALL
from apps.legal.subjects import vocabulary

LABEL = {"fa": "پهنا", "en": "Width"}


def test_nothing_declared_is_the_house_itself():
    law = city_law({})
    assert (law.rule_sources, law.units, law.facts) == (SOURCES, Units(), ())
    assert tuple(vocabulary(law)) == tuple(s.code for s in ALL)


def test_everything_declared():
    law = city_law(
        {
            "units": {"length": "ft", "area": "ac"},
            "rule_sources": ["detailed_plan"],
            "parcel_facts": {"lot_width": {"column": "w", "unit": "ft", "label": LABEL}},
            "net_areas": {"net_m2": {"minus": ["road"], "label": LABEL}},
            "inputs": {"use": {"kind": "code", "label": LABEL}},
            "remedies": [{"kind": "widening", "facts": ["passage_m"], "label": LABEL}],
            "subjects": {"min_plot": {}, "max_storeys": {"label": {"fa": "طبقه", "en": "Stories"}, "headline": False}},
        }
    )
    words = vocabulary(law)
    assert list(words) == ["min_plot", "max_storeys"]
    assert (words["min_plot"].unit, words["max_storeys"].label.en, words["max_storeys"].headline) == (
        "ac", "Stories", False)  # fmt: skip
    assert (law.parcel_facts[0].kind, law.inputs[0].kind, law.net_areas[0].minus) == ("number", "code", ("road",))


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        ({"units": {"length": "cubit"}}, "length is one of"),
        ({"rule_sources": ["oracle"]}, "rule_sources"),
        ({"inputs": {"use": {"kind": "poem", "label": LABEL}}}, "use: kind"),
    ],
)
def test_words_nobody_knows_are_refused(raw, said):
    with pytest.raises(ValueError, match=said):
        city_law(raw)


def test_a_subject_nobody_knows_is_refused():
    with pytest.raises(ValueError, match="max_joy"):
        vocabulary(city_law({"subjects": {"max_joy": {}}}))


def test_acres():
    assert Units(length="ft", area="ac").area_of(Decimal("4046.8564224")) == 1
    assert Units().area_of(Decimal(240)) == 240
