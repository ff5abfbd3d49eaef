"""A parcel's legal history says of every day what the extract of that day says.

The city of five parcels of tests/browser/city.py; A has code H4 and a 12 m passage (4 storeys), B a 7 m passage (3).
"""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core.cache import cache

from apps.common.errors import BadInputError, NotFoundError
from apps.extracts import history as door
from apps.extracts.history import ParcelHistory, Stretch, history
from apps.extracts.services import compose
from gis_layers.models import Theme
from tests.browser.city import CODES, SQUARES, SmallCity
from tests.extracts.conftest import box

DAY = timedelta(days=1)
A, B, E = CODES["A"], CODES["B"], CODES["E"]


@pytest.fixture
def city(db: None) -> SmallCity:
    return SmallCity()


def day(raw: str) -> date:
    return date.fromisoformat(raw)


def at(found: ParcelHistory, when: date) -> Stretch:
    held = [s for s in found.stretches if (s.since or date.min) <= when < (s.until or date.max)]
    assert len(held) == 1, (when, held)
    return held[0]


def storeys(stretch: Stretch) -> object:
    return next(s.value for s in stretch.said if s.subject == "max_storeys")


def told(stretch: Stretch) -> dict[str, tuple[Any, ...]]:
    return {s.subject: (s.outcome, s.value, s.bound) for s in stretch.said}


def composed(code: str, on: date, known_at: datetime | None = None) -> dict[str, tuple[Any, ...]] | None:
    try:
        document = compose(parcel=code, on=on, known_at=known_at).data
    except NotFoundError:
        return None
    plain = lambda raw: tuple(raw) if isinstance(raw, list) else raw  # noqa: E731 - a word of this test
    wanted = {"max_storeys", "max_height", "max_coverage", "max_density", "permitted_use"}
    return {
        s["code"]: (s["outcome"], plain(s["value"]), plain(s["bound"]))
        for s in document["subjects"]
        if s["code"] in wanted
    }


def agrees(code: str, known_at: datetime | None = None) -> None:
    """On every day that begins a stretch or any act's work, the day before and the day after."""
    found = history(parcel=code, known_at=known_at)
    starts = {s.since for s in found.stretches if s.since} | {
        a.effective_on for s in found.stretches for a in (*s.acts, *s.quiet)
    }
    assert starts
    for start in starts:
        for when in (start - DAY, start, start + DAY):
            stretch, said = at(found, when), composed(code, when, known_at)
            assert stretch.exists is (said is not None), when
            assert said is None or told(stretch) == said, when


def new_heights(city: SmallCity, code: str, zone: str, *, over: str = "A", coverage: Any = None) -> None:
    """A further edition of the height codes over one square."""
    place = SQUARES[over] if coverage is None else coverage
    city.edition(Theme.objects.get(code="height_code"), code, {zone: place}, coverage=place)
    city.overlay()


@pytest.mark.parametrize("code", sorted(CODES.values()))
def test_every_day_says_what_its_extract_says(city: SmallCity, code: str) -> None:
    agrees(code)


def test_suspended_and_revived(city: SmallCity) -> None:
    """B: 3 storeys, five while the revision of 1402 held, three since its suspension; five again once it is lifted."""
    found = history(parcel=B)
    assert [storeys(s) for s in found.stretches if s.exists][1:] == [3, 5, 3]
    assert found.now is not None
    assert "suspended since 20 January 2024" in found.now.text.en
    assert "متوقف از ۳۰ دی ۱۴۰۲" in found.now.text.fa
    suspension = city_act("hc-1402", "suspend")
    city.act("hc-1402", "lift", "2025-03-01", lifts=suspension)
    again = history(parcel=B)
    assert [storeys(s) for s in again.stretches if s.exists][1:] == [3, 5, 3, 5]
    assert "suspended from 20 January 2024 (1402/10/30) to 1 March 2025 (1403/12/11)" in again.stretches[-2].text.en
    assert [a.kind for a in again.stretches[-1].acts] == ["lift"]
    agrees(B)


def city_act(instrument: str, kind: str) -> Any:
    from apps.legal.models import LegalAct

    return LegalAct.objects.get(instrument__code=instrument, kind=kind)


def test_two_editions_on_one_day(city: SmallCity) -> None:
    """Of two that work from one day the one recorded later governs; one stretch begins, with both acts behind it."""
    for code, zone in (("x", "H2"), ("y", "H3")):
        new_heights(city, code, zone)
        city.in_force(code, "2025-10-01")
    found = history(parcel=A)
    assert storeys(at(found, day("2025-10-01"))) == 3
    assert {a.instrument for a in at(found, day("2025-10-01")).acts} == {"x", "y"}
    agrees(A)


def test_annulled_in_part_beside_the_parcel_is_not_its_history(city: SmallCity) -> None:
    city.act("hc", "annul", "2025-05-01", scope=SQUARES["B"])
    acts = {(a.kind, a.instrument) for s in history(parcel=A).stretches for a in (*s.acts, *s.quiet)}
    assert ("annul", "hc") not in acts
    assert ("annul", "hc") in {(a.kind, a.instrument) for s in history(parcel=B).stretches for a in s.acts}
    agrees(A)
    agrees(B)


def test_annulled_over_the_whole_parcel_but_not_everywhere(city: SmallCity) -> None:
    """B lies wholly in the scope: what later happens to the rest of the edition is no act on B."""
    city.act("hc", "annul", "2025-05-01", scope=box(10, 0, 60, 60))
    city.act("hc", "suspend", "2025-06-01")
    suspension = {a.kind for s in history(parcel=A).stretches for a in s.acts if a.effective_on == day("2025-06-01")}
    assert suspension == {"suspend"}, "half of A lies outside the scope"
    agrees(A)
    agrees(B)


