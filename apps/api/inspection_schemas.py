"""Shapes of visits and reports in the API."""

from datetime import date, datetime
from typing import Annotated

from ninja import Schema
from pydantic import Field

from apps.api.schemas import TextOut


class SlotIn(Schema):
    """A time of the list of free ones: '2026-12-01T08:30', the city's own time."""

    slot: Annotated[str, Field(max_length=40)]


class FreeSlotOut(Schema):
    """A time with seats left, in the city's own time."""

    slot: str
    minutes: int
    seats: int


class VisitOut(Schema):
    """`state`: booked, done, cancelled, or freed (the day became a day off, or the case went on)."""

    day: date
    starts: str
    minutes: int
    state: str


class ReportOut(Schema):
    """The report that counts. `area_m2` null: nobody could enter."""

    outcome: str
    name: TextOut
    area_m2: float | None
    version: int
    received_at: datetime
    digest: str


class InspectionOut(Schema):
    """`bookable`: the caller may book now. `changes_left`: of the owner's side. `sample`: unofficial."""

    tracking: str
    prerequisites: list[TextOut]
    sample: bool
    bookable: bool
    changes_left: int
    visit: VisitOut | None
    free: list[FreeSlotOut]
    report: ReportOut | None
