"""The synthetic city with its sample law: acts of every kind, held against composing a sample of parcels twice."""

import random
from io import StringIO
from typing import Any

import pytest
from django.contrib.gis.geos import MultiPolygon, Polygon
from django.core.management import call_command
from django.db import transaction

from apps.cadastre.models import ParcelVersion
from apps.common import clock
from apps.extracts.models import Overlay
from apps.legal.models import Instrument, LegalAct
from apps.parties.models import Person
from tests.impact import brute, fast

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
_SAMPLE = 60
DAY = clock.today()


@pytest.fixture(scope="module")
def city(django_db_setup, django_db_blocker):
    """2,000 parcels under the sample law, gone again after the module."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("build_demo", "--overlays", "here", parcels=2000, stdout=StringIO())
        yield
        transaction.set_rollback(True)


@pytest.fixture
def officer(city, db) -> Person:
    return Person.objects.filter(is_active=True).order_by("pk")[0]


def act(officer: Person, code: str, kind: str, **extra: Any) -> dict[str, Any]:
    facts = {
        "instrument": Instrument.objects.get(code=code), "kind": kind, "number": f"{code}-{kind}", "act_date": DAY,
        "body_fa": "-", "body_en": "-", "document": "-", "effective_on": DAY, "recorded_by": officer,
    }  # fmt: skip
    if kind == "replace":
        facts["replaced_by"] = Instrument.objects.get(code=extra.pop("by"))
    if extra.pop("scoped", False):
        facts["scope"] = a_place(code)
    return {**facts, **extra}


def a_place(code: str) -> MultiPolygon:
    """Some 300 m around a parcel under the layer, on odd metres: it cuts zones and parcels."""
    under = Overlay.objects.filter(edition__instrument__code=code).order_by("parcel_version_id")
    middle = ParcelVersion.objects.get(pk=under[under.count() // 2].parcel_version_id).geom.centroid
    x, y = round(middle.x) + 0.3, round(middle.y) + 0.7
    srid = ParcelVersion._meta.get_field("geom").srid
    return MultiPolygon(Polygon.from_bbox((x - 151, y - 163, x + 149, y + 137)), srid=srid)


def lifted() -> LegalAct:
    """The suspension of the revised height codes of 1402."""
    return LegalAct.objects.get(instrument__code="hc-1402", kind="suspend")


ACTS = {
    "a draft edition promulgated": [("hc-1404", "promulgate", {})],
    "a draft edition promulgated in a part": [("hc-1404", "promulgate", {"scoped": True})],
    "suspended": [("hc-1393", "suspend", {})],
    "suspended in a part": [("hc-1393", "suspend", {"scoped": True})],
    "annulled in a part": [("dn-1393", "annul", {"scoped": True})],
    "land use annulled in a part": [("lu-1393", "annul", {"scoped": True})],
    "replaced": [("hc-1404", "promulgate", {}), ("hc-1393", "replace", {"by": "hc-1404"})],
    "a rulebook repealed": [("isf-heights", "repeal", {})],
    "the heritage rulebook suspended": [("isf-heritage", "suspend", {})],
    "heritage buffers suspended": [("hr-buffer-1395", "suspend", {})],
    "heritage core annulled in a part": [("hr-core-1393", "annul", {"scoped": True})],
    "road widening repealed": [("widen-1393", "repeal", {})],
    "a suspension lifted": [("hc-1402", "lift", {})],
}


@pytest.mark.parametrize("acts", ACTS.values(), ids=ACTS.keys())
def test_acts_of_every_kind(officer, acts):
    told = [act(officer, *one[:2], **one[2], **({"lifts": lifted()} if one[1] == "lift" else {})) for one in acts]
    kinds = ("NEW", "REPAIR")
    found = fast.changes(acts=told, on=DAY, kinds=kinds, at_a_time=100)
    changed = {version for version, _ in found}
    others = set(ParcelVersion.objects.values_list("pk", flat=True)) - changed
    dice = random.Random(4)
    sample = [v for pool in (changed, others) for v in dice.sample(sorted(pool), min(_SAMPLE, len(pool)))]
    expected = brute.changes(acts=told, on=DAY, kinds=kinds, versions=sample)
    assert {key: change for key, change in found.items() if key[0] in set(sample)} == expected
    assert changed


def test_a_rulebook_whose_draft_was_loaded_anew_is_read_anew(officer):
    """What a rehearsal read of a table that has no act yet must not be remembered once another file took its place."""
    from apps.legal.models import ProvisionRow, Rulebook

    copy = Instrument.objects.create(code="isf-heights-2", kind="rulebook", rank=10, title_fa="-", title_en="-")

    def load(storeys: str) -> None:
        Rulebook.objects.filter(instrument=copy).delete()
        book = Rulebook.objects.create(instrument=copy, code=copy.code, source="detailed_plan", checksum=storeys)
        ProvisionRow.objects.create(
            rulebook=book, position=1, row="cap", article="1", category="ISF-08", subject="max_storeys", effect="cap",
            value=storeys, theme="", zone="", when={}, text_fa="-", text_en="-",
        )  # fmt: skip

    told = [act(officer, copy.code, kind) for kind in ("approve", "promulgate")]
    load("1")
    first = fast.changes(acts=told, on=DAY, at_a_time=100)
    load("2")
    second = fast.changes(acts=told, on=DAY, at_a_time=100)
    assert first != second
    sample = sorted({version for version, _ in second})[:_SAMPLE]
    expected = brute.changes(acts=told, on=DAY, versions=sample)
    assert {key: change for key, change in second.items() if key[0] in set(sample)} == expected