def test_a_stretch_that_is_not_known_says_so(city: SmallCity) -> None:
    """E lies outside the buffer layer's coverage."""
    now = history(parcel=E).now
    assert now is not None
    assert "not known (in any case not beyond 4 storeys)" in now.text.en
    assert "معلوم نیست (در هر حال نه بیش از ۴ طبقه)" in now.text.fa
    before = history(parcel=E).stretches[1]
    assert before.text.en == "From 1 January 2010 (1388/10/11) to 22 June 2014 (1393/04/01): its rules are not known."


def test_what_is_approved_but_not_in_force_is_announced(city: SmallCity) -> None:
    (announced,) = history(parcel=A).announced
    assert announced.status == "approved_not_promulgated"
    assert "approved on 10 September 2025 (1404/06/19), not yet in force" in announced.text.en
    assert "Storeys over pilotis, at most 5 storeys (now 4 storeys)" in announced.text.en
    assert "تصویب شده در ۱۹ شهریور ۱۴۰۴، هنوز ابلاغ نشده" in announced.text.fa


@time_machine.travel("2026-01-10T09:00:00Z", tick=False)
def test_a_future_day_is_there_and_marked(city: SmallCity) -> None:
    promulgated = {"act_date": date(2026, 1, 5), "effective_on": date(2026, 3, 21)}
    from apps.legal.models import Instrument
    from apps.legal.services import record_act

    record_act(
        instrument=Instrument.objects.get(code="hc-1404"),
        kind="promulgate",
        number="77",
        body_fa="کمیسیون",
        body_en="Commission",
        document="-",
        recorded_by=city.clerk,
        countersigned_by=city.head,
        **promulgated,
    )
    found = history(parcel=A)
    assert [s.when for s in found.stretches if s.exists] == ["past", "now", "future"]
    last = found.stretches[-1]
    assert (last.since, last.until, storeys(last)) == (date(2026, 3, 21), None, 5)
    assert last.text.en.startswith("From 21 March 2026 (1405/01/01) on:")
    assert any("before 4 storeys, from this day 5 storeys" in c.en for c in last.changes)
    agrees(A)


def test_what_the_city_knew_then(city: SmallCity) -> None:
    """An act of 2020 that was recorded only in 2025: the history as known in 2024 does not hold it."""
    new_heights(city, "late", "H2")
    late = datetime(2025, 6, 1, tzinfo=UTC)
    city.act("late", "approve", "2020-01-01", recorded=late)
    city.act("late", "promulgate", "2020-01-01", recorded=late + timedelta(hours=1))
    then, now = datetime(2024, 12, 1, tzinfo=UTC), history(parcel=A)
    assert storeys(at(now, day("2020-01-01"))) == 2
    assert storeys(at(history(parcel=A, known_at=then), day("2020-01-01"))) == 4
    agrees(A)
    agrees(A, known_at=then)


def test_a_split_parcel_has_a_history_and_an_end(city: SmallCity) -> None:
    from apps.cadastre.models import ParcelVersion

    ParcelVersion.objects.filter(parcel__code=A).update(legal=(date(2010, 1, 1), date(2025, 1, 1)))
    found = history(parcel=A)
    assert found.now is not None
    assert not found.now.exists
    assert [c.en for c in found.now.changes] == ["the parcel is no more (it was split or merged)"]
    assert found.announced == ()
    agrees(A)


def test_an_unknown_parcel_gets_suggestions_and_a_future_instant_is_refused(city: SmallCity) -> None:
    with pytest.raises(NotFoundError) as caught:
        history(parcel="3-1-1-99")
    assert A in caught.value.details["suggestions"]
    with pytest.raises(BadInputError):
        history(parcel=A, known_at=datetime(2999, 1, 1, tzinfo=UTC))
    with pytest.raises(NotFoundError):
        history(parcel=A, known_at=datetime(2000, 1, 1, tzinfo=UTC))


def test_too_many_changes_are_cut_at_the_old_end(city: SmallCity, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(door, "MOST_STRETCHES", 2)
    found = history(parcel=B)
    assert found.cut
    assert found.stretches[0].since is not None
    assert found.now is not None
    assert storeys(found.now) == 3


def test_it_is_remembered_and_an_act_makes_another_one(
    city: SmallCity, django_assert_max_num_queries: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = history(parcel=A)
    asked: list[str] = []
    ask = door.answer_on
    monkeypatch.setattr(door, "answer_on", lambda **facts: asked.append("x") or ask(**facts))
    assert history(parcel=A) == first
    assert asked == []
    city.act("hc-1404", "promulgate", "2025-11-01")
    assert storeys(at(history(parcel=A), day("2025-11-01"))) == 5
    assert asked


def test_what_is_still_computed_is_not_remembered(city: SmallCity) -> None:
    from apps.extracts.models import OverlayChunk
    from gis_layers.models import Edition

    chunks = OverlayChunk.objects.filter(edition=Edition.objects.get(instrument__code="hc"))
    through = chunks.get().through
    chunks.update(through=0)
    cache.clear()
    assert storeys(at(history(parcel=A), day("2026-01-01"))) is None
    chunks.update(through=through)
    assert storeys(at(history(parcel=A), day("2026-01-01"))) == 4
