"""Whose report it is: themes of rulebooks, of layers, of what nobody can place."""

import pytest

from apps.impact import access, tasks
from apps.legal.models import Instrument, ProvisionRow, Rulebook
from tests.extracts.conftest import Grid, box


def book(code: str, *themes: str) -> Instrument:
    instrument = Instrument.objects.create(code=code, kind="rulebook", rank=10, title_fa=code, title_en=code)
    table = Rulebook.objects.create(instrument=instrument, code=code, source="detailed_plan", checksum="-")
    for position, theme in enumerate(themes):
        ProvisionRow.objects.create(
            rulebook=table, position=position, row=f"r{position}", article="1", category="C", effect="set", theme=theme
        )
    return instrument


@pytest.fixture
def city(db) -> Grid:
    grid = Grid()
    theme = grid.theme("height_code")
    grid.theme("land_use")
    grid.edition(theme, "hc", {"H3": box(0, 0, 9, 9)}, coverage=box(0, 0, 9, 9))
    return grid


def test_themes(city):
    layer = Instrument.objects.get(code="hc")
    assert access.themes_of([layer, book("lu-rules", "land_use")]) == {"height_code", "land_use"}
    assert access.themes_of([layer, book("all-rules", "land_use", "")]) is None
    assert access.themes_of([book("no-rules")]) is None
    assert access.themes_of([Instrument.objects.create(code="t", kind="tariff", rank=10)]) is None
    assert access.themes_of([Instrument.objects.create(code="l", kind="edition", rank=10)]) is None


def test_tasks_call_their_services(city):
    assert tasks.run_report(0) is None
    assert tasks.revive_reports() == 0
    assert tasks.sweep_reports() == 0
