"""A layer with a legal act cannot be changed behind the law's back: not by ORM, not by bulk, not by deleting."""

import pytest
from django.db import InternalError, transaction
from django.db.utils import IntegrityError

from gis_layers.models import Edition, Feature, Quarantined
from tests.extracts.conftest import Grid, box, web

WEB = web(box(0, 0, 1, 1))
STEPS = {
    "move a feature": lambda e: Feature.objects.filter(edition=e).update(geom=box(5, 5, 9, 9)),
    "rename a feature": lambda e: Feature.objects.filter(edition=e).update(code="H9"),
    "delete a feature": lambda e: Feature.objects.filter(edition=e)._raw_delete("default"),
    "add a feature": lambda e: Feature.objects.create(
        edition=e,
        source_row=99,
        code="H9",
        label_fa="-",
        label_en="-",
        geom=box(0, 0, 1, 1),
        geom_web=web(box(0, 0, 1, 1)),
    ),
    "widen the coverage": lambda e: Edition.objects.filter(pk=e.pk).update(coverage=box(0, 0, 99, 99)),
    "forget doubts": lambda e: Edition.objects.filter(pk=e.pk).update(unplaced=0),
    "delete a doubt": lambda e: Quarantined.objects.filter(edition=e)._raw_delete("default"),
}


@pytest.fixture
def edition(db):
    grid = Grid()
    made = grid.edition(grid.theme("t"), "e", {"H3": box(0, 0, 10, 10)}, coverage=box(0, 0, 20, 20), unplaced=1)
    Quarantined.objects.create(edition=made, source_row=5, reason="invalid", message_fa="-", message_en="-")
    return grid, made


@pytest.mark.parametrize("name", STEPS)
def test_after_an_act_it_is_refused(edition, name):
    grid, made = edition
    grid.act("e", "approve", "2014-09-27")
    with pytest.raises((InternalError, IntegrityError), match="refused"), transaction.atomic():
        STEPS[name](made)


@pytest.mark.parametrize("name", STEPS)
def test_a_draft_may_still_be_mended(edition, name):
    STEPS[name](edition[1])
