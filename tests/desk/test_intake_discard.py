"""A draft edition is taken away whole; one that law has touched stays; citizens see nothing of drafts at all."""

import pytest
from django.test import Client

from apps.common import events
from apps.common.errors import ConflictError, NotFoundError
from apps.desk.acts.services import withdraw_act
from apps.extracts.models import CoverageCut, Overlay, OverlayChunk
from apps.legal.models import ActDraft, Instrument
from gis_layers.events import EditionDiscarded
from gis_layers.models import Edition, Feature, Quarantined
from gis_layers.services import discard_edition
from tests.desk.acts_build import Desk
from tests.extracts.conftest import Grid, box

ALL = box(0, 0, 100, 100)


@pytest.fixture
def city(db: None) -> Grid:
    """Two parcels, a plan in force and a draft that speaks over one and a half of them.

    ┌────┬────┐   plan: H4 everywhere; draft: H5 on the left and half of the right parcel
    │ A  │ B  │
    └────┴────┘
    """
    grid = Grid()
    theme = grid.theme("height_code")
    grid.edition(theme, "plan", {"H4": ALL}, coverage=ALL)
    draft = grid.edition(theme, "draft", {"H5": box(0, 0, 30, 20)}, coverage=box(0, 0, 30, 20))
    Quarantined.objects.create(edition=draft, source_row=9, reason="no_code", message_fa="-", message_en="-")
    for code, west in (("3-1-1-1-0-0-0", 0), ("3-1-1-2-0-0-0", 20)):
        grid.parcel(code, box(west, 0, west + 20, 20))
    grid.in_force("plan", "2014-06-01")
    grid.overlay()
    return grid


def draft() -> Edition:
    return Edition.objects.get(instrument__code="draft")


def test_nothing_that_hangs_on_it_stays(city: Grid) -> None:
    gone = draft().pk
    assert Overlay.objects.filter(edition=gone).count() == 2
    assert CoverageCut.objects.filter(edition=gone).exists()
    assert OverlayChunk.objects.filter(edition=gone).exists()
    others = Overlay.objects.exclude(edition=gone).count(), OverlayChunk.objects.exclude(edition=gone).count()
    discard_edition(edition_id=gone)
    for model in (Overlay, CoverageCut, OverlayChunk, Feature, Quarantined):
        assert not model.objects.filter(edition=gone).exists(), model
    assert (Overlay.objects.count(), OverlayChunk.objects.count()) == others
    assert Instrument.objects.filter(code="draft").exists()
    with pytest.raises(NotFoundError):
        discard_edition(edition_id=gone)


def test_the_rooms_above_are_told(city: Grid, django_capture_on_commit_callbacks, monkeypatch) -> None:
    heard: list[events.Event] = []
    monkeypatch.setitem(events._listeners, EditionDiscarded, [heard.append])
    gone = draft()
    with django_capture_on_commit_callbacks(execute=True):
        discard_edition(edition_id=gone.pk)
    assert heard == [EditionDiscarded(edition_id=gone.pk, instrument_id=gone.instrument_id, theme="height_code")]


def test_one_with_an_act_stays(city: Grid) -> None:
    city.act("draft", "approve", "2020-01-01")
    with pytest.raises(ConflictError, match="has legal acts"):
        discard_edition(edition_id=draft().pk)
    assert Feature.objects.filter(edition=draft()).count() == 1


def test_one_that_shall_replace_another_stays(city: Grid) -> None:
    city.act("draft", "approve", "2020-01-01")
    city.act("plan", "replace", "2021-01-01", replaced_by=Instrument.objects.get(code="draft"))
    with pytest.raises(ConflictError):
        discard_edition(edition_id=draft().pk)


def test_one_that_a_draft_of_an_act_names_stays_until_the_draft_is_withdrawn(city: Grid) -> None:
    desk = Desk()
    desk.post("approve", "draft")
    written = ActDraft.objects.get()
    with pytest.raises(ConflictError, match="Withdraw that draft"):
        discard_edition(edition_id=draft().pk)
    withdraw_act(by=desk.editor, draft=written.pk)
    discard_edition(edition_id=draft().pk)


def test_citizens_see_nothing_of_a_draft(city: Grid, client: Client) -> None:
    def public() -> list[bytes]:
        layers = client.get("/api/v1/layers?on=2024-01-01").json()
        tiles = [client.get(url.replace("{z}/{x}/{y}", "15/21080/13282")) for url in layers["tiles"].values()]
        theme = next(one for one in layers["themes"] if one["code"] == "height_code")
        assert [edition["instrument"] for edition in theme["editions"]] == ["plan"]
        extract = client.get("/api/v1/parcels/3-1-1-1/extract?on=2024-01-01")
        assert extract.status_code == 200
        return [extract.content, *(tile.content for tile in tiles)]

    with_draft = public()
    assert b"draft" not in with_draft[0].replace(b'"status":"draft"', b"")
    discard_edition(edition_id=draft().pk)
    assert public() == with_draft
