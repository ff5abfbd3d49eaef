"""The city's calendar of working days, from calendar.toml of its package (docs/how-to/add-a-city.md)."""

from collections.abc import Iterable, Mapping
from datetime import date, time
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured

from apps.common.calendar import parse_day
from apps.common.city import City, current_city, read_toml
from apps.common.city_tables import each, each_of
from apps.common.errors import BadInputError
from apps.common.office_days import Holiday, Hours, WorkCalendar
from apps.common.text import Text

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_HOURS_KEYS = {"opens", "closes", "sample", *DAYS}


def city_calendar() -> WorkCalendar:
    """The calendar of this installation's city; a file that was changed on the disk is read again.

    Raises ImproperlyConfigured naming file, entry and key.
    """
    return calendar_of(current_city())


def calendar_of(city: City) -> WorkCalendar:
    """The calendar of a city package. Raises ImproperlyConfigured naming file, entry and key."""
    path = city.root / "calendar.toml"
    changed = path.stat().st_mtime_ns if path.exists() else 0
    return _kept(path, city.time_zone, changed)


def load_calendar(path: Path, *, time_zone: str) -> WorkCalendar:
    """The calendar in a file. Raises ImproperlyConfigured naming file, entry and key."""
    raw = read_toml(path)
    try:
        return _calendar(raw, time_zone)
    except KeyError as error:
        raise ImproperlyConfigured(f"{path} lacks the key {error}") from error
    except (TypeError, ValueError, AttributeError) as error:
        raise ImproperlyConfigured(f"{path}: {error}") from error


@lru_cache(maxsize=4)
def _kept(path: Path, time_zone: str, _changed: int) -> WorkCalendar:
    return load_calendar(path, time_zone=time_zone)


def _calendar(raw: Mapping[str, Any], time_zone: str) -> WorkCalendar:
    sources = dict(each(raw, "sources", lambda code, body: (code, body["text"])))
    holidays = each_of(raw, "holiday", lambda number, body: _holiday(number, body, sources))
    _no_day_twice(holidays)
    known_from, known_until = (_day(key, raw[key]) for key in ("known_from", "known_until"))
    if known_until < known_from:
        raise ValueError(f"known_until: {known_until} lies before known_from, {known_from}")
    hours = raw["hours"]
    if strange := set(hours) - _HOURS_KEYS:
        raise ValueError(f"[hours] knows {', '.join(sorted(_HOURS_KEYS))}, not {', '.join(sorted(strange))}")
    return WorkCalendar(
        weekend=frozenset(_weekday("weekend", name) for name in raw["weekend"]),
        hours=_hours("hours", hours),
        hours_on=tuple((DAYS.index(name), _hours(f"hours.{name}", hours[name])) for name in DAYS if name in hours),
        sample_hours=bool(hours.get("sample", False)),
        time_zone=time_zone,
        known_from=known_from,
        known_until=known_until,
        holidays=holidays,
    )


def _holiday(number: str, body: Mapping[str, Any], sources: Mapping[str, Any]) -> Holiday:
    if body["source"] not in sources:
        known = ", ".join(sources) or "none"
        raise ValueError(f"[holiday {number}] source: “{body['source']}” is not one of [sources], which has {known}")
    return Holiday(
        day=_day(f"[holiday {number}] day", body["day"]),
        name=Text.of(body["name"]),
        source=body["source"],
        recorded_on=_day(f"[holiday {number}] recorded", body["recorded"]),
        estimated=bool(body.get("estimated", False)),
    )


def _day(where: str, raw: object) -> date:
    try:
        return parse_day(str(raw))
    except BadInputError as error:
        raise ValueError(f"{where}: {error.message.en}") from error


def _hours(table: str, body: Mapping[str, str]) -> Hours:
    missing = next((key for key in ("opens", "closes") if key not in body), None)
    if missing:
        raise KeyError(f"[{table}] {missing}")
    try:
        return Hours(time.fromisoformat(body["opens"]), time.fromisoformat(body["closes"]))
    except (TypeError, ValueError) as error:
        raise ValueError(f"[{table}] hours are written like 07:30: {error}") from error


def _weekday(key: str, name: str) -> int:
    if name not in DAYS:
        raise ValueError(f"{key}: known are {', '.join(DAYS)}, not {name}")
    return DAYS.index(name)


def _no_day_twice(holidays: Iterable[Holiday]) -> None:
    seen: dict[date, int] = {}
    for number, holiday in enumerate(holidays, start=1):
        if holiday.day in seen:
            raise ValueError(f"[holiday {number}] {holiday.day} stands twice, first as number {seen[holiday.day]}")
        seen[holiday.day] = number
