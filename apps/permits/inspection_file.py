"""A visit as a calendar file (RFC 5545): one entry with a lasting name, raised with every change. No personal data."""

from datetime import UTC, datetime, timedelta

from icalendar import Calendar, Event

from apps.common.city import current_city
from apps.common.text import Text, isolated
from apps.common.work_calendar import city_calendar
from apps.permits.models_inspection import CANCELLED, FREED, InspectionVisit

MEDIA_TYPE = "text/calendar; charset=utf-8"
_PRODUCT = "-//Parvaneh//inspection//EN"


def calendar_file(visit: InspectionVisit, *, language: str, url: str) -> bytes:
    """The file of a visit; one that was called off takes the entry out of calendars again. `url`: the case's page."""
    gone = visit.state in (CANCELLED, FREED)
    made = Calendar()
    made.add("prodid", _PRODUCT)
    made.add("version", "2.0")
    made.add("method", "CANCEL" if gone else "PUBLISH")
    made.add_component(_entry(visit, gone=gone, language=language, url=url))
    made.add_missing_timezones()
    found: bytes = made.to_ical()
    return found


def _entry(visit: InspectionVisit, *, gone: bool, language: str, url: str) -> Event:
    starts = datetime.combine(visit.day, visit.starts, tzinfo=city_calendar().zone)
    entry = Event()
    entry.add("uid", f"{visit.uid}@{current_city().code}.parvaneh")
    entry.add("sequence", visit.sequence)
    entry.add("dtstamp", visit.changed_at.astimezone(UTC))
    entry.add("dtstart", starts)
    entry.add("dtend", starts + timedelta(minutes=visit.minutes))
    entry.add("summary", _summary(visit.case.tracking).in_language(language))
    entry.add("status", "CANCELLED" if gone else "CONFIRMED")
    entry.add("class", "PRIVATE")
    entry.add("url", url)
    return entry


def _summary(tracking: str) -> Text:
    return Text(f"بازدید شهرداری، پروندهٔ {isolated(tracking)}", f"Inspection visit, case {tracking}")
