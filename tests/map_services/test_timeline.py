"""The stops of a timeline: tables over periods, and the same read from recorded acts."""

from datetime import UTC, date, datetime

import pytest

from apps.common.text import Text
from apps.legal.acts import Status
from apps.map_services.timeline import Span, Stop, stop_at, stops
from apps.map_services.timeline_reading import said_of, timeline_of
from tests.legal.build import Desk
from tests.map_services.build import enact, plan, strip, theme_url
from tests.overlay.grid import theme

DRAFT, APPROVED, IN_FORCE, SUSPENDED = Status.DRAFT, Status.APPROVED, Status.IN_FORCE, Status.SUSPENDED


def span(code: str, start: int | None, status: Status, *, scope: str = "", order: int = 0, number: str = "") -> Span:
    """A period that begins on 1 January of the year."""
    day = None if start is None else date(start, 1, 1)
    return Span(code, Text(code, code), scope, status, day, number, order)


def told(timeline: tuple[Stop, ...]) -> list[tuple[int, list[tuple[str, str, bool]]]]:
    """Year → (edition, status, partly)."""
    return [(s.day.year, [(c.instrument, c.status.value, c.partly) for c in s.changes]) for s in timeline]


TABLE = [
    ("nothing", [], []),
    ("a draft has no stop", [span("a", None, DRAFT)], []),
    (
        "approved, then in force",
        [span("a", None, DRAFT), span("a", 2014, APPROVED), span("a", 2015, IN_FORCE)],
        [(2014, [("a", "approved_not_promulgated", False)]), (2015, [("a", "in_force", False)])],
    ),
    (
        "two versions in one day, in the order of their acts",
        [
            span("b", None, DRAFT), span("b", 2014, IN_FORCE, order=8),
            span("a", None, DRAFT), span("a", 2014, IN_FORCE, order=5),
        ],
        [(2014, [("a", "in_force", False), ("b", "in_force", False)])],
    ),
    (
        "a future day",
        [span("a", None, DRAFT), span("a", 2014, Status.PROMULGATED), span("a", 2090, IN_FORCE)],
        [(2014, [("a", "promulgated_not_yet_effective", False)]), (2090, [("a", "in_force", False)])],
    ),
    (
        "suspended in one place only",
        [
            span("a", None, DRAFT), span("a", 2014, IN_FORCE),
            span("a", None, DRAFT, scope="7"), span("a", 2014, IN_FORCE, scope="7"),
            span("a", 2020, SUSPENDED, scope="7"), span("a", 2022, IN_FORCE, scope="7"),
        ],
        [
            (2014, [("a", "in_force", False)]),
            (2020, [("a", "suspended", True)]),
            (2022, [("a", "in_force", True)]),
        ],
    ),
    (
        "annulled from its first day it never shows",
        [span("a", None, DRAFT), span("a", 2014, Status.ANNULLED)],
        [(2014, [("a", "annulled", False)])],
    ),
    (
        "another act under the same status is no change of the map",
        [span("a", None, DRAFT), span("a", 2014, IN_FORCE, number="1"), span("a", 2016, IN_FORCE, number="2")],
        [(2014, [("a", "in_force", False)])],
    ),
    (
        "one place annulled and the other suspended on one day are two changes",
        [
            span("a", 2014, IN_FORCE), span("a", 2020, SUSPENDED, order=2),
            span("a", 2014, IN_FORCE, scope="7"), span("a", 2020, Status.ANNULLED, scope="7", order=1),
        ],
        [(2014, [("a", "in_force", False)]), (2020, [("a", "annulled", True), ("a", "suspended", True)])],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("spans", "wanted"), [row[1:] for row in TABLE], ids=[row[0] for row in TABLE])
def test_stops(spans: list[Span], wanted: list[tuple[int, list[tuple[str, str, bool]]]]) -> None:
    assert told(stops(spans)) == wanted
    assert told(stops(reversed(spans))) == wanted


def test_a_stop_names_what_is_in_force_from_it_on() -> None:
    spans = [
        span("a", None, DRAFT), span("a", 2014, IN_FORCE), span("a", 2020, Status.REPLACED),
        span("b", None, DRAFT), span("b", 2020, IN_FORCE), span("b", 2022, SUSPENDED),
        span("c", None, DRAFT), span("c", 2030, IN_FORCE),
    ]  # fmt: skip
    assert [stop.in_force for stop in stops(spans)] == [("a",), ("b",), (), ("c",)]


@pytest.mark.parametrize(
    ("day", "at"),
    [(date(2013, 12, 31), None), (date(2014, 1, 1), 0), (date(2019, 12, 31), 0), (date(2020, 1, 1), 1)],
)
def test_the_stop_of_a_day(day: date, at: int | None) -> None:
    timeline = stops([span("a", 2014, IN_FORCE), span("a", 2020, SUSPENDED)])
    assert stop_at(timeline, day) == at


@pytest.mark.django_db
def test_read_from_acts_with_words_and_numbers(desk: Desk) -> None:
    made = plan("a", 0, 1000)
    desk.do("approve", made.instrument, "2014-01-01", number="10")
    desk.do("promulgate", made.instrument, "2014-02-01", effective="2014-03-01", number="11")
    stop = desk.do("suspend", made.instrument, "2020-01-01", number="12", scope=strip(0, 500))
    desk.do("lift", made.instrument, "2021-01-01", number="13", lifts=stop)
    desk.do("annul", made.instrument, "2022-01-01", number="14")
    enact(desk, plan("other", 0, 1000, of=theme("density")), "2015-01-01")
    told = [(s.day.isoformat(), said_of(c).en, c.number) for s in timeline_of(theme=theme()) for c in s.changes]
    assert told == [
        ("2014-01-01", "approved, not promulgated yet", "10"),
        ("2014-02-01", "promulgated, not effective yet", "11"),
        ("2014-03-01", "came into force", "11"),
        ("2020-01-01", "suspended (in a part of its area)", "12"),
        ("2021-01-01", "suspension lifted, in force again (in a part of its area)", "13"),
        ("2022-01-01", "annulled", "14"),
    ]


@pytest.mark.django_db
def test_what_came_second_governs_again(desk: Desk) -> None:
    """The older edition was replaced by the newer, which is then suspended."""
    old, new = plan("a", 0, 1000), plan("b", 0, 1000)
    enact(desk, old, "2014-01-01")
    enact(desk, new, "2020-01-01")
    desk.do("replace", old.instrument, "2020-01-01", replaced_by=new.instrument)
    desk.do("suspend", new.instrument, "2021-01-01")
    (*_, last) = timeline_of(theme=theme())
    assert {(c.instrument, said_of(c).en) for c in last.changes} == {("a", "in force again"), ("b", "suspended")}


@pytest.mark.django_db
def test_as_known_then(desk: Desk) -> None:
    made = plan("a", 0, 1000)
    enact(desk, made, "2014-01-01")
    desk.do("suspend", made.instrument, "2020-01-01", recorded="2024-01-01")
    assert len(timeline_of(theme=theme(), known_at=datetime(2022, 1, 1, tzinfo=UTC))) == 1
    assert len(timeline_of(theme=theme())) == 2


@pytest.mark.django_db
def test_between_two_stops_the_map_is_the_same(desk: Desk) -> None:
    """The keys of the day before a stop and of the day itself differ; within a stretch they do not."""
    old, new = plan("a", 0, 1000), plan("b", 300, 600)
    enact(desk, old, "2014-01-01")
    enact(desk, new, "2018-01-01")
    desk.do("suspend", new.instrument, "2020-01-01", scope=strip(300, 400))
    days = [stop.day for stop in timeline_of(theme=theme())]
    keys = [theme_url(on=day) for day in days]
    assert len(set(keys)) == len(days) == 3
    assert theme_url(on=date(2019, 6, 1)) == keys[1]
