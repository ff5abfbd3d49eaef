"""Two officers, instruments, and acts recorded on given days; places on a small grid of metres."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import count

from django.conf import settings
from django.contrib.gis.geos import MultiPolygon, Point, Polygon

from apps.legal.models import Instrument, InstrumentKind, LegalAct, Rank
from apps.legal.services import record_act, register_instrument
from apps.parties.models import Person

# Far from the origin, as real coordinates are.
EAST, NORTH = 560_000, 3_610_000
_serial = count(1)


def box(x0: float, y0: float, x1: float, y1: float) -> MultiPolygon:
    corners = (EAST + x0, NORTH + y0, EAST + x1, NORTH + y1)
    return MultiPolygon(Polygon.from_bbox(corners), srid=settings.CITY_SRID)


def spot(x: float, y: float) -> Point:
    return Point(EAST + x, NORTH + y, srid=settings.CITY_SRID)


def at(day: str, hour: int = 12) -> datetime:
    return datetime.fromisoformat(day).replace(hour=hour, tzinfo=UTC)


def edition(code: str, *, kind: InstrumentKind = InstrumentKind.EDITION, rank: Rank = Rank.CITY_PLAN) -> Instrument:
    return register_instrument(code=code, kind=kind, rank=rank, title_fa=f"نمونه {code}", title_en=f"Sample {code}")


def person(mobile: str) -> Person:
    return Person.objects.create_user(mobile, synthetic=True)


@dataclass
class Desk:
    """A law desk with two officers; `do` records an act of the day `day`, by default on that same day."""

    first: Person = field(default_factory=lambda: person(f"+98912{next(_serial):07d}"))
    second: Person = field(default_factory=lambda: person(f"+98913{next(_serial):07d}"))

    def do(self, kind: str, instrument: Instrument, day: str, *, effective: str = "", recorded: str = "", **extra):
        number = extra.pop("number", f"نمونه-{next(_serial)}")
        facts = {
            "instrument": instrument,
            "kind": kind,
            "number": number,
            "act_date": date.fromisoformat(day),
            "body_fa": "مرجع نمونه",
            "body_en": "Sample body",
            "document": "sample/act.pdf",
            "effective_on": date.fromisoformat(effective or day),
            "recorded_by": self.first,
            "countersigned_by": self.second,
            "recorded_at": at(recorded or day) + timedelta(microseconds=next(_serial)),
        }
        return record_act(**{**facts, **extra})

    def in_force(self, instrument: Instrument, day: str, *, effective: str = "") -> LegalAct:
        """Approved and promulgated on one day."""
        self.do("approve", instrument, day)
        return self.do("promulgate", instrument, day, effective=effective or day)
