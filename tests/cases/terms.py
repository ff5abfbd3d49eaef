"""A service with terms in a town with a calendar of its own, and its people.

April 2026 in Tehran (UTC+3:30), offices 07:30-14:30, Thursday and Friday off, Monday the 13th a holiday:

    Sa 4   Su 5   Mo 6   Tu 7   We 8   (Th 9   Fr 10)
    Sa 11  Su 12  [Mo 13]  Tu 14  We 15  (Th 16  Fr 17)
    Sa 18  Su 19  Mo 20  Tu 21  We 22  (Th 23  Fr 24)
"""

import os
from datetime import date, datetime
from itertools import count
from pathlib import Path
from zoneinfo import ZoneInfo

import time_machine
from django.conf import settings

from apps.cases.models import Case, CaseMessage, Deadline
from apps.cases.services import Opening, open_case, take_step
from apps.cases.types.definition import CaseType, Place, State, Term, Turn
from apps.cases.workflow import SYSTEM, Transition
from apps.common.text import Text
from apps.parties.models import Person, Role
from apps.parties.services import ensure_assignment, ensure_person

CODE = "term_test"
CALENDAR = """
weekend = ["thursday", "friday"]
known_from = "2026-01-01"
known_until = "2026-12-31"
[hours]
opens = "07:30"
closes = "14:30"
[sources.town]
text = "Town"
[[holiday]]
day = "2026-04-13"
name = "Town Day"
source = "town"
recorded = "2026-01-01"
"""
_versions = count(1)


def at(day: int, hour: int = 10, minute: int = 0, *, month: int = 4) -> datetime:
    """A Tehran instant of 2026."""
    return datetime(2026, month, day, hour, minute, tzinfo=ZoneInfo("Asia/Tehran"))


def town(folder: Path) -> Path:
    """A city package like that of the tests, with the calendar above."""
    folder.mkdir()
    (folder / "city.toml").write_bytes((Path(settings.CITY_ROOT) / "city.toml").read_bytes())
    write_calendar(folder, CALENDAR)
    return folder


def write_calendar(folder: Path, text: str) -> None:
    """The calendar's file, with another time of change each time."""
    (folder / "calendar.toml").write_text(text, encoding="utf-8")
    version = next(_versions)
    os.utime(folder / "calendar.toml", ns=(version, version))


def declare_closure(folder: Path, *days: int) -> None:
    """Days off in April 2026 that nobody knew of, one row each."""
    rows = "".join(
        f'[[holiday]]\nday = "2026-04-{day:02}"\nname = "Snow"\nsource = "town"\nrecorded = "2026-04-01"\n'
        for day in days
    )
    write_calendar(folder, CALENDAR + rows)


def service() -> CaseType:
    """Sent in: three working days for the officer. Papers asked for: five days for the owner, then into the archive."""
    office = {"turn": Turn.OFFICE, "role": Role.CASE_OFFICER.value}
    closed = [State(code, Text.of(code), Turn.NOBODY, closed=True) for code in ("cancelled", "closed", "archived")]
    return CaseType(
        code=CODE,
        name=Text("آزمون مهلت", "Test of terms"),
        prefix="TT",
        place=Place.PARCEL,
        states=(
            State("draft", Text("پیش‌نویس", "Draft"), Turn.OWNER),
            State("submitted", Text("بررسی", "Check"), **office, term=Term(3, "working_days", "SAMPLE")),
            State(
                "needs_docs", Text("نقص مدرک", "Papers"), Turn.OWNER,
                term=Term(5, "days", "SAMPLE", then="archive"), stops_clock=True,
            ),
            State("inspection", Text("بازدید", "Visit"), Turn.OFFICE, role=Role.INSPECTOR.value),
            *closed,
        ),
        steps=(
            _step("submit", "draft", "submitted"),
            _step("ask", "submitted", "needs_docs", Role.CASE_OFFICER),
            _step("answer", "needs_docs", "submitted"),
            _step("visit", "submitted", "inspection", Role.CASE_OFFICER),
            _step("close", "submitted", "closed", Role.CASE_OFFICER),
            _step("archive", "needs_docs", "archived", SYSTEM),
        ),
    )  # fmt: skip


class Desk:
    """One case of that service in district 3, its owner, its officer and the district's head."""

    def __init__(self, case: Case, owner: Person) -> None:
        self.case, self.owner = case, owner
        self.officer = self.employ(3, Role.CASE_OFFICER, districts=[3])
        self.head = self.employ(4, Role.DISTRICT_HEAD, districts=[3])

    @staticmethod
    def employ(number: int, role: Role, *, districts: list[int] | None) -> Person:
        """Somebody with a role from 2020 on. `districts` None: the whole city."""
        person = ensure_person(
            mobile=f"0912000000{number}", name_fa=f"نفر {number}", name_en=f"Person {number}", verified=True
        )
        ensure_assignment(person=person, role=role, since=date(2020, 1, 1), districts=districts)
        return person

    def do(self, verb: str, when: datetime) -> Case:
        """A step at an instant, by whose step it is."""
        actor = self.owner if verb in ("submit", "answer") else self.officer
        with time_machine.travel(when, tick=False):
            self.case = take_step(tracking=self.case.tracking, actor=actor, verb=verb)
        return self.case

    def deadline(self, code: str = "submitted") -> Deadline:
        """The newest deadline of a state."""
        return Deadline.objects.filter(case=self.case, code=code).order_by("-pk")[0]

    def told(self, person: Person) -> list[str]:
        """What a person was told, in English, oldest first, without the number of the case."""
        rows = CaseMessage.objects.filter(case=self.case, person=person).order_by("pk")
        return [row.text_en.removeprefix(f"Case {self.case.tracking}: ") for row in rows]


def open_desk(parcel: object, owner: Person) -> Desk:
    """A draft that was opened on Saturday, 4 April 2026, in the morning."""
    with time_machine.travel(at(4, 8), tick=False):
        case = open_case(
            parcel=parcel, applicant=owner, case_type=CODE, prefix="TT", opening=Opening(district=3)
        )  # fmt: skip
    return Desk(case, owner)


def _step(verb: str, source: str, target: str, actor: str = "owner") -> Transition:
    return Transition(verb, frozenset({source}), target, actors=frozenset({str(actor)}), ticket="test")
