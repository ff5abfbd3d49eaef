"""What a page was asked: the day, the permit kind, the place on the map. Raises BadInputError with what to do."""

from dataclasses import dataclass
from datetime import date, datetime

from django.http import HttpRequest

from apps.common.calendar import parse_day
from apps.common.clock import today
from apps.common.instants import parse_instant
from apps.common.text import latin_digits
from apps.permits.selectors import permit_kind

DEFAULT_KIND = "NEW"


@dataclass(frozen=True, slots=True)
class Ask:
    """The legal day (`dated`: named by the caller, not just today) and the permit kind of a question.

    `known_at`: only what had been recorded by then counts (a permanent link); None = all that is recorded now.
    """

    on: date
    dated: bool
    kind: str
    known_at: datetime | None = None


def read_ask(request: HttpRequest) -> Ask:
    """`?on=` in either calendar, `?kind=` and `?known_at=`; today, a new building and now when they are missing."""
    raw_day = request.GET.get("on", "").strip()
    kind = permit_kind(request.GET.get("kind", "").strip() or DEFAULT_KIND).value
    raw_instant = request.GET.get("known_at", "").strip()
    return Ask(
        on=parse_day(raw_day) if raw_day else today(),
        dated=bool(raw_day),
        kind=kind,
        known_at=parse_instant(raw_instant) if raw_instant else None,
    )


def read_place(request: HttpRequest) -> dict[str, float] | None:
    """`?lat=&lon=&z=` as numbers, or None when absent or unreadable: a bad link still opens the map."""
    try:
        place = {name: float(latin_digits(request.GET[name])) for name in ("lat", "lon", "z")}
    except (KeyError, ValueError):
        return None
    inside = abs(place["lat"]) <= 85 and abs(place["lon"]) <= 180 and 0 <= place["z"] <= 22  # noqa: PLR2004
    return place if inside else None
