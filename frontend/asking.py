"""What a page was asked: the day, the permit kind, the place on the map. Raises BadInputError with what to do."""

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest

from apps.common.calendar import parse_day
from apps.common.clock import today
from apps.common.errors import BadInputError
from apps.common.text import latin_digits
from frontend.wording import PERMIT_KINDS

DEFAULT_KIND = "NEW"


@dataclass(frozen=True, slots=True)
class Ask:
    """The legal day (`dated`: named by the caller, not just today) and the permit kind of a question."""

    on: date
    dated: bool
    kind: str


def read_ask(request: HttpRequest) -> Ask:
    """`?on=` in either calendar and `?kind=`; today and a new building when they are missing."""
    raw_day = request.GET.get("on", "").strip()
    kind = request.GET.get("kind", "").strip() or DEFAULT_KIND
    if kind not in PERMIT_KINDS:
        raise BadInputError(
            fa=f"نوع پروانهٔ «{kind}» شناخته نیست. یکی از این‌ها را بنویسید: {'، '.join(PERMIT_KINDS)}",
            en=f"The permit kind “{kind}” is not known. Write one of: {', '.join(PERMIT_KINDS)}",
            kinds=list(PERMIT_KINDS),
        )
    return Ask(on=parse_day(raw_day) if raw_day else today(), dated=bool(raw_day), kind=kind)


def read_place(request: HttpRequest) -> dict[str, float] | None:
    """`?lat=&lon=&z=` as numbers, or None when absent or unreadable: a bad link still opens the map."""
    try:
        place = {name: float(latin_digits(request.GET[name])) for name in ("lat", "lon", "z")}
    except (KeyError, ValueError):
        return None
    inside = abs(place["lat"]) <= 85 and abs(place["lon"]) <= 180 and 0 <= place["z"] <= 22  # noqa: PLR2004
    return place if inside else None
