"""The newest report on a draft of an act, on the draft's page: asked for there, shown there, outdated there."""

import pytest

from apps.impact import running
from apps.impact.models import ImpactReport
from apps.legal.models import ActDraft
from tests.desk.acts_build import CITY, Desk
from tests.extracts.conftest import Grid, box

ASK = "Compute what changes"


@pytest.fixture
def desk(db) -> Desk:
    grid = Grid()
    theme = grid.theme("height_code")
    grid.edition(theme, "hc", {"H3": CITY}, coverage=CITY)
    grid.in_force("hc", "2015-01-01")
    grid.parcel("3-1-1-1-0-0-0", box(0, 0, 10, 10))
    grid.parcel("3-1-1-2-0-0-0", box(10, 0, 20, 10))
    grid.overlay()
    return Desk()


def page(desk: Desk, draft: ActDraft) -> str:
    return desk.writing.get(f"/en/desk/acts/{draft.pk}/").content.decode()


def test_asked_on_the_draft_and_shown_there(desk):
    draft = desk.write("suspend", "hc")
    assert ASK in page(desk, draft)
    asked = desk.writing.post(f"/en/desk/impact/of-draft/{draft.pk}/")
    report = ImpactReport.objects.get()
    assert asked.url == f"/en/desk/impact/{report.pk}/"
    assert "Waits for its turn" in page(desk, draft)
    running.perform(report.pk)
    shown = page(desk, draft)
    assert "2 parcels with another answer" in shown
    assert "some become not known" in shown
    assert ASK not in shown


def test_a_draft_that_was_changed_needs_another_report(desk):
    draft = desk.write("suspend", "hc", number="N-1")
    desk.writing.post(f"/en/desk/impact/of-draft/{draft.pk}/")
    running.perform(ImpactReport.objects.get().pk)
    draft.refresh_from_db()
    draft.number = "N-2"
    draft.save()
    shown = page(desk, draft)
    assert "has changed since this was computed" in shown
    assert ASK in shown
