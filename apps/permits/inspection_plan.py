"""The inspection of a city as data (inspection.toml): calendars of districts, prerequisites, limits."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured

from apps.common.city import City, current_city, read_toml
from apps.common.city_tables import each_of
from apps.common.text import Text
from apps.common.work_calendar import DAYS

FILE = "inspection.toml"
_LEAST_MINUTES, _MOST_MINUTES, _MOST_INSPECTORS = 10, 240, 50


@dataclass(frozen=True, slots=True)
class DistrictCalendar:
    """When the inspectors of a district come: weekdays (Monday is 0), from `opens` on while a slot ends by `closes`."""

    weekdays: frozenset[int]
    opens: time
    closes: time
    minutes: int
    inspectors: int


@dataclass(frozen=True, slots=True)
class InspectionPlan:
    """How a city inspects. Days are working days. A measured area off by no more than the larger tolerance is as good.

    `notice`: from this working day after the booking on; `horizon`: up to this one. `moves`: how often an owner may
    choose another time. `elsewhere`: serves every other place. `prerequisites`: what must be there. `sample`: nobody
    official wrote this.
    """

    calendars: Mapping[int, DistrictCalendar]
    elsewhere: DistrictCalendar | None = None
    notice: int = 1
    horizon: int = 10
    moves: int = 2
    tolerance_share: Decimal = Decimal(0)
    tolerance_m2: Decimal = Decimal(0)
    prerequisites: tuple[Text, ...] = ()
    sample: bool = True

    def of(self, district: int | None) -> DistrictCalendar | None:
        """The calendar of a district, or of a place whose district is not known; None = nobody comes there."""
        return self.elsewhere if district is None else self.calendars.get(district, self.elsewhere)


NO_PLAN = InspectionPlan(calendars={})


def city_plan() -> InspectionPlan:
    """The plan of this city; one that is not written offers no slot. Raises ImproperlyConfigured."""
    return plan_of(current_city())


def plan_of(city: City) -> InspectionPlan:
    """The plan of a package. Raises ImproperlyConfigured that names file, table and what is wrong."""
    path = city.root / FILE
    return _kept(path, path.stat().st_mtime_ns) if path.is_file() else NO_PLAN


def load_plan(path: Path) -> InspectionPlan:
    """The plan in a file. Raises ImproperlyConfigured that names file, table and what is wrong."""
    raw = read_toml(path)
    try:
        return _plan(raw)
    except KeyError as error:
        raise ImproperlyConfigured(f"{path} lacks the key {error}") from error
    except (TypeError, ValueError, ArithmeticError) as error:
        raise ImproperlyConfigured(f"{path}: {error}") from error


@lru_cache(maxsize=4)
def _kept(path: Path, _changed: int) -> InspectionPlan:
    return load_plan(path)


def _plan(raw: Mapping[str, Any]) -> InspectionPlan:
    booking, area = raw["booking"], raw["area"]
    calendars = _calendars(raw)
    plan = InspectionPlan(
        calendars={number: calendar for number, calendar in calendars.items() if number is not None},
        elsewhere=calendars.get(None),
        notice=int(booking["notice_working_days"]),
        horizon=int(booking["horizon_working_days"]),
        moves=int(booking["moves"]),
        tolerance_share=Decimal(str(area["tolerance_percent"])) / 100,
        tolerance_m2=Decimal(str(area["tolerance_m2"])),
        prerequisites=each_of(raw, "prerequisite", lambda _number, body: Text.of(body["text"])),
        sample=bool(raw["sample"]),
    )
    if not 1 <= plan.notice <= plan.horizon or plan.moves < 0:
        raise ValueError(
            "[booking] notice_working_days is at least 1 and at most horizon_working_days; moves at least 0"
        )
    if plan.tolerance_share < 0 or plan.tolerance_m2 < 0:
        raise ValueError("[area] tolerances are 0 or more")
    return plan


def _calendars(raw: Mapping[str, Any]) -> Mapping[int | None, DistrictCalendar]:
    """By district; None = everywhere else."""
    found: dict[int | None, DistrictCalendar] = {}
    for districts, calendar in each_of(raw, "calendar", _calendar):
        for district in districts:
            if district in found:
                raise ValueError(f"[[calendar]] district {district or 'elsewhere'} stands twice")
            found[district] = calendar
    return found


def _calendar(number: str, body: Mapping[str, Any]) -> tuple[tuple[int | None, ...], DistrictCalendar]:
    made = DistrictCalendar(
        weekdays=frozenset(_weekday(number, name) for name in body["weekdays"]),
        opens=time.fromisoformat(body["from"]),
        closes=time.fromisoformat(body["until"]),
        minutes=int(body["minutes"]),
        inspectors=int(body["inspectors"]),
    )
    sound = _LEAST_MINUTES <= made.minutes <= _MOST_MINUTES and 1 <= made.inspectors <= _MOST_INSPECTORS
    if not sound or made.opens >= made.closes:
        raise ValueError(
            f"[[calendar]] {number}: from lies before until, minutes are {_LEAST_MINUTES} to {_MOST_MINUTES}, "
            f"inspectors 1 to {_MOST_INSPECTORS}"
        )
    elsewhere: tuple[None, ...] = (None,) if body.get("elsewhere", False) else ()
    return (*(int(district) for district in body["districts"]), *elsewhere), made


def _weekday(number: str, name: str) -> int:
    if name not in DAYS:
        raise ValueError(f"[[calendar]] {number} weekdays: known are {', '.join(DAYS)}, not {name}")
    return DAYS.index(name)
