"""The cheap look names every parcel whose answer an act changes: held against composing them all (city.py's street)."""

from datetime import date

import pytest

from apps.cadastre.models import Parcel, ParcelVersion
from apps.common import clock
from apps.extracts import law_reader
from apps.extracts.differing import compare
from apps.extracts.models import OverlayChunk
from apps.extracts.reach import parcels_reached
from apps.extracts.services import compose
from apps.legal.models import Instrument, LegalAct
from apps.legal.rehearsal import rehearsed
from gis_layers.models import Quarantined, Theme
from tests.browser.city import CODES, SQUARES, SmallCity

pytestmark = pytest.mark.django_db


@pytest.fixture
def city(db: None) -> SmallCity:
    return SmallCity()


def answers() -> dict[str, dict]:
    law_reader.forget()
    return {name: compose(parcel=code, remember=False).data for name, code in CODES.items()}


def draft(city: SmallCity, instrument: str, kind: str, **extra) -> dict:
    return {
        "instrument": Instrument.objects.get(code=instrument), "kind": kind, "number": f"{instrument}-{kind}",
        "act_date": clock.today(), "body_fa": "نمونه", "body_en": "Sample", "document": "-",
        "effective_on": clock.today(), "recorded_by": city.clerk, "countersigned_by": city.head, **extra,
    }  # fmt: skip


def reached(act: LegalAct, on: date | None = None) -> set[str]:
    ids = {Parcel.objects.get(code=code).pk: name for name, code in CODES.items()}
    return {ids[pk] for pk in parcels_reached(act, list(ids), on=on or clock.today())}


@pytest.mark.parametrize(
    ("instrument", "kind", "scope", "names"),
    [
        ("hc-1404", "promulgate", None, {"A"}),
        ("hc-1402", "annul", None, {"B"}),
        ("hc", "suspend", None, set(CODES)),
        ("hc", "annul", "C", {"A", "B", "C"}),  # scopes that touch along a border are named as well
        ("hc", "annul", "E", {"D", "E"}),
        ("dn", "repeal", None, set(CODES)),
        ("hb", "suspend", None, {"A", "B", "C", "D"}),  # outside the coverage it said nothing
        ("hb", "annul", "D", {"D"}),
        ("clear-madi_strip", "suspend", None, set(CODES)),
    ],
)
def test_nobody_is_missed(city: SmallCity, instrument: str, kind: str, scope: str | None, names: set[str]) -> None:
    before = answers()
    extra = {"scope": SQUARES[scope]} if scope else {}
    with rehearsed([draft(city, instrument, kind, **extra)]) as (act,):
        after = answers()
        changed = {name for name in CODES if compare(before[name], after[name])}
        found = reached(act)
    law_reader.forget()
    assert changed <= found <= names


@pytest.mark.parametrize("kind", ["suspend", "repeal"])
def test_a_rulebook_reaches_everybody(city: SmallCity, kind: str) -> None:
    book = Instrument.objects.filter(kind="rulebook").first()
    with rehearsed([draft(city, book.code, kind)]) as (act,):
        assert reached(act) == set(CODES)


def test_an_approval_reaches_nobody(city: SmallCity) -> None:
    assert reached(LegalAct.objects.get(instrument__code="hc-1404", kind="approve")) == set()


@pytest.mark.parametrize("doubt", ["a row in quarantine", "a row without a place", "no file taken in", "none"])
def test_what_is_not_sure_of_its_place_reaches_everybody(city: SmallCity, doubt: str) -> None:
    theme = Theme.objects.get(code="height_code")
    if doubt == "no file taken in":
        Instrument.objects.create(code="hc-new", kind="edition", title_fa="-", title_en="-")
    else:
        edition = city.edition(
            theme, "hc-new", {"H5": SQUARES["B"]}, coverage=SQUARES["B"], unplaced=int(doubt == "a row without a place")
        )
        if doubt == "a row in quarantine":
            Quarantined.objects.create(edition=edition, source_row=9, reason="-", message_fa="-", message_en="-")
        city.overlay()
    acts = [draft(city, "hc-new", kind) for kind in ("approve", "promulgate")]
    with rehearsed(acts) as (_, act):
        assert reached(act) == ({"B"} if doubt == "none" else set(CODES))


def test_an_overlay_that_is_not_computed_reaches_its_parcels(city: SmallCity) -> None:
    act = LegalAct.objects.get(instrument__code="hc-1402", kind="suspend")
    OverlayChunk.objects.filter(edition__instrument=act.instrument).delete()
    assert reached(act) == set(CODES)


def test_a_parcel_that_does_not_stand_is_always_named(city: SmallCity) -> None:
    act = LegalAct.objects.get(instrument__code="hc-1402", kind="suspend")
    ParcelVersion.objects.filter(parcel__code=CODES["E"]).update(legal=(date(2010, 1, 1), clock.today()))
    assert reached(act) == {"B", "E"}
    assert reached(act, on=date(2020, 1, 1)) == {"B"}
