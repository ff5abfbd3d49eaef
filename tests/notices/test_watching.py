"""Watching and stopping: once for each thing, within limits, and what is wrong is said."""

import json

import pytest

from apps.common.errors import BadInputError, ConflictError, NotFoundError
from apps.notices import watching
from apps.notices.models import Notice, Watch
from apps.notices.selectors import mark_read, notices_of, unread_count, watch_of_parcel, watches_of
from apps.notices.watching import end_watch, watch_area, watch_district, watch_parcel, watch_theme
from apps.parties.models import Person
from tests.browser.city import CODES, SQUARES, SmallCity

A, B = CODES["A"], CODES["B"]


@pytest.fixture
def city(db: None) -> SmallCity:
    return SmallCity()


def ring(*points: tuple[float, float]) -> str:
    return json.dumps({"type": "Polygon", "coordinates": [[*points, points[0]]]})


GOOD = ring((51.66, 32.65), (51.67, 32.65), (51.67, 32.66))


def test_watching_twice_is_once_in_the_mode_asked_for_last(city: SmallCity, person: Person) -> None:
    first = watch_parcel(person=person, parcel=A)
    again = watch_parcel(person=person, parcel="۳-۱-۱-۱", mode="digest")
    assert first.pk == again.pk
    assert [(w.parcel, w.mode) for w in watches_of(person)] == [(A, "digest")]
    found = watch_of_parcel(person, A)
    assert found is not None
    assert found.pk == first.pk
    assert watch_of_parcel(person, B) is None


def test_what_was_ended_can_be_watched_anew(city: SmallCity, person: Person, other_person: Person) -> None:
    first = watch_parcel(person=person, parcel=A)
    with pytest.raises(NotFoundError):
        end_watch(person=other_person, watch=first.pk)
    end_watch(person=person, watch=first.pk)
    end_watch(person=person, watch=first.pk)
    assert watches_of(person) == []
    assert watch_parcel(person=person, parcel=A).pk != first.pk


def test_names_in_the_list(city: SmallCity, person: Person) -> None:
    watch_area(person=person, shape=str(SQUARES["A"].transform(4326, clone=True).json), name=" خانهٔ ما ")
    watch_area(person=person, shape=GOOD)
    watch_district(person=person, number=3)
    watch_theme(person=person, theme="height_code")
    watch_parcel(person=person, parcel=A)
    names = [w.name.en for w in watches_of(person)]
    assert names[:3] == [f"Parcel {A}", "Layer: Height code", "District 3"]
    assert names[3:] == ["Area", "Area “خانهٔ ما”"]
    assert round(watches_of(person)[-1].area_m2 or 0) == 400


def test_there_is_a_limit(city: SmallCity, person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watching, "MOST_WATCHES", 2)
    first = watch_parcel(person=person, parcel=A)
    watch_parcel(person=person, parcel=B)
    with pytest.raises(ConflictError, match="Take one off the list"):
        watch_theme(person=person, theme="height_code")
    watch_parcel(person=person, parcel=B, mode="digest")
    end_watch(person=person, watch=first.pk)
    watch_theme(person=person, theme="height_code")


@pytest.mark.parametrize(
    "shape",
    [
        "",
        "hello",
        '{"type": "Point", "coordinates": [51.66, 32.65]}',
        '{"type": "Polygon", "coordinates": []}',
        '{"type": "Polygon", "coordinates": [[[51.66, 32.65], [51.67, 32.65]]]}',
        ring((51.66, 32.65), (51.67, 32.66), (51.67, 32.65), (51.66, 32.66)),  # crosses itself
        ring((51.66, 32.65), (51.660001, 32.65), (51.660001, 32.650001)),  # under a square metre
        ring((51.4, 32.4), (52.3, 32.4), (52.3, 33.3)),  # half a province
        ring((0, 0), (10, 0), (10, 10)),
        ring((51.66, 92), (51.67, 92), (51.67, 92.1)),
        ring((1e300, 32), (1.1e300, 32), (1.1e300, 32.5)),
        ring((951.66, 32.65), (951.67, 32.65), (951.67, 32.66)),
        ring((5e9, 32.65), (5e9 + 0.5, 32.65), (5e9 + 0.5, 32.66)),
        ring(*((51.66 + n / 1e6, 32.65 + (n % 2) / 1e3) for n in range(600))),
        "x" * 300_000,
    ],
)
def test_what_is_no_area_is_refused_with_what_to_do(city: SmallCity, person: Person, shape: str) -> None:
    with pytest.raises(BadInputError):
        watch_area(person=person, shape=shape)
    assert Watch.objects.count() == 0


def test_unknown_things_cannot_be_watched(city: SmallCity, person: Person) -> None:
    with pytest.raises(NotFoundError):
        watch_theme(person=person, theme="nothing")
    with pytest.raises(NotFoundError):
        watch_district(person=person, number=99)
    with pytest.raises(NotFoundError):
        watch_parcel(person=person, parcel="3-1-1-99")
    with pytest.raises(BadInputError):
        watch_parcel(person=person, parcel=A, mode="weekly")


def test_reading_marks_what_was_shown_and_nothing_that_came_after(person: Person, other_person: Person) -> None:
    from apps.common.clock import now

    rows = [
        Notice.objects.create(key=str(n), person=who, kind="act", text_fa="ف", text_en="e", link="/", created_at=now())
        for n, who in enumerate((person, other_person, person, person))
    ]
    assert unread_count(person) == 3
    assert mark_read(person, until=rows[2].pk) == 2
    assert unread_count(person) == 1
    assert unread_count(other_person) == 1
    assert [n.unread for n in notices_of(person)] == [True, False, False]
