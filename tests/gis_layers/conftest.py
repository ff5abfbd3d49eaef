"""Two themes and their instruments."""

import pytest

from apps.common.text import Text
from apps.legal.models import Instrument, InstrumentKind
from apps.legal.services import register_instrument
from gis_layers.models import Theme, ThemeKind
from gis_layers.services import register_theme


@pytest.fixture(autouse=True)
def height(db: None) -> Theme:
    return register_theme(
        code="height",
        kind=ThemeKind.PARTITION,
        label=Text("کد ارتفاعی", "Height code"),
        tolerance_m2=2.0,
        tolerance_share=0.02,
        office_code="planning",
    )


@pytest.fixture(autouse=True)
def heritage(db: None) -> Theme:
    return register_theme(
        code="heritage",
        kind=ThemeKind.CUMULATIVE,
        label=Text("میراث", "Heritage"),
        tolerance_m2=2.0,
        tolerance_share=0.02,
        office_code="heritage",
    )


@pytest.fixture(autouse=True)
def instruments(db: None) -> dict[str, Instrument]:
    codes = ("hc-1", "hc-2", "hr-1")
    return {
        code: register_instrument(code=code, kind=InstrumentKind.EDITION, title_fa=code, title_en=code)
        for code in codes
    }
